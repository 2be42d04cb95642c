"""The one way in which a CMS signature or a time-stamp token is written.

A signature protects what was signed and its signed attributes, nothing beside them: versions, lists of algorithms,
certificates of strangers and longer ways to write a length could be changed without any key, and two files that differ
would both be PASSED. ETSI EN 319 142-1 and RFC 3161 ask for DER; the rest follows RFC 5652.
"""

from functools import lru_cache
from typing import Final

from asn1crypto import cms, core, x509

from evidence.der import is_der

__all__ = ["is_strict"]

UNSIGNED_ATTRIBUTES: Final = frozenset({"signature_time_stamp_token"})
DATA: Final = "data"


def is_strict(der: bytes) -> bool:
    """Whether `der` is DER, and holds one signer, its chain of certificates and nothing that nobody signed.

    What a signature is over stands outside it, what a token is over inside. May raise what asn1crypto raises for
    damaged bytes.
    """
    return is_der(der) and _holds_no_more(cms.ContentInfo.load(der, strict=True)["content"])


def _holds_no_more(data: cms.SignedData) -> bool:
    (signer,) = data["signer_infos"]
    certificates = [one.chosen for one in data["certificates"]]
    written = [one.dump() for one in certificates]
    return (
        data["version"].native == _version(data)
        and signer["version"].native == "v1"
        and [one.dump() for one in data["digest_algorithms"]] == [signer["digest_algorithm"].dump()]
        and not len(data["crls"])
        and _stands_apart(data)
        and written == sorted(written)
        and _one_chain(signer, certificates)
        and all(_is_time_stamp(data, attribute) for attribute in signer["unsigned_attrs"] or ())
    )


def _stands_apart(data: cms.SignedData) -> bool:
    content = data["encap_content_info"]
    return content["content_type"].native != DATA or isinstance(content["content"], core.Void)


def _version(data: cms.SignedData) -> str:
    """RFC 5652, 5.1: with the certificates and signers that are accepted here, the content alone decides."""
    return "v1" if data["encap_content_info"]["content_type"].native == DATA else "v3"


def _is_time_stamp(data: cms.SignedData, attribute: cms.CMSAttribute) -> bool:
    """A signature may carry its time-stamp; a time-stamp carries nothing."""
    of_signature = data["encap_content_info"]["content_type"].native == DATA
    known = attribute["type"].native in UNSIGNED_ATTRIBUTES
    return of_signature and known and all(_holds_no_more(token["content"]) for token in attribute["values"])


def _one_chain(signer: cms.SignerInfo, certificates: list[x509.Certificate]) -> bool:
    """The signer's certificate, that of who issued it, and so on: each once, and no other."""
    meant = signer["sid"].chosen
    named = meant["serial_number"].native, _as_compared(meant["issuer"].dump())
    held = [one for one in certificates if (one.serial_number, _as_compared(one.issuer.dump())) == named][:1]
    while held and (above := [one for one in certificates if _issued(one, held[-1]) and one not in held]):
        held.append(above[0])
    return len(held) == len(certificates) > 0


def _issued(one: x509.Certificate, other: x509.Certificate) -> bool:
    return _as_compared(one.subject.dump()) == _as_compared(other.issuer.dump())


@lru_cache(maxsize=256)
def _as_compared(name: bytes) -> str:
    """A name as RFC 5280, 7.1 compares it; the few names of a bundle are each met dozens of times."""
    return str(x509.Name.load(name).hashable)
