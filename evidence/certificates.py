"""Whether a certificate leads to a root that the verifier trusts, and was not revoked, at a proven time."""

import asyncio
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any, Final, cast

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    StaleRevinfoError,
    ValidationError,
)

from evidence.findings import Result

__all__ = ["Judgement", "Purpose", "RevocationEvidence", "holder", "judge", "once"]

CLOCK_TOLERANCE: Final = timedelta(seconds=1)
"""X.509 instants have no fractions: a CRL issued in the second of a token is not from before it."""
MAX_REMEMBERED_BYTES: Final = 16 * 1024
"""A larger certificate, list or answer is read each time: what is remembered stays small whoever sends it."""
SIGNING_USAGES: Final = frozenset({"digital_signature", "non_repudiation"})
SIGNING_PURPOSES: Final = frozenset(
    {
        "any_extended_key_usage",
        "client_auth",
        "email_protection",
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "adobe_authentic_documents_trust",
        "microsoft_document_signing",
    }
)
"""Extended purposes of certificates that people and bodies sign with; a certificate need not state any."""
OTHER_PURPOSES: Final = frozenset({"server_auth", "code_signing", "time_stamping", "ocsp_signing"})
"""A key that a machine holds for these signs nothing for a person or a body."""


class Purpose(Enum):
    """What the certificate was used for. EN 319 102-1 leaves the choice of key usage to the policy: this is
    ours."""

    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class RevocationEvidence:
    """Certificates and revocation data found in the bundle or in a document, as parsed ASN.1."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    ocsp_responses: tuple[ocsp.OCSPResponse, ...] = ()

    def with_more(self, other: "RevocationEvidence") -> "RevocationEvidence":
        return RevocationEvidence(
            self.certificates + other.certificates,
            self.crls + other.crls,
            self.ocsp_responses + other.ocsp_responses,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome for one certificate: a result and a code of the text catalogue."""

    result: Result
    code: str


OUTCOMES: Final[tuple[tuple[type[Exception], Judgement], ...]] = (
    (RevokedError, Judgement(Result.FAIL, "CERTIFICATE_REVOKED")),
    (PathBuildingError, Judgement(Result.FAIL, "CERTIFICATE_NOT_TRUSTED")),
    (ExpiredError, Judgement(Result.FAIL, "CERTIFICATE_EXPIRED")),
    (NotYetValidError, Judgement(Result.FAIL, "CERTIFICATE_NOT_YET_VALID")),
    (DisallowedAlgorithmError, Judgement(Result.FAIL, "CERTIFICATE_WEAK")),
    (StaleRevinfoError, Judgement(Result.INDETERMINATE, "REVOCATION_STALE")),
    (InsufficientRevinfoError, Judgement(Result.INDETERMINATE, "REVOCATION_UNKNOWN")),
    (InvalidCertificateError, Judgement(Result.FAIL, "CERTIFICATE_WRONG_PURPOSE")),
    (ValidationError, Judgement(Result.FAIL, "CERTIFICATE_INVALID")),
)
"""From the error of the path validation to what is said; the first that fits, so the narrow ones stand first.

EN 319 102-1 calls a chain to no known root INDETERMINATE, because another verifier may know it. Here the
verifier has said whom it trusts: a signer outside that is what it asked to be told, so it is FAIL.
"""


def holder(certificate: x509.Certificate) -> str:
    """Who a certificate speaks for, in one line."""
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly)


def judge(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    roots: tuple[x509.Certificate, ...],
    evidence: RevocationEvidence,
    moment: datetime,
    purpose: Purpose,
) -> Judgement:
    """Build and validate the path to one of `roots` at `moment`, without network.

    Every certificate below the root needs revocation data. Data issued after `moment` count (they are
    collected when the bundle is made, and a revocation is dated): that is `retroactive_revinfo`.
    """
    if not roots:
        return Judgement(Result.INDETERMINATE, "NO_ROOTS_GIVEN")
    try:
        certificate = once(certificate)
        context = ValidationContext(
            trust_roots=list(roots),
            other_certs=_each_once([*others, *evidence.certificates]),
            crls=_each_once(evidence.crls),
            ocsps=_each_once(evidence.ocsp_responses),
            moment=moment,
            revocation_mode="require",
            retroactive_revinfo=True,
            time_tolerance=CLOCK_TOLERANCE,
        )
        validator = CertificateValidator(certificate, validation_context=context)
        asyncio.run(_validate(validator, certificate, purpose))
    except Exception as error:
        # scar: damaged ASN.1 surfaces as ValueError, KeyError or TypeError in the middle of path building
        default = Judgement(Result.FAIL, "CERTIFICATE_INVALID")
        return next((outcome for kind, outcome in OUTCOMES if isinstance(error, kind)), default)
    return Judgement(Result.PASS, "CERTIFICATE_TRUSTED")


def _each_once(found: Iterable[Any]) -> list[Any]:
    """Each document of a procedure brings the same certificates and answers; the order stays."""
    return list({id(one): one for one in map(once, found)}.values())


def once(found: Any) -> Any:
    """The object of these bytes, with what was read of it before: its names cost more to read than its signature."""
    der = found.dump()
    return _read(cast(Hashable, type(found)), der) if len(der) <= MAX_REMEMBERED_BYTES else found


@lru_cache(maxsize=256)
def _read(kind: Any, der: bytes) -> Any:
    return kind.load(der)


async def _validate(validator: CertificateValidator, certificate: x509.Certificate, purpose: Purpose) -> None:
    if purpose is Purpose.TIMESTAMP:
        await validator.async_validate_usage(set(), {"time_stamping"})  # type: ignore[no-untyped-call, unused-ignore]
        return
    await validator.async_validate_path()
    usage, extended = certificate.key_usage_value, certificate.extended_key_usage_value
    if usage is None or certificate.ca or not SIGNING_USAGES & usage.native:
        raise InvalidCertificateError("this key was not certified for signatures")
    if extended is not None and (not SIGNING_PURPOSES & set(extended.native) or OTHER_PURPOSES & set(extended.native)):
        raise InvalidCertificateError("this key was certified for something else")
