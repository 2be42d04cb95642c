"""Lays out the listener for own certificates beside one installation: its TLS certificate and its statement key."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from deploy.keys import write_private
from deploy.place import LOOPBACK

PREFIX = "ESTRADO_IDENTITY_OWN_CERTIFICATE_"
YEARS = timedelta(days=2 * 365)


def lay_out(directory: Path) -> None:
    """Bears repetition: keys stay. In production the TLS certificate is one that browsers know."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (directory / "statement.pub.pem").exists():
        key = _key(directory / "statement.key.pem")
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        write_private(directory / "statement.pub.pem", public)
    if not (directory / "tls.cert.pem").exists():
        key = _key(directory / "tls.key.pem")
        write_private(directory / "tls.cert.pem", _certificate(key).public_bytes(Encoding.PEM))


def of_mechanism(directory: Path, persons: Path, address: str) -> dict[str, str]:
    """With which the mechanism finds the listener and believes it."""
    return {
        f"{PREFIX}ADDRESS": address,
        f"{PREFIX}AUTHORITIES_FILE": str(persons / "authorities.pem"),
        f"{PREFIX}STATEMENT_KEY_FILE": str(directory / "statement.pub.pem"),
    }


def of_listener(directory: Path, port: int, public_url: str) -> dict[str, str]:
    """What the listener knows besides the address and the authorities."""
    return {
        f"{PREFIX}PUBLIC_URL": public_url,
        f"{PREFIX}SIGNING_KEY_FILE": str(directory / "statement.key.pem"),
        f"{PREFIX}TLS_CERTIFICATE_FILE": str(directory / "tls.cert.pem"),
        f"{PREFIX}TLS_KEY_FILE": str(directory / "tls.key.pem"),
        f"{PREFIX}HOST": LOOPBACK,
        f"{PREFIX}PORT": str(port),
    }


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address(LOOPBACK))])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.add_extension(names, critical=False).not_valid_after(now + YEARS)
    return made.sign(key, hashes.SHA256())
