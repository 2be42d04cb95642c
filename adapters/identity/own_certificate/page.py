"""The one page of the listener: it leads back on its own, and by a button where scripts are switched off."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@dataclass(frozen=True)
class Shown:
    status: HTTPStatus
    what: str
    """`done`, or `nothing` where nobody was sent here."""
    back: str = ""
    """Where the form goes."""
    fields: dict[str, str] = field(default_factory=dict)


class Page:
    """`text`: key, language and parameters of a text; `languages`: those with words, the first for whoever has none."""

    def __init__(self, text: Callable[..., str], languages: Sequence[str]) -> None:
        self._text, self._languages = text, languages
        loader = FileSystemLoader(Path(__file__).parent)
        self._drawn = Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html")

    def drawn(self, shown: Shown, accepted: str) -> tuple[dict[str, str], bytes]:
        """Headers and body. `accepted`: what the browser says of languages."""
        language, nonce = self._language(accepted), secrets.token_urlsafe(16)
        words = {
            part: self._text(f"identity.own_certificate.{shown.what}.{part}", language) for part in ("title", "words")
        }
        words["back"] = self._text("identity.own_certificate.back", language)
        content = self._drawn.render(shown=shown, words=words, language=language, nonce=nonce)
        return _headers(shown.back, nonce), content.encode()

    def _language(self, accepted: str) -> str:
        asked = [one.partition(";")[0].strip().partition("-")[0].lower() for one in accepted.split(",")]
        return next((one for one in asked if one in self._languages), self._languages[0])


def _headers(back: str, nonce: str) -> dict[str, str]:
    parts = urlsplit(back)
    form = f"{parts.scheme}://{parts.netloc}" if back else "'none'"
    allowed = f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; form-action {form}"
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{allowed}; base-uri 'none'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
    }
