"""CMS signatures and RFC 3161 tokens as facts: who signed, whether the bytes are those signed, and when.

Only mathematics here. Whether the signer deserves belief is `certificates.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko_certvalidator.policy_decl import DEFAULT_WEAK_HASH_ALGOS
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from evidence.strict_cms import is_strict

__all__ = [
    "CmsSignature",
    "CmsUnreadable",
    "Digest",
    "TimeToken",
    "digest_of",
    "read_cms",
    "read_token",
    "signed_data",
]

Digest = Callable[[str], bytes]
"""The digest of what was signed, by the name of the algorithm."""


class CmsUnreadable(Exception):
    """The bytes are not a CMS signature that can be checked; `code` is of the text catalogue."""

    def __init__(self, reason: str, code: str = "CMS_UNREADABLE") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class TimeToken:
    """An RFC 3161 token."""

    time: datetime
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    intact: bool
    """The token stamps these bytes, and the authority's signature on it holds."""


@dataclass(frozen=True, slots=True)
class CmsSignature:
    """One signature over given bytes."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    intact: bool
    """The bytes are those that were signed."""
    valid: bool
    """The signature over them was made with the certificate's key, by algorithms still held to be strong."""
    token: TimeToken | None
    """The signature time-stamp, if any."""


def digest_of(content: bytes) -> Digest:
    """A `Digest` over bytes at hand."""

    def digest(algorithm: str) -> bytes:
        hasher = hashes.Hash(get_pyca_cryptography_hash(algorithm))
        hasher.update(content)
        return hasher.finalize()

    return digest


def signed_data(der: bytes) -> cms.SignedData:
    """The SignedData in a DER ContentInfo; `CmsUnreadable` otherwise, or when it could be written in another way."""
    try:
        info = cms.ContentInfo.load(der, strict=True)
        if info["content_type"].native != "signed_data":
            raise ValueError("not SignedData")
        if is_strict(der):
            return info["content"]
    except Exception as error:
        # scar: asn1crypto raises ValueError, TypeError, KeyError or AttributeError, as the damage will have
        # it
        raise CmsUnreadable(str(error)) from error
    raise CmsUnreadable("more than one way to write it", "CMS_NOT_STRICT")


def read_cms(data: cms.SignedData, digest: Digest) -> CmsSignature:
    """Check a detached signature over the bytes that `digest` speaks for; `CmsUnreadable` if it is not
    one."""
    try:
        info = extract_signer_info(data)
        certificates = extract_certs_for_validation(data)
        algorithm = info["digest_algorithm"]["algorithm"].native
        content_type = data["encap_content_info"]["content_type"].native
        intact, valid = validate_sig_integrity(info, certificates.signer_cert, content_type, digest(algorithm))
        tokens = list(_signature_tokens(info))
    except Exception as error:
        # scar: as above, and pyHanko's own errors besides
        raise CmsUnreadable(str(error)) from error
    return CmsSignature(
        certificate=certificates.signer_cert,
        others=tuple(certificates.other_certs),
        intact=intact,
        valid=valid and algorithm not in DEFAULT_WEAK_HASH_ALGOS,
        token=next((token for token in tokens if token.intact), tokens[0] if tokens else None),
    )


def read_token(data: cms.SignedData, imprint: Digest) -> TimeToken:
    """Check an RFC 3161 token against the bytes it should stamp; `CmsUnreadable` if it is not a token."""
    try:
        content = data["encap_content_info"]["content"]
        stamped = content.parsed
        if not isinstance(stamped, tsp.TSTInfo):
            raise ValueError("not a time-stamp token")
        algorithm = stamped["message_imprint"]["hash_algorithm"]["algorithm"].native
        matches = stamped["message_imprint"]["hashed_message"].native == imprint(algorithm)
        signature = read_cms(data, digest_of(bytes(content)))
        strong = algorithm not in DEFAULT_WEAK_HASH_ALGOS
        intact = matches and strong and signature.intact and signature.valid
        return TimeToken(stamped["gen_time"].native, signature.certificate, signature.others, intact)
    except CmsUnreadable:
        raise
    except Exception as error:
        # scar: as above
        raise CmsUnreadable(str(error)) from error


def _signature_tokens(info: cms.SignerInfo) -> Iterator[TimeToken]:
    for data in extract_tst_data_iter(info, signed=False):
        yield read_token(data, message_imprint_checker(info))
