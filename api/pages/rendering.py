"""How a page is rendered: one jinja2 environment, what every template may use, who looks and in whose colours.

No template decides what is allowed: presenters hand over what is to be shown.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.access.session import CitizenSession, StaffSession, caller_of, enrolled_device
from api.http.problems import language_of
from api.ports import Ports
from domain.access.accounts import Device
from domain.files import LARGEST_DEPOSIT, LARGEST_FILE, LONGEST_DEPOSIT, MIB, MOST_FILES, MOST_PAGES
from domain.ids import AdministrationId, OfficeId
from domain.languages import BASE_LANGUAGES, Language, language
from domain.procedure.handwriting import HandwritingKey
from domain.text import readable
from domain.types.territory import Administration
from templates.catalogues import LANGUAGES_WITH_WORDS
from templates.texts import has_text, text
from templates.words import Words

PROJECT = Path(__file__).resolve().parents[2]
ICONS = PROJECT / "node_modules/lucide-static/icons"


@dataclass(frozen=True)
class PageContext:
    """Who looks at a page, in which language, and whose image it carries."""

    language: str
    administration: Administration
    csrf: str = ""
    role: str = "anyone"
    """`staff`, `citizen` or `anyone`."""
    name: str = ""
    roles: tuple[str, ...] = ()
    previous_access: datetime | None = None
    """When this member of staff signed in before."""
    at_office: bool = False
    seat: str = ""
    """Which office computer this is, in words; empty for any other."""
    office: OfficeId | None = None
    """The office that holds what is shown: its legal time is the one that is told."""
    handwriting: HandwritingKey | None = None
    """The key to which what is signed by hand here is encrypted; None: it is not asked for."""
    scanner: str = ""
    """Where this computer's scanning agent answers, if the installation has them."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed into a form that is painted again, by the name of its field."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """What is wrong there with each field, in words."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those that the Administration offers and there are words in; Spanish and English are always among them."""
        offered = dict.fromkeys((*self.administration.languages, *BASE_LANGUAGES))
        return tuple(language(code) for code in offered if code in LANGUAGES_WITH_WORDS)

    def told_of(self, prefix: str) -> bool:
        """Something was typed, or is wrong, in a field whose name begins so: it is not folded away."""
        return any(name.startswith(prefix) for name in (*filter(self.typed.get, self.typed), *self.wrong))

    @property
    def words(self) -> Words:
        return Words(self.language, self.administration.time_zone(self.office))

    def held_at(self, office: OfficeId) -> "PageContext":
        return replace(self, office=office)


STAFF_PLACES = ("/account", "/administration", "/ask", "/board", "/desk", "/procedures", "/walk-in")
"""How the addresses of pages of members of staff begin."""

DEPOSIT_LIMITS = {
    "files": MOST_FILES,
    "file_mb": LARGEST_FILE // MIB,
    "deposit_mb": LARGEST_DEPOSIT // MIB,
    "pages": MOST_PAGES,
    "seconds": LONGEST_DEPOSIT + 60,
}
"""What is told before anything is sent; `seconds` is how long a page waits, a little longer than the workflow."""


@cache
def environment() -> Environment:
    """The one environment of all pages. A name that a template misspells is an error and not an empty word."""
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(icon=icon, key=new_key, deposit_limits=DEPOSIT_LIMITS)
    return made


def new_key() -> str:
    """The idempotency key of one rendered button: pressed twice, or sent again, it is one command."""
    return f"page-{secrets.token_urlsafe(16).replace('_', 'a').replace('-', 'b')}"


@cache
def icon(name: str) -> Markup:
    """A lucide icon, inline and hidden from screen readers: the words beside it say the same."""
    drawn = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    drawn = drawn[drawn.index("<svg") :].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
    return Markup(drawn)  # noqa: S704 - a file of a pinned package, named by our own templates


def word(context: PageContext, noun: str, value: Any) -> str:
    """`word(look, "stage", "closed")`: what people call it; the value itself where it has no name."""
    path = f"vocabulary.{noun}.{value}"
    return text(path, context.language) if has_text(path) else str(value)


def trouble(context: PageContext, code: str) -> str:
    """What an automatic step waits for: the rule of that code, or that something outside does not answer."""
    path = f"refusals.{code}.title"
    return text(path if has_text(path) else "pages.procedure.trouble_other", context.language)


def render(template: str, context: PageContext, **shown: Any) -> str:
    """The HTML of `template`. Raises `KeyError` for an unknown text, `UndefinedError` for an unknown name."""

    def t(path: str, **params: Any) -> str:
        return text(f"pages.{path}", context.language, **params)

    def done(act: str) -> str:
        """What is said once that act was taken; nothing where the page itself says it."""
        path = f"pages.done.{act.replace('-', '_')}"
        return text(path, context.language) if has_text(path) else ""

    common = {
        "t": t,
        "done": done,
        "word": partial(word, context),
        "trouble": partial(trouble, context),
        "context": context,
        "words": context.words,
        "lang": context.language,
    }
    return environment().get_template(template).render({**common, **shown})


def page(request: Request, template: str, context: PageContext, status: int = 200, **shown: Any) -> Response:
    shown.setdefault("path", request.url.path)
    return HTMLResponse(render(template, context, **shown), status)


def page_of_ours(path: str) -> str:
    """`path`, where it is a page of members of staff; else empty: nobody is led to another site."""
    return path if path.startswith(STAFF_PLACES) and "//" not in path and "\\" not in path else ""


def back_to(path: str, **query: str) -> Response:
    """After a command: look again at where it was given (a reload repeats nothing)."""
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items() if value)
    return RedirectResponse(f"{path}?{asked}" if asked else path, status_code=303)


async def page_context(request: Request) -> PageContext:
    """For whoever asks: the image is that of their Administration, or of the computer's."""
    ports = cast(Ports, request.app.state.ports)
    who = await caller_of(request)
    asked = language_of(request)
    if isinstance(who, StaffSession):
        return PageContext(
            language=asked,
            administration=ports.administrations[who.account.administration],
            csrf=who.csrf,
            role="staff",
            name=who.account.name,
            roles=tuple(role.value for role in who.account.roles),
            previous_access=who.previous_access_at,
            scanner=request.app.state.settings.scanner_url,
        )
    device = await enrolled_device(request)
    if isinstance(who, CitizenSession):
        row = await ports.register.get(who.procedure)
        administration = ports.administrations[row.administration if row else first(ports.administrations)]
        keys = ports.handwriting_keys(administration.id)
        return PageContext(
            asked, administration, who.csrf, "citizen", at_office=who.device is not None,
            handwriting=keys[0] if keys else None,
        )  # fmt: skip
    administration = ports.administrations[device.administration if device else first(ports.administrations)]
    seat = seat_of_device(administration, device, asked) if device else ""
    return PageContext(asked, administration, at_office=device is not None, seat=seat)


def seat_of_device(administration: Administration, device: Device, language: str) -> str:
    """`Puesto 1 · Oficina de Justicia de Vilar`."""
    office = next(
        (known.called(language) for known in administration.offices if known.id == device.office), device.office
    )
    return f"{device.label} · {office}"


def first(administrations: Mapping[AdministrationId, Administration]) -> AdministrationId:
    return next(iter(administrations))
