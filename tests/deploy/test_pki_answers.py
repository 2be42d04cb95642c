"""What the local PKI answers about a certificate is read alike by pyca, by openssl and by asn1crypto."""

import subprocess
from pathlib import Path

import pytest
from asn1crypto import ocsp as parsed
from certomancer.integrations.animator import AnimatorArchStore
from certomancer.registry import ArchLabel
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from werkzeug.test import Client

from deploy.pki import ARCHITECTURE, ISSUING
from deploy.pki.answers import Answers
from deploy.pki.issue import export, load_architecture

SIGNER = "iria-outeiro"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pki")


@pytest.fixture(scope="module")
def services(folder: Path) -> Client:
    architecture = load_architecture(folder, "http://127.0.0.1:1")
    export(architecture, folder)
    store = AnimatorArchStore({ArchLabel(ARCHITECTURE): architecture})
    return Client(Answers(store, with_web_ui=False, allow_time_override=False))


@pytest.fixture(scope="module")
def certificates(folder: Path, services: Client) -> tuple[x509.Certificate, x509.Certificate]:
    """That of a signer, and that of who issued it."""
    signer = x509.load_pem_x509_certificate((folder / f"{SIGNER}.cert.pem").read_bytes())
    chain = x509.load_pem_x509_certificates((folder / "chain.pem").read_bytes())
    return signer, next(one for one in chain if one.subject == signer.issuer)


@pytest.fixture(scope="module")
def answer(services: Client, certificates: tuple[x509.Certificate, x509.Certificate]) -> bytes:
    request = ocsp.OCSPRequestBuilder().add_certificate(*certificates, SHA256()).build()
    path = f"/{ARCHITECTURE}/ocsp/{ISSUING}"
    return bytes(services.post(path, data=request.public_bytes(Encoding.DER)).data)


def test_pyca_reads_an_answer_about_a_signer(
    answer: bytes, certificates: tuple[x509.Certificate, x509.Certificate]
) -> None:
    read = ocsp.load_der_ocsp_response(answer)
    assert read.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL
    assert read.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert read.serial_number == certificates[0].serial_number


def test_no_instant_of_an_answer_has_fractions(answer: bytes) -> None:
    read = parsed.OCSPResponse.load(answer).response_data
    told = [read["produced_at"], *(read["responses"][0][key] for key in ("this_update", "next_update"))]
    assert [one.native.microsecond for one in told] == [0, 0, 0]
    assert b"." not in b"".join(one.contents for one in told)


def test_openssl_trusts_the_answer(
    answer: bytes, certificates: tuple[x509.Certificate, x509.Certificate], folder: Path
) -> None:
    _, issuer = certificates
    (folder / "answer.ocsp").write_bytes(answer)
    (folder / "issuer.pem").write_bytes(issuer.public_bytes(Encoding.PEM))
    asked = ["-issuer", "issuer.pem", "-sha256", "-cert", f"{SIGNER}.cert.pem"]
    trusted = ["-CAfile", "roots.pem", "-verify_other", "chain.pem"]
    command = ["openssl", "ocsp", "-respin", "answer.ocsp", *asked, *trusted]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=30)
    assert "Response verify OK" in done.stderr, done.stderr
    assert f"{SIGNER}.cert.pem: good" in done.stdout, done.stdout


def test_the_issuing_authority_has_a_revocation_list_that_pyca_verifies(
    services: Client, certificates: tuple[x509.Certificate, x509.Certificate]
) -> None:
    listed = x509.load_der_x509_crl(bytes(services.get(f"/{ARCHITECTURE}/crls/{ISSUING}/latest.crl").data))
    assert listed.is_signature_valid(certificates[1].public_key())  # type: ignore[arg-type]
    assert listed.issuer == certificates[1].subject
