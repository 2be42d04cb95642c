"""TLS on the server's side, which asks for the browser's certificate and believes none.

The handshake proves that the browser holds the private key; whether the certificate is worth anything is judged later,
so that people read why instead of a broken connection. No session is ever resumed: each connection proves it anew.
"""

import asyncio
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from OpenSSL import SSL

PIECE = 16 * 1024
CIPHERS = b"ECDHE+AESGCM:ECDHE+CHACHA20"

EXPORTER = b"EXPORTER-estrado-own-certificate"
"""Label of ours (RFC 5705, 4: other than those that are registered)."""


class ChannelClosed(Exception):
    """The browser went away, or did not speak TLS."""


def tls_context(certificate: Path, key: Path, authorities: tuple[x509.Certificate, ...]) -> SSL.Context:
    """`authorities` are named to the browser, which offers the person no certificate of others (RFC 8446, 4.2.4)."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_cipher_list(CIPHERS)
    context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION | SSL.OP_NO_COMPRESSION)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_session_id(b"estrado own certificate")
    context.use_certificate_chain_file(str(certificate))
    context.use_privatekey_file(str(key))
    context.check_privatekey()
    context.set_verify(SSL.VERIFY_PEER, _let_pass)
    for authority in authorities:
        context.add_client_ca(load_der_x509_certificate(authority.dump()))
    return context


def _let_pass(*_: object) -> bool:
    """Of every certificate of every chain: it is judged later."""
    return True


class Channel:
    """One connection. OpenSSL works on memory; the bytes are carried here."""

    def __init__(self, context: SSL.Context, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tls = SSL.Connection(context, None)
        self._tls.set_accept_state()
        self._reader, self._writer = reader, writer

    async def shake_hands(self) -> None:
        """Raises `ChannelClosed`."""
        while True:
            try:
                self._tls.do_handshake()
            except SSL.WantReadError:
                await self._carry()
            except SSL.Error as error:
                await self._flush()  # the alert says why
                raise ChannelClosed from error
            else:
                await self._flush()
                return

    async def receive(self) -> bytes:
        """Some bytes. Raises `ChannelClosed` once there are no more."""
        while True:
            try:
                return self._tls.read(PIECE)
            except SSL.WantReadError:
                await self._carry()
            except SSL.Error as error:
                raise ChannelClosed from error

    async def send(self, content: bytes) -> None:
        self._tls.sendall(content)
        await self._flush()

    async def close(self) -> None:
        try:
            self._tls.shutdown()
            await self._flush()
        except (SSL.Error, ConnectionError):
            return

    @property
    def certificate(self) -> bytes:
        """DER of the one whose key was used; empty where the browser showed none."""
        shown = self._tls.get_peer_certificate(as_cryptography=True)
        return shown.public_bytes(Encoding.DER) if shown is not None else b""

    @property
    def protocol(self) -> str:
        return self._tls.get_protocol_version_name()

    def bound_to(self, request: str) -> str:
        """64 hexadecimal digits that this handshake gives over `request`, and no other does."""
        return self._tls.export_keying_material(EXPORTER, 32, request.encode()).hex()

    async def _carry(self) -> None:
        await self._flush()
        came = await self._reader.read(PIECE)
        if not came:
            raise ChannelClosed
        self._tls.bio_write(came)

    async def _flush(self) -> None:
        while True:
            try:
                self._writer.write(self._tls.bio_read(PIECE))
            except SSL.WantReadError:
                break
        await self._writer.drain()
