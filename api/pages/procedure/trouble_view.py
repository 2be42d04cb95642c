"""What an automatic step waits for, in words, and what the clerk can put right: the address of a notice."""

from collections import Counter
from dataclasses import dataclass

from api.pages.rendering import PageContext
from domain.errors import PersonMustAct
from domain.procedure.state import Procedure
from templates.people import shown_name
from templates.texts import has_text, refusal_text, text

ABOUT_AN_ADDRESS = ("mail_address_invalid", "mail_refused")


@dataclass(frozen=True)
class TroubleView:
    title: str
    next: str
    addresses: tuple[tuple[str, str], ...]
    """Whose mail address may be the wrong one, the likeliest first; empty when it is not about an address."""


def trouble_view(procedure: Procedure, context: PageContext) -> TroubleView | None:
    """None while every step goes on by itself."""
    code = procedure.trouble
    if not code:
        return None
    if not has_text(f"refusals.{code}.title"):
        return TroubleView(text("pages.procedure.trouble_other", context.language).rstrip("."), "", ())
    known = refusal_text(PersonMustAct(code), context.language)
    return TroubleView(known.title, known.next, _addresses(procedure, context) if code in ABOUT_AN_ADDRESS else ())


def _addresses(procedure: Procedure, context: PageContext) -> tuple[tuple[str, str], ...]:
    """Whoever has had fewest notices is likely to be the one who gets none."""
    told = Counter(notice.recipient for notice in procedure.notices)
    reachable = sorted((p for p in procedure.citizens if p.email), key=lambda person: told[person.id])
    return tuple((p.id, f"{shown_name(procedure, p, context.language)}: {p.email}") for p in reachable)
