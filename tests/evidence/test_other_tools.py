"""Other people's programs agree with the verifier on what they understand: openssl, poppler, qpdf and pyca.

None of them shares code with it: it reads signatures with pyHanko and asn1crypto.
"""

import re
from pathlib import Path

import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509

from evidence.certificates import holder
from evidence.findings import Result
from evidence.parts import DocumentKind
from evidence.pdf import read_pdf
from evidence.verifier import verify_bytes
from tests.evidence.other_tools import cms_verified, pem, run, signed_by, stamp_verified, taken_out, unzipped
from tests.evidence.sample import Sample


@pytest.fixture(scope="module")
def folder(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unzipped(held, tmp_path_factory.mktemp("unzipped"))


@pytest.fixture(scope="module")
def papers(held: Sample) -> dict[str, bytes]:
    """Documents that must be signed, by their path."""
    kinds = (DocumentKind.SIGNED, DocumentKind.MINUTES)
    return {f"documents/{one.sha256}.pdf": one.content for one in held.parts.documents if one.kind in kinds}


def test_poppler_counts_the_same_signatures_of_the_same_holders(folder: Path, papers: dict[str, bytes]) -> None:
    for path, content in papers.items():
        said = run(folder, "pdfsig", "-nocert", path).stdout
        ours = [one for one in read_pdf(content).signatures if one.cms is not None]
        holders = [holder(one.cms.certificate) for one in ours if one.cms is not None]
        assert re.findall(r"Signer Certificate Common Name: (.*)", said) == holders
        assert re.findall(r"Signature Field Name: (.*)", said) == [one.field for one in ours]
        assert said.count("Signature Validation: Signature is Valid.") == len(ours)
        assert [one.covers_file for one in ours] == [
            "Not total document" not in part for part in said.split("Signature #")[1:]
        ]


def test_poppler_and_the_verifier_refuse_the_same_change(folder: Path, papers: dict[str, bytes]) -> None:
    for content in papers.values():
        changed = bytearray(content)
        changed[content.index(b"/Title") + 9] ^= 1
        (folder / "changed.pdf").write_bytes(changed)
        said = run(folder, "pdfsig", "-nocert", "changed.pdf").stdout
        assert "Signature is Valid" not in said
        assert not any(one.cms and one.cms.intact for one in read_pdf(bytes(changed)).signatures)


def test_openssl_verifies_every_signature_with_its_chain_and_revocation(folder: Path, papers: dict[str, bytes]) -> None:
    judged = 0
    for content in papers.values():
        for one in read_pdf(content).signatures:
            assert one.cms is not None
            signature, data = taken_out(content, one)
            (folder / "signature.der").write_bytes(signature)
            (folder / "data").write_bytes(data)
            said = cms_verified(folder, one.cms.others)
            assert "CAdES Verification successful" in said, said
            (folder / "data").write_bytes(data[:-1] + b"?")
            assert "successful" not in cms_verified(folder, one.cms.others)
            judged += 1
    assert judged == 4


def test_openssl_verifies_the_seal(folder: Path) -> None:
    (folder / "data").write_bytes((folder / "manifest.json").read_bytes())
    assert "CAdES Verification successful" in cms_verified(folder, (), "manifest.p7s")


def test_openssl_verifies_every_time_stamp(folder: Path, papers: dict[str, bytes], held: Sample) -> None:
    stamped = [(signed_by(content, one)) for content in papers.values() for one in read_pdf(content).signatures]
    seal = (folder / "manifest.p7s").read_bytes()
    root = bytes.fromhex(re.findall(r'"root":"(\w+)"', (folder / "anchor/merkle.json").read_text())[0])
    stamped += [((folder / "manifest.tst").read_bytes(), seal), ((folder / "anchor/tsa.tst").read_bytes(), root)]
    for token, data in stamped:
        assert "Verification: OK" in stamp_verified(folder, token, data)
        assert "Verification: OK" not in stamp_verified(folder, token, data + b"?")
    assert len(stamped) == 6


def test_openssl_finds_each_certificate_good_by_the_lists(folder: Path, papers: dict[str, bytes]) -> None:
    for content in papers.values():
        for one in read_pdf(content).signatures:
            assert one.cms is not None
            leaf = pem(folder, "leaf.pem", one.cms.certificate)
            lists = ["-crl_check", "-CRLfile", "lists.pem", "-CAfile", "ca.pem"]
            pem(
                folder,
                "issuing.pem",
                *[Certificate.load(path.read_bytes()) for path in (folder / "pki/certs").iterdir()],
            )
            assert f"{leaf}: OK" in run(folder, "openssl", "verify", *lists, "-untrusted", "issuing.pem", leaf).stdout


def test_qpdf_finds_no_fault_in_a_signed_document(folder: Path, papers: dict[str, bytes]) -> None:
    for path in papers:
        done = run(folder, "qpdf", "--check", path)
        assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True), done.stdout


def test_pyca_verifies_certificates_and_lists(folder: Path) -> None:
    roots = x509.load_pem_x509_certificates((folder / "ca.pem").read_bytes() + (folder / "tsa.pem").read_bytes())
    issuing = [x509.load_der_x509_certificate(path.read_bytes()) for path in (folder / "pki/certs").iterdir()]
    by_name = {one.subject: one for one in (*roots, *issuing)}
    for one in issuing:
        one.verify_directly_issued_by(by_name[one.issuer])
    lists = [x509.load_der_x509_crl(path.read_bytes()) for path in (folder / "pki/crls").iterdir()]
    assert lists
    for listed in lists:
        assert listed.is_signature_valid(by_name[listed.issuer].public_key())  # type: ignore[arg-type]


def test_the_verifier_finds_them_good_too(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert {one.result for one in report.findings} == {Result.PASS}
