"""A card with its chip: a PKCS#11 token (SoftHSM2) in which a key was made that nobody can read out."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key, load_pem_private_key

from deploy.pki.persons import AUTHORITY, Holder
from tests.adapters.certificates import Authority

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL, PIN, OBJECT = "DNI", "482913", "firma"


@dataclass(frozen=True)
class Card:
    """The token's folder, and the certificate that the authority issued for the key in it."""

    directory: Path
    certificate: Path

    def uri(self, pin: str = PIN) -> str:
        return f"pkcs11:token={LABEL};object={OBJECT};type=private;pin-value={pin}"

    @property
    def environment(self) -> dict[str, str]:
        told = {"SOFTHSM2_CONF": str(self.directory / "softhsm2.conf"), "PKCS11_MODULE_PATH": str(MODULE)}
        return {**os.environ, **told}

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    def tool(self, *command: str) -> "subprocess.CompletedProcess[str]":
        said = (f"--module={MODULE}", f"--token-label={LABEL}", "--login", f"--pin={PIN}")
        return self.run("pkcs11-tool", *said, *command)


def issued(directory: Path, authority: Authority, person: Holder) -> Card:
    """A card for that person: the key is made in it, and the authority signs a certificate for its public half."""
    tokens = directory / "tokens"
    tokens.mkdir(parents=True)
    (directory / "softhsm2.conf").write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    card = Card(directory, directory / "card.cert.pem")
    for command in (
        ("softhsm2-util", "--init-token", "--free", f"--label={LABEL}", "--so-pin=00000000", f"--pin={PIN}"),
        ("pkcs11-tool", f"--module={MODULE}", f"--token-label={LABEL}", "--login", f"--pin={PIN}", "--keypairgen",
         "--key-type=EC:prime256v1", f"--label={OBJECT}", "--id=01", "--sensitive"),
        ("pkcs11-tool", f"--module={MODULE}", f"--token-label={LABEL}", "--read-object", "--type=pubkey", "--id=01",
         f"--output-file={directory / 'public.der'}"),
    ):  # fmt: skip
        done = card.run(*command)
        assert done.returncode == 0, done.stderr
    public = load_der_public_key((directory / "public.der").read_bytes())
    assert isinstance(public, ec.EllipticCurvePublicKey)
    card.certificate.write_bytes(_certified(authority, person, public).public_bytes(Encoding.PEM))
    return card


def _certified(authority: Authority, person: Holder, public: ec.EllipticCurvePublicKey) -> x509.Certificate:
    """What the authority issued to that person, number included, for another key: it answers for both alike."""
    known = x509.load_pem_x509_certificate(authority.of(person)[0].read_bytes())
    key = load_pem_private_key((authority.directory / "keys" / f"{AUTHORITY}.pem").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
    made = (
        x509.CertificateBuilder()
        .subject_name(known.subject)
        .issuer_name(known.issuer)
        .public_key(public)
        .serial_number(known.serial_number)
        .not_valid_before(known.not_valid_before_utc)
        .not_valid_after(known.not_valid_after_utc)
    )
    for extension in known.extensions:
        value = extension.value
        if isinstance(value, x509.SubjectKeyIdentifier):
            value = x509.SubjectKeyIdentifier.from_public_key(public)
        made = made.add_extension(value, extension.critical)
    return made.sign(key, SHA256())
