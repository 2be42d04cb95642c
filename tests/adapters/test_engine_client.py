"""The connection to the engine over TLS: whom we trust, who has to show a certificate, what travels with each call."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from temporalio.service import RPCError

from adapters.wiring import temporal_client
from deploy.stack import Stack
from settings import Settings

NAME = "engine.justicia.example"


@dataclass(frozen=True)
class Pem:
    """A certificate and its key in files."""

    certificate: Path
    key: Path


class Authority:
    """A root of this test alone, and what it has certified."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._certificate = self._signed(self._name, self._key, x509.BasicConstraints(ca=True, path_length=0))
        self.root = self._written(f"{name}-root.pem", self._certificate.public_bytes(serialization.Encoding.PEM))

    def certify(self, name: str) -> Pem:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._signed(subject, key, x509.SubjectAlternativeName([x509.DNSName(name)]))
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return Pem(
            self._written(f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM)),
            self._written(f"{name}.key", private),
        )

    def _signed(self, subject: x509.Name, key: Any, extension: x509.ExtensionType) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        )
        return builder.sign(self._key, hashes.SHA256())

    def _written(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path


@asynccontextmanager
async def tls_in_front_of(address: str, shown: Pem, clients: Path | None) -> AsyncIterator[tuple[str, bytearray]]:
    """A TLS end that hands every byte on to `address`; with `clients`, only for those certified by that root.

    Yields its own address, and what came in, in clear.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.certificate, shown.key)
    context.set_alpn_protocols(["h2"])
    if clients:
        context.load_verify_locations(clients)
        context.verify_mode = ssl.CERT_REQUIRED
    seen = bytearray()
    ends: list[asyncio.StreamWriter] = []
    host, _, port = address.rpartition(":")

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind_reader, behind_writer = await asyncio.open_connection(host, int(port))
        ends.extend((writer, behind_writer))
        with suppress(asyncio.CancelledError):  # the test is over
            await asyncio.gather(carried(reader, behind_writer, seen), carried(behind_reader, writer, bytearray()))

    server = await asyncio.start_server(joined, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", seen
    for end in ends:
        end.transport.abort()
        with suppress(OSError):
            await end.wait_closed()


async def carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: bytearray) -> None:
    try:
        while block := await reader.read(65536):
            seen += block
            writer.write(block)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@pytest.fixture
def plain(servers: Stack, settings: Settings) -> Settings:
    servers.need("temporal")
    return settings


@pytest.fixture
def ours(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "ours")


def over_tls(plain: Settings, address: str, authority: Authority, **more: Any) -> Settings:
    told = {"temporal_address": address, "temporal_tls": True, "temporal_ca_file": authority.root}
    values = plain.model_dump() | told | {"temporal_server_name": NAME} | more
    return Settings.model_validate(values)


async def serves(settings: Settings) -> bool:
    client = await temporal_client(settings)
    return await client.service_client.check_health(timeout=timedelta(seconds=5))


async def test_the_frontend_is_reached_over_tls_under_the_name_of_its_certificate(
    plain: Settings, ours: Authority
) -> None:
    async with tls_in_front_of(plain.temporal_address, ours.certify(NAME), None) as (address, _):
        assert await serves(over_tls(plain, address, ours))


async def test_a_frontend_that_we_do_not_trust_is_not_talked_to(
    plain: Settings, ours: Authority, tmp_path: Path
) -> None:
    theirs = Authority(tmp_path, "theirs")
    async with tls_in_front_of(plain.temporal_address, theirs.certify(NAME), None) as (address, seen):
        with pytest.raises(RuntimeError):
            await serves(over_tls(plain, address, ours))
    assert not seen


async def test_a_certificate_of_another_name_is_not_enough(plain: Settings, ours: Authority) -> None:
    async with tls_in_front_of(plain.temporal_address, ours.certify("other.example"), None) as (address, seen):
        with pytest.raises(RuntimeError):
            await serves(over_tls(plain, address, ours))
    assert not seen


async def test_where_clients_are_asked_for_a_certificate_ours_is_shown(plain: Settings, ours: Authority) -> None:
    client = ours.certify("worker.justicia.example")
    shown = {"temporal_client_cert_file": client.certificate, "temporal_client_key_file": client.key}
    async with tls_in_front_of(plain.temporal_address, ours.certify(NAME), ours.root) as (address, _):
        assert await serves(over_tls(plain, address, ours, **shown))


async def test_without_a_certificate_nothing_is_served_where_one_is_asked_for(plain: Settings, ours: Authority) -> None:
    async with tls_in_front_of(plain.temporal_address, ours.certify(NAME), ours.root) as (address, seen):
        with pytest.raises((RuntimeError, RPCError)):
            await serves(over_tls(plain, address, ours))
    assert not seen


async def test_an_api_key_travels_with_every_call(plain: Settings, ours: Authority) -> None:
    key = "aceiost012aceios"
    async with tls_in_front_of(plain.temporal_address, ours.certify(NAME), None) as (address, seen):
        assert await serves(over_tls(plain, address, ours, temporal_api_key=key))
    assert huffman(key) in seen


def huffman(text: str) -> bytes:
    """Standard: RFC 7541 appendix B. These ten signs have codes of five bits, in this order; and the 40 bits of
    `Bearer ` before them end with a byte."""
    bits = "".join(f"{'012aceiost'.index(sign):05b}" for sign in text)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@pytest.mark.parametrize(
    "wrong",
    [
        {"temporal_api_key": "key"},
        {"temporal_ca_file": "roots.pem"},
        {"temporal_server_name": NAME},
        {"temporal_tls": True, "temporal_client_cert_file": "own.pem"},
        {"temporal_tls": True, "temporal_client_key_file": "own.key"},
    ],
)
def test_settings_that_nobody_can_mean_are_refused(settings: Settings, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"temporal_"):
        Settings.model_validate(settings.model_dump() | wrong)
