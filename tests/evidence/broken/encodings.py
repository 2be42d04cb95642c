"""The same signature written in another way, or with something beside it that nobody signed: it takes no key."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from asn1crypto import algos, cms, crl

from evidence.layout import ROOT_TOKEN, SEAL, SEAL_TOKEN
from evidence.pdf import read_pdf
from tests.evidence.broken.signatures import with_minutes
from tests.evidence.forge import DEFECTS, Defect, defect, with_outer
from tests.evidence.papers import stamp_time
from tests.evidence.sample import Sample

Rewriting = Callable[[bytes, Sample], bytes]
NOT_STRICT = "CMS_NOT_STRICT"


def _edit(der: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    info = cms.ContentInfo.load(der)
    change(info["content"])
    return bytes(info.dump(force=True))


def version_of_the_signer(der: bytes, sample: Sample) -> bytes:
    return _edit(der, lambda data: data["signer_infos"][0].__setitem__("version", "v3"))


def version_of_the_data(der: bytes, sample: Sample) -> bytes:
    return _edit(der, lambda data: data.__setitem__("version", "v4"))


def certificate_of_a_stranger(der: bytes, sample: Sample) -> bytes:
    def add(data: cms.SignedData) -> None:
        found = [*data["certificates"], cms.CertificateChoices("certificate", sample.pki.certificate("stranger"))]
        data["certificates"] = cms.CertificateSet(found)

    return _edit(der, add)


def revocation_list(der: bytes, sample: Sample) -> bytes:
    def add(data: cms.SignedData) -> None:
        listed = crl.CertificateList.load(sample.pki.revocation_lists[0])
        data["crls"] = cms.RevocationInfoChoices([cms.RevocationInfoChoice({"crl": listed})])

    return _edit(der, add)


def digest_that_nobody_used(der: bytes, sample: Sample) -> bytes:
    def add(data: cms.SignedData) -> None:
        data["digest_algorithms"] = [*data["digest_algorithms"], algos.DigestAlgorithm({"algorithm": "md5"})]

    return _edit(der, add)


def unsigned_attribute(der: bytes, sample: Sample) -> bytes:
    def add(data: cms.SignedData) -> None:
        time = cms.Time("utc_time", datetime(2020, 1, 1, tzinfo=UTC))
        attribute = cms.CMSAttribute({"type": "signing_time", "values": [time]})
        data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])

    return _edit(der, add)


def longer_length(der: bytes, sample: Sample) -> bytes:
    """BER allows a length to be written with zeros before it; DER does not."""
    assert der[1] == 0x82
    return der[:1] + b"\x83\x00" + der[2:]


def endless_length(der: bytes, sample: Sample) -> bytes:
    """BER allows a length to be left open and closed by two zeros."""
    return der[:1] + b"\x80" + der[4:] + b"\x00\x00"


REWRITINGS: tuple[Rewriting, ...] = (
    version_of_the_signer,
    version_of_the_data,
    certificate_of_a_stranger,
    revocation_list,
    digest_that_nobody_used,
    unsigned_attribute,
    longer_length,
    endless_length,
)


def _rewritten(part: str, rewrite: Rewriting) -> Callable[[Sample], bytes]:
    def make(sample: Sample) -> bytes:
        written: dict[str, Any] = {part: rewrite(getattr(sample.outer, part), sample)}
        if part == "seal":
            written["seal_token"] = stamp_time(written["seal"], sample.pki.stamper())
        return with_outer(sample, **written)

    return make


for _rewrite in REWRITINGS:
    for _part, _where in (("seal", SEAL), ("seal_token", SEAL_TOKEN), ("root_token", ROOT_TOKEN)):
        DEFECTS.append(Defect(f"{_part}_with_{_rewrite.__name__}", _rewritten(_part, _rewrite), _where, NOT_STRICT))


def _last_signature(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal digits of the last signature begin and end."""
    begin = read_pdf(pdf).signatures[-1].begin + 1
    return begin, pdf.index(b">", begin)


@defect("documents/", NOT_STRICT)
def bytes_in_the_room_that_a_signature_leaves(sample: Sample) -> bytes:
    def fill(pdf: bytes) -> bytes:
        _, end = _last_signature(pdf)
        hidden = b"hidden".hex().encode()
        return pdf[: end - len(hidden)] + hidden + pdf[end:]

    return with_minutes(sample, fill)


@defect("documents/", NOT_STRICT)
def digits_of_a_signature_in_another_case(sample: Sample) -> bytes:
    def shout(pdf: bytes) -> bytes:
        begin, end = _last_signature(pdf)
        half = (end - begin) // 4
        return pdf[:begin] + pdf[begin : begin + half].swapcase() + pdf[begin + half :]

    return with_minutes(sample, shout)
