"""The browser side of the mail server: what was sent by mail and by SMS, to read and not to touch.

A mail is somebody else's content: text is escaped, HTML is shown only inside a frame that may do nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from deploy.mailbox.maildir import Maildir
from deploy.mailbox.words import WORDS

HTML = Path(__file__).parent / "html"

# No script, no foreign picture, no form: whatever a mail contains, these pages only show.
POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'none'"
)

FORMATTED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'none'; sandbox"
)
"""Of a mail as its writer laid it out: a document of its own, for a frame's words obey the policy of their page."""


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail."""

    number: int
    name: str
    media_type: str
    content: bytes


class Pages:
    """The pages over one Maildir and one folder of SMS."""

    def __init__(self, maildir: Maildir, sms: Path) -> None:
        self._maildir = maildir
        self._sms = sms
        self._templates = Environment(
            loader=FileSystemLoader(HTML), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters["date_of"] = date_of
        self._templates.filters["moment"] = moment

    def healthz(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    def style(self, request: Request) -> Response:
        return Response((HTML / "style.css").read_bytes(), media_type="text/css")

    def mails(self, request: Request) -> Response:
        mails = [(name, self._maildir.read(name)) for name in self._maildir.names()]
        return self._page(request, "mails.html", mails=mails)

    def mail(self, request: Request) -> Response:
        name = request.path_params["name"]
        mail = self._read(name)
        plain, markup = mail.get_body(("plain",)), mail.get_body(("html",))
        return self._page(
            request,
            "mail.html",
            name=name,
            mail=mail,
            text=plain.get_content() if plain else "",
            is_formatted=markup is not None,
            attachments=list(attachments(mail)),
        )

    def formatted(self, request: Request) -> Response:
        markup = self._read(request.path_params["name"]).get_body(("html",))
        if markup is None:
            raise HTTPException(404)
        headers = {"Content-Security-Policy": FORMATTED, "Cache-Control": "no-store"}
        return HTMLResponse(markup.get_content(), headers=headers)

    def attachment(self, request: Request) -> Response:
        """Always a download, never shown by this server: the type is what the sender said, not what is in it."""
        for attachment in attachments(self._read(request.path_params["name"])):
            if attachment.number == request.path_params["number"]:
                headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
                return Response(attachment.content, media_type=attachment.media_type, headers=headers)
        raise HTTPException(404)

    def messages(self, request: Request) -> Response:
        files = sorted(self._sms.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        return self._page(request, "sms.html", messages=[json.loads(file.read_bytes()) for file in files])

    def _read(self, name: str) -> EmailMessage:
        try:
            return self._maildir.read(name)
        except FileNotFoundError as missing:
            raise HTTPException(404) from missing

    def _page(self, request: Request, template: str, **values: object) -> Response:
        language = language_of(request)
        words = WORDS[language]
        page = self._templates.get_template(template).render(
            language=language, words=words, here=request.url.path, **values
        )
        headers = {
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-store",
            "Content-Language": language,
        }
        return HTMLResponse(page, headers=headers)


def language_of(request: Request) -> str:
    """The language asked for in the address, else the first one of the browser that there are words for."""
    asked = [request.query_params.get("lang", "")]
    asked += [entry.strip()[:2].lower() for entry in request.headers.get("accept-language", "").split(",")]
    return next((language for language in asked if language in WORDS), "es")


def attachments(mail: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(mail.iter_attachments(), start=1):
        content = part.get_payload(decode=True)
        name = part.get_filename() or f"{number}"
        yield Attachment(number, name, part.get_content_type(), content if isinstance(content, bytes) else b"")


def date_of(mail: EmailMessage) -> str:
    """When the mail says it was written, in numbers that both languages read alike."""
    written = getattr(mail["Date"], "datetime", None)
    return f"{written:%d/%m/%Y %H:%M} {written:%Z}".strip() if written else ""


def moment(said: str) -> str:
    """As `date_of`, of an instant in the form of ISO 8601; what is none stays as it is."""
    try:
        return f"{datetime.fromisoformat(said):%d/%m/%Y %H:%M %Z}".strip()
    except ValueError:
        return said


def application(maildir: Maildir, sms: Path) -> Starlette:
    pages = Pages(maildir, sms)
    return Starlette(
        routes=[
            Route("/", pages.mails),
            Route("/healthz", pages.healthz),
            Route("/style.css", pages.style),
            Route("/mail/{name}", pages.mail),
            Route("/mail/{name}/formatted", pages.formatted),
            Route("/mail/{name}/attachment/{number:int}", pages.attachment),
            Route("/sms", pages.messages),
        ]
    )
