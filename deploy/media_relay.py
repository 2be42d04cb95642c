"""The relay of media (coturn) in the local stack: UDP, TCP and TLS, opened by credentials that end by themselves.

On this machine it relays to loopback, where the media process is. Elsewhere it must not: see docs/operations.md.
"""

import secrets
import shutil
import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.keys import write_private
from deploy.part import Part
from deploy.place import LOOPBACK, Place
from deploy.probes import SECONDS_TO_ANSWER, NotReady, Probe, plainly

REALM = "estrado"
A_YEAR = timedelta(days=365)

# Standard: RFC 8489, 5 and 18.2; a binding request without attributes, and the type of its answer.
BINDING = bytes.fromhex("000100002112a442")
BOUND = bytes.fromhex("0101")


def part(place: Place) -> Part:
    directory = place.directory("media-relay")
    port, tls_port = place.ports["media-relay"], place.ports["media-relay-tls"]
    return Part(
        name="media-relay",
        command=(program(), "-c", str(directory / "turnserver.conf")),
        probe=answers_stun(LOOPBACK, port),
        address=f"turn:{LOOPBACK}:{port}",
        before_start=lambda: lay_out(
            directory, LOOPBACK, port, tls_port, place.secrets.media_relay_secret_file.read_text()
        ),
    )


def settings(place: Place) -> dict[str, str]:
    """Browsers do not trust the certificate of a stack that made it itself: TLS is for tests."""
    at = f"turn:{LOOPBACK}:{place.ports['media-relay']}"
    return {
        "ESTRADO_MEDIA_RELAY_URLS": f"{at}?transport=udp,{at}?transport=tcp",
        "ESTRADO_MEDIA_RELAY_SECRET_FILE": str(place.secrets.media_relay_secret_file),
    }


def program() -> str:
    """Where Debian's package puts it is not on the path of everybody."""
    return shutil.which("turnserver", path="/usr/bin:/usr/sbin:/usr/local/bin") or "turnserver"


def lay_out(directory: Path, address: str, port: int, tls_port: int, secret: str) -> None:
    """Certificate and configuration; bears repetition."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (directory / "cert.pem").exists():
        _certify(directory, address)
    write_private(directory / "turnserver.conf", _configuration(directory, address, port, tls_port, secret).encode())


def _configuration(directory: Path, address: str, port: int, tls_port: int, secret: str) -> str:
    lines = (
        f"listening-ip={address}",
        f"relay-ip={address}",
        f"listening-port={port}",
        f"tls-listening-port={tls_port}",
        f"cert={directory / 'cert.pem'}",
        f"pkey={directory / 'key.pem'}",
        f"realm={REALM}",
        "use-auth-secret",
        f"static-auth-secret={secret}",
        "fingerprint",
        "no-tcp-relay",
        "no-multicast-peers",
        "allow-loopback-peers",
        "no-cli",
        "no-dtls",
        "no-tlsv1",
        "no-tlsv1_1",
        "no-rfc5780",
        "no-software-attribute",
        "log-file=stdout",
        "simple-log",
        f"userdb={directory / 'users.db'}",
        f"pidfile={directory / 'turnserver.pid'}",
    )
    return "".join(f"{line}\n" for line in lines)


def _certify(directory: Path, address: str) -> None:
    key, at = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, REALM)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + A_YEAR)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_private(
        directory / "key.pem",
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    write_private(directory / "cert.pem", certificate.public_bytes(serialization.Encoding.PEM))


def answers_stun(host: str, port: int) -> Probe:
    """The relay is healthy when it tells us our own address."""

    def probe() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(SECONDS_TO_ANSWER)
            try:
                asking.connect((host, port))
                asking.send(BINDING + secrets.token_bytes(12))
                answer, _ = asking.recvfrom(1500)
            except OSError as reason:
                raise NotReady(f"no answer at {host}:{port}: {plainly(reason)}") from reason
        if not answer.startswith(BOUND):
            raise NotReady(f"{host}:{port} answered something else")

    return probe
