"""What the session still lacks to end, in words, from the first minute: for every end, and for each of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.rendering import PageContext
from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.refusals.admission import ACT_EXCLUDED
from domain.refusals.agenda import ITEM_STILL_OPEN, ITEMS_PENDING
from domain.refusals.documents import DOCUMENT_MISSING
from domain.refusals.identity import IDENTITY_LAPSED, IDENTITY_MISSING
from domain.refusals.signing import SIGNATURE_PENDING
from domain.rules.admission import excluded_now
from domain.rules.closing import missing_for_closing
from domain.types.vocabulary import Stage
from templates.people import shown_name
from templates.texts import refusal_text, text

BEFORE_THE_END = (Stage.SUMMONED, Stage.CHECKED_IN, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.ADJOURNED)


@dataclass(frozen=True)
class Lacking:
    words: str
    law: str
    """The article that wants it; empty where it is the plan that does."""


@dataclass(frozen=True)
class Checklist:
    always: tuple[Lacking, ...]
    """Without which the session cannot end at all."""
    ends: tuple[tuple[str, tuple[Lacking, ...]], ...]
    """Each outcome by its words, and what it lacks besides."""


def checklist_view(procedure: Procedure, context: PageContext) -> Checklist | None:
    """None once the session is over."""
    if procedure.stage not in BEFORE_THE_END:
        return None
    lacking: dict[str | None, list[Lacking]] = {}
    for one in missing_for_closing(procedure):
        lacking.setdefault(one.outcome, []).extend(_lines(procedure, one.refusal, context))
    return Checklist(
        always=tuple(lacking.get(None, ())),
        ends=tuple(
            (titles.in_language(context.language), tuple(lacking.get(code, ())))
            for code, titles in procedure.type.procedure.outcomes.items()
        ),
    )


def _lines(procedure: Procedure, refusal: Refusal, context: PageContext) -> Iterator[Lacking]:
    """One refusal as lines of a list: where it tells of several items, a line each."""
    say, told = context.language, refusal.params
    if refusal.declared is ITEMS_PENDING:
        for code in told["items"]:
            yield Lacking(text("pages.checklist.item", say, title=_item(procedure, code, say)), "")
    elif refusal.declared is ITEM_STILL_OPEN:
        yield Lacking(text("pages.checklist.open", say, title=_item(procedure, told["item"], say)), "")
    elif refusal.declared is SIGNATURE_PENDING:
        name = _name(procedure, told["signer"], say)
        yield Lacking(text("pages.checklist.signature", say, name=name, title=told["document"]), "")
    elif refusal.declared is DOCUMENT_MISSING:
        yield Lacking(text("pages.checklist.document", say, title=_document(procedure, told["document"], say)), "")
    elif refusal.declared in (IDENTITY_MISSING, IDENTITY_LAPSED):
        yield Lacking(text("pages.checklist.identity", say, name=_name(procedure, told["participant"], say)), "")
    else:
        said = Refusal(refusal.declared, **{**told, "said": _said(procedure, refusal, say)})
        yield Lacking(refusal_text(said, say).title, str(told.get("law", "")))


def _said(procedure: Procedure, refusal: Refusal, say: str) -> str:
    """What the refusal is about, in the language of whoever reads: the domain says it in that of the record."""
    told = refusal.params
    if "signer" in told:
        return f"{_document(procedure, told['document'], say)} ({_name(procedure, told['signer'], say)})"
    if "document" in told:
        return _document(procedure, told["document"], say)
    if "role" in told:
        return procedure.role(told["role"]).titles.in_language(say)
    excluded = excluded_now(procedure, say) if refusal.declared is ACT_EXCLUDED else None
    return str(excluded.params["said"]) if excluded else _item(procedure, told["item"], say)


def _item(procedure: Procedure, code: str, say: str) -> str:
    return procedure.type.item(code).titles.in_language(say)


def _document(procedure: Procedure, code: str, say: str) -> str:
    plan = procedure.type.procedure.document(code)
    return plan.titles.in_language(say) if plan else code


def _name(procedure: Procedure, participant: str, say: str) -> str:
    return shown_name(procedure, procedure.participant(participant), say)
