"""What tests of own certificates hold: an authority that answers, the listener, and a browser with a certificate."""

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from certomancer.integrations.animator import AnimatorArchStore
from certomancer.registry import ArchLabel
from werkzeug.serving import BaseWSGIServer, make_server

from adapters.identity.own_certificate.listener import Listener
from adapters.identity.own_certificate.page import Page
from adapters.identity.own_certificate.settings import ListenerSettings
from deploy.own_certificate.place import lay_out, of_listener, of_mechanism
from deploy.pki.answers import Answers
from deploy.pki.persons import PERSONS, Holder, holder, load_persons
from deploy.ports import first_free
from domain.errors import TryAgain
from templates.texts import text

OURS = "http://localhost"
ANXO, MARTA = holder("99104321N", "Anxo Ruiz Seoane"), holder("99218765P", "Marta Lago Prieto")


@dataclass
class Authority:
    """Of persons, with its responder on a port of its own."""

    directory: Path
    holders: tuple[Holder, ...]
    port: int = field(default_factory=lambda: first_free([], set()))
    asked: list[str] = field(default_factory=list)
    """Paths that somebody asked for."""
    server: BaseWSGIServer | None = None

    def start(self) -> None:
        architecture = load_persons(self.directory, f"http://127.0.0.1:{self.port}", self.holders)
        answers = Answers(AnimatorArchStore({ArchLabel(PERSONS): architecture}), with_web_ui=False)

        def counted(environ: Any, start_response: Any) -> Any:
            self.asked.append(environ["PATH_INFO"])
            return answers(environ, start_response)

        self.server = make_server("127.0.0.1", self.port, counted, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody answers for certificates meanwhile."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def of(self, person: Holder) -> tuple[Path, Path]:
        return self.directory / f"{person.slug}.cert.pem", self.directory / f"{person.slug}.key.pem"


@contextmanager
def open_authority(directory: Path, *holders: Holder) -> Iterator[Authority]:
    authority = Authority(directory, holders)
    authority.start()
    yield authority
    authority.stop()


@dataclass(frozen=True)
class Seat:
    """The listener's files and the address that stands in them."""

    directory: Path
    authority: Authority
    address: str
    port: int

    @property
    def variables(self) -> dict[str, str]:
        return of_mechanism(self.directory, self.authority.directory, self.address)

    def settings(self) -> ListenerSettings:
        told = {**self.variables, **of_listener(self.directory, self.port, OURS)}
        prefix = "ESTRADO_IDENTITY_OWN_CERTIFICATE_"
        return ListenerSettings.model_validate({name.removeprefix(prefix).lower(): told[name] for name in told})

    async def show(self, fields: dict[str, str], person: Holder | None) -> str:
        """The page that a browser gets which shows that person's certificate."""
        pair = self.authority.of(person) if person else None
        async with Listener(self.settings(), Page(text, ("es", "en"))).serving():
            return await asyncio.to_thread(partial(sent, self.port, fields, pair))

    async def statement(self, fields: dict[str, str], person: Holder) -> str:
        page = await self.show(fields, person)
        found = re.search(r'name="statement" value="([^"]+)"', page)
        if found is None:
            raise TryAgain(page)
        return found[1]


def seat(directory: Path, authority: Authority) -> Seat:
    lay_out(directory)
    port = first_free([], {authority.port})
    return Seat(directory, authority, f"https://localhost:{port}", port)


def client(pair: tuple[Path, Path] | None, **versions: ssl.TLSVersion) -> ssl.SSLContext:
    """As a browser that trusts the listener, with that certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = versions.get("up_to", ssl.TLSVersion.TLSv1_3)
    if pair:
        context.load_cert_chain(*pair)
    return context


def sent(
    port: int, fields: dict[str, str], pair: tuple[Path, Path] | None, language: str = "es", **versions: ssl.TLSVersion
) -> str:
    """Blocking. The whole answer to the form."""
    body = urlencode(fields)
    head = f"POST / HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Language: {language}\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        client(pair, **versions).wrap_socket(plain, server_hostname="localhost") as tls,
    ):
        tls.sendall(f"{head}{body}".encode())
        return received(tls)


def received(tls: ssl.SSLSocket) -> str:
    content = b""
    while piece := tls.recv(65536):
        content += piece
    return content.decode()
