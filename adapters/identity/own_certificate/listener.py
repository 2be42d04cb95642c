"""The listener: one connection, one certificate, one request, one signed statement. It keeps and decides nothing."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qs

import h11
from cryptography.x509 import load_der_x509_certificate
from joserfc.jwk import ECKey
from OpenSSL import SSL

from adapters.identity.own_certificate.chain import Authorities
from adapters.identity.own_certificate.channel import Channel, ChannelClosed, tls_context
from adapters.identity.own_certificate.page import Page, Shown
from adapters.identity.own_certificate.settings import ListenerSettings
from adapters.identity.own_certificate.statement import Statement, read_key
from adapters.identity.own_certificate.status import status_of

log = logging.getLogger("identity.own_certificate")

LARGEST_FORM = 4 * 1024
MOST_AT_ONCE = 200
SECONDS_TO_SHAKE = 180.0
"""The person chooses a certificate and types the PIN of a card meanwhile."""
SECONDS_TO_ASK = 10.0
SECONDS_TO_LEAVE = 2.0

REQUEST, STATE = re.compile(r"[0-9a-f]{40}"), re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a browser sent."""

    method: str
    path: str
    languages: str
    form: dict[str, str]


class Malformed(Exception):
    """No browser of ours sends that."""


class Listener:
    def __init__(self, settings: ListenerSettings, page: Page) -> None:
        self._settings, self._page = settings, page
        self._authorities = Authorities.read(settings.authorities_file)
        self._key: ECKey = read_key(settings.signing_key_file)
        self._tls: SSL.Context = tls_context(
            settings.tls_certificate_file, settings.tls_key_file, self._authorities.certificates
        )
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()
        self._audience = f"{settings.public_url}/identity/own_certificate/answer"

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Until the end of the block; then nobody else comes in, and whoever is in has a moment to leave."""
        server = await asyncio.start_server(self._connected, self._settings.host, self._settings.port)
        async with server:
            yield
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=SECONDS_TO_LEAVE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            async with self._places:
                await self._serve(Channel(self._tls, reader, writer))
        except (ChannelClosed, ConnectionError, TimeoutError):
            return
        except Exception as error:  # one browser's connection ends, not everybody's
            log.error("a connection failed", extra={"kind": type(error).__name__})
        finally:
            writer.close()
            with suppress(ConnectionError, TimeoutError):
                await writer.wait_closed()

    async def _serve(self, channel: Channel) -> None:
        async with asyncio.timeout(SECONDS_TO_SHAKE):
            await channel.shake_hands()
        shaken = datetime.now(UTC).replace(microsecond=0)
        http = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_FORM * 2)
        try:
            async with asyncio.timeout(SECONDS_TO_ASK):
                asked = await _asked(http, channel)
            shown = await self._answer(asked, channel, shaken)
        except (Malformed, h11.RemoteProtocolError):
            shown = Shown(HTTPStatus.BAD_REQUEST, "nothing")
            http = h11.Connection(h11.SERVER)
            asked = Asked("GET", "/", "", {})
        await channel.send(_response(http, *self._page.drawn(shown, asked.languages), shown.status))
        await channel.close()

    async def _answer(self, asked: Asked, channel: Channel, shaken: datetime) -> Shown:
        if asked.path != "/":
            return Shown(HTTPStatus.OK if asked.path == "/healthz" else HTTPStatus.NOT_FOUND, "nothing")
        if asked.method != "POST":
            return Shown(HTTPStatus.OK, "nothing")
        request, state = asked.form.get("request", ""), asked.form.get("state", "")
        if not REQUEST.fullmatch(request) or not STATE.fullmatch(state):
            raise Malformed
        said = await self._statement(channel, request, shaken)
        fields = {"statement": said.signed(self._key), "state": state}
        return Shown(HTTPStatus.OK, "done", back=self._audience, fields=fields)

    async def _statement(self, channel: Channel, request: str, shaken: datetime) -> Statement:
        return Statement(
            issuer=self._settings.address,
            audience=self._audience,
            request=request,
            handshake=channel.bound_to(request),
            at=shaken,
            protocol=channel.protocol,
            certificate=channel.certificate,
            status=await self._status(channel.certificate),
        )

    async def _status(self, certificate: bytes) -> bytes:
        if not certificate:
            return b""
        try:
            shown = load_der_x509_certificate(certificate)
            issuer = self._authorities.issuer_of(shown)
            return await status_of(shown, issuer) if issuer is not None else b""
        except ValueError:  # it is told by whoever judges it
            return b""


async def _asked(http: h11.Connection, channel: Channel) -> Asked:
    """The one request of a connection. Raises `Malformed`."""
    head: h11.Request | None = None
    body = b""
    while True:
        event = http.next_event()
        if event is h11.NEED_DATA:
            http.receive_data(await channel.receive())
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
            if len(body) > LARGEST_FORM:
                raise Malformed
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return _read(head, body)
        else:
            raise ChannelClosed


def _read(head: h11.Request, body: bytes) -> Asked:
    try:
        told = dict(head.headers)
        said = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=4) if body else {}
        languages = told.get(b"accept-language", b"").decode("ascii")
        return Asked(head.method.decode(), head.target.decode(), languages, {k: v[0] for k, v in said.items()})
    except (UnicodeDecodeError, ValueError) as error:
        raise Malformed from error


def _response(http: h11.Connection, headers: dict[str, str], content: bytes, status: HTTPStatus) -> bytes:
    told = [*headers.items(), ("Content-Length", str(len(content))), ("Connection", "close")]
    head = h11.Response(status_code=status, headers=told, reason=status.phrase)
    sent = [http.send(head), http.send(h11.Data(data=content)), http.send(h11.EndOfMessage())]
    return b"".join(part or b"" for part in sent)
