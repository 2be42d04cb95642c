"""Keys and certificates of the simulator and of this installation towards it: made at the first start."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from deploy.keys import write_private

YEARS = timedelta(days=5 * 365)


def keep_key(directory: Path, name: str) -> tuple[Path, Path]:
    """`NAME.key` and `NAME.pem`, of a certificate that signs itself: trust comes from the metadata that names it."""
    key_file, certificate_file = directory / f"{name}.key", directory / f"{name}.pem"
    if not certificate_file.exists():
        directory.mkdir(parents=True, exist_ok=True)
        key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
        write_private(key_file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        write_private(certificate_file, _certificate(key, name).public_bytes(Encoding.PEM))
    return key_file, certificate_file


def _certificate(key: rsa.RSAPrivateKey, name: str) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    return made.not_valid_after(now + YEARS).sign(key, hashes.SHA256())
