"""Other people's programs agree with the verifier on what they understand: openssl, poppler, qpdf and pyca.

None of them shares code with it: it reads signatures with pyHanko and asn1crypto.
"""

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from asn1crypto.x509 import Certificate
from cryptography import x509

from evidence.certificates import holder
from evidence.findings import Result
from evidence.parts import DocumentKind
from evidence.pdf import PdfSignature, read_pdf
from evidence.verifier import verify_bytes
from tests.evidence.sample import Sample

FAR = ["-no_check_time"]
"""The certificates of these tests are judged as signatures, not today."""


@pytest.fixture(scope="module")
def folder(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The members of a bundle, as any program lays them out, and who is trusted."""
    made = tmp_path_factory.mktemp("unzipped")
    zipfile.ZipFile(BytesIO(held.bundle)).extractall(made)
    held.write_trust(made)
    for number, one in enumerate(held.pki.revocation_lists):
        (made / f"{number}.crl").write_bytes(one)
        listed = run(made, "openssl", "crl", "-inform", "DER", "-in", f"{number}.crl")
        (made / f"{number}.crl.pem").write_text(listed.stdout)
    (made / "lists.pem").write_text("".join(one.read_text() for one in sorted(made.glob("*.crl.pem"))))
    return made


@pytest.fixture(scope="module")
def papers(held: Sample) -> dict[str, bytes]:
    """Documents that must be signed, by their path."""
    kinds = (DocumentKind.SIGNED, DocumentKind.MINUTES)
    return {f"documents/{one.sha256}.pdf": one.content for one in held.parts.documents if one.kind in kinds}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)


def pem(folder: Path, name: str, *certificates: Certificate) -> str:
    text = ""
    for one in certificates:
        (folder / "one.cer").write_bytes(one.dump())
        text += run(folder, "openssl", "x509", "-inform", "DER", "-in", "one.cer").stdout
    (folder / name).write_text(text)
    return name


def taken_out(content: bytes, signature: PdfSignature) -> tuple[bytes, bytes]:
    """The CMS of a signature without its padding, and the bytes that its ByteRange covers."""
    end = content.index(b">", signature.begin)
    padded = bytes.fromhex(content[signature.begin + 1 : end].decode())
    return cms.ContentInfo.load(padded).dump(), content[: signature.begin] + content[end + 1 : signature.end]


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


def cms_verified(folder: Path, chain: tuple[Certificate, ...], signature: str = "signature.der") -> str:
    trusted = ["-CAfile", "ca.pem", "-certfile", pem(folder, "chain.pem", *chain)] if chain else ["-CAfile", "ca.pem"]
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", "data"]
    return run(folder, *command, *trusted, "-purpose", "any", *FAR, "-out", "verified").stderr


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


def signed_by(content: bytes, signature: PdfSignature) -> tuple[bytes, bytes]:
    """The time-stamp of a signature, and what it is over."""
    info = cms.ContentInfo.load(taken_out(content, signature)[0])["content"]["signer_infos"][0]
    token = next(one for one in info["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token")
    return token["values"][0].dump(), info["signature"].native


def stamp_verified(folder: Path, token: bytes, data: bytes) -> str:
    (folder / "token.tst").write_bytes(token)
    (folder / "stamped").write_bytes(data)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token.tst", "-data", "stamped", "-CAfile", "tsa.pem"]
    return run(folder, *command).stdout


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
