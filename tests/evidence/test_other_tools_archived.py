"""Other people's programs on what keeps evidence for decades: time-stamps over whole documents, renewals of bundles.

openssl reads no PDF: what a `/ByteRange` covers and what stands in its `/Contents` are taken out for it.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence.container import unpack
from evidence.parts import DocumentKind
from evidence.pdf import read_pdf
from evidence.renewals import TOKEN
from tests.evidence.forged.archived import archived
from tests.evidence.held import hold
from tests.evidence.other_tools import cms_verified, run, signed_by, stamp_verified, taken_out, unzipped
from tests.evidence.sample import Sample
from tests.evidence.test_renewals import renewal


@pytest.fixture(scope="module")
def folder(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unzipped(held, tmp_path_factory.mktemp("unzipped"))


@pytest.fixture(scope="module")
def archived_minutes(held: Sample) -> bytes:
    """Minutes of level B-LTA: two signatures, and a time-stamp over the whole document after them."""
    made = hold(archived(held))
    return next(one.content for one in made.documents if one.kind is DocumentKind.MINUTES)


def test_openssl_and_pyca_verify_the_time_stamp_over_a_whole_document(folder: Path, archived_minutes: bytes) -> None:
    stamp = read_pdf(archived_minutes).signatures[-1]
    assert stamp.cms is None and stamp.token is not None and stamp.token.intact
    token, data = taken_out(archived_minutes, stamp)
    assert "Verification: OK" in stamp_verified(folder, token, data)
    assert "Verification: OK" not in stamp_verified(folder, token, data + b"?")
    signed = cms.ContentInfo.load(token)["content"]
    told = signed["encap_content_info"]["content"].parsed
    assert told["message_imprint"]["hashed_message"].native == sha256(data).digest()
    assert told["gen_time"].native == stamp.token.time
    verified_by_pyca(signed)


def verified_by_pyca(signed: cms.SignedData) -> None:
    """The authority's signature on a token, by its own attributes (RFC 5652, 5.4)."""
    (signer,) = signed["signer_infos"]
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    assert attributes["message_digest"] == sha256(bytes(signed["encap_content_info"]["content"])).digest()
    certificate = x509.load_der_x509_certificate(signed["certificates"][0].chosen.dump())
    key = certificate.public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    written = signer["signed_attrs"].untag().dump()
    key.verify(signer["signature"].native, written, ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(signer["signature"].native, written + b"?", ECDSA(SHA256()))
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING] and usage.critical


def test_openssl_verifies_signatures_and_stamps_under_a_document_time_stamp(
    folder: Path, archived_minutes: bytes
) -> None:
    ours = [one for one in read_pdf(archived_minutes).signatures if one.cms is not None]
    for one in ours:
        assert one.cms is not None
        signature, data = taken_out(archived_minutes, one)
        (folder / "signature.der").write_bytes(signature)
        (folder / "data").write_bytes(data)
        assert "CAdES Verification successful" in cms_verified(folder, one.cms.others)
        assert "Verification: OK" in stamp_verified(folder, *signed_by(archived_minutes, one))
    assert len(ours) == 2


def test_poppler_tells_the_time_stamp_from_the_signatures(folder: Path, archived_minutes: bytes) -> None:
    (folder / "archived.pdf").write_bytes(archived_minutes)
    said = run(folder, "pdfsig", "-nocert", "archived.pdf").stdout
    ours = read_pdf(archived_minutes).signatures
    assert re.findall(r"Signature Field Name: (.*)", said) == [one.field for one in ours]
    *signatures, stamp = re.findall(r"Signature Type: (.*)", said)
    assert signatures == ["ETSI.CAdES.detached"] * 2
    assert stamp in ("unknown", "ETSI.RFC3161")  # as the version of poppler has it
    assert said.count("Signature Validation: Signature is Valid.") >= 2
    assert [one.covers_file for one in ours] == [
        "Not total document" not in part for part in said.split("Signature #")[1:]
    ]


def test_openssl_verifies_the_renewals_of_a_bundle(folder: Path, held: Sample) -> None:
    first = renewal(held, [held.bundle])
    second = renewal(held, [held.bundle, first])
    for content, over in ((first, held.bundle), (second, held.bundle + first)):
        token = bytes(unpack(content).members[TOKEN])
        assert "Verification: OK" in stamp_verified(folder, token, over)
        assert "Verification: OK" not in stamp_verified(folder, token, over[:-1])
