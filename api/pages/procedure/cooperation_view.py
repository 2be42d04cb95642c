"""Where a request to a foreign authority is: what was sent with which receipt, what was answered, what it lacks."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.rendering import PageContext
from domain.errors import Refusal
from domain.procedure.cooperation import Answer, Submission
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.cooperation import instrument_of, outcome_fits_answer, ready_to_send
from domain.types.cooperation import Instrument
from domain.types.vocabulary import Stage
from templates.texts import broken_rule, refusal_text, text


@dataclass(frozen=True)
class SentView:
    at: datetime
    instrument: str
    files: tuple[str, ...]
    receipt: str
    """Its number; empty until there is one."""
    recorded_at: datetime | None
    document: str
    """Id of the receipt in the file."""
    refused: str


@dataclass(frozen=True)
class AnswerView:
    at: datetime
    kind: str
    tone: str
    sender: str
    words: str
    documents: tuple[tuple[str, str], ...]
    """(id, title)."""
    unreadable: tuple[str, ...]


@dataclass(frozen=True)
class CooperationView:
    instrument: str
    law: str
    sent: tuple[SentView, ...]
    answers: tuple[AnswerView, ...]
    overdue: tuple[str, ...]
    due: tuple[str, datetime] | None
    """The next term that runs, and when it ends."""
    returned: str
    """Why it came back; empty where it did not, or has been sent again."""
    request: tuple[str, str] | None
    """Id and hash of what would be sent; None while nothing may be."""
    lacking: str
    """Why it may not be sent yet."""


def cooperation_view(procedure: Procedure, seat: Participant | None, context: PageContext) -> CooperationView | None:
    """None where the type is no request to a foreign authority."""
    plan, file = procedure.type.procedure.cooperation, procedure.cooperation
    if plan is None or file is None:
        return None
    instrument = plan.instrument(file.sent.instrument) if file.sent else None
    terms = {term.rule: term for term in instrument.terms} if instrument else {}
    following = file.next_term(instrument) if instrument and procedure.stage is Stage.AWAITING else None
    request, lacking = _to_send(procedure, seat, context)
    shown = instrument or _chosen(procedure)
    return CooperationView(
        instrument=shown.titles.in_language(context.language) if shown else "",
        law=shown.legal_basis if shown else "",
        sent=tuple(_sent(procedure, one, context) for one in file.submissions),
        answers=tuple(_answer(procedure, one, context) for one in file.answers),
        overdue=tuple(terms[rule].titles.in_language(context.language) for rule in file.overdue if rule in terms),
        due=(following[0].titles.in_language(context.language), following[1]) if following else None,
        returned=file.returned.words if file.returned and procedure.stage is Stage.PREPARATION else "",
        request=request,
        lacking=lacking,
    )


def possible_outcomes(procedure: Procedure, context: PageContext) -> tuple[tuple[str, str], ...]:
    """With which it may end now, code and words."""
    possible = []
    for code, titles in procedure.type.procedure.outcomes.items():
        try:
            outcome_fits_answer(procedure, code)
        except Refusal:
            continue
        possible.append((code, titles.in_language(context.language)))
    return tuple(possible)


def _to_send(
    procedure: Procedure, seat: Participant | None, context: PageContext
) -> tuple[tuple[str, str] | None, str]:
    if procedure.stage is not Stage.PREPARATION or seat is None or not procedure.role_of(seat).hosts:
        return None, ""
    try:
        request = ready_to_send(procedure)
    except Refusal as refusal:
        return None, refusal_text(refusal, context.language).title
    return (request.id, request.original.sha256), ""


def _chosen(procedure: Procedure) -> Instrument | None:
    """That of what is filled in, before anything was sent."""
    try:
        return instrument_of(procedure) if procedure.agenda[0].values else None
    except Refusal:
        return None


def _sent(procedure: Procedure, one: Submission, context: PageContext) -> SentView:
    plan = procedure.type.procedure.cooperation
    assert plan is not None
    return SentView(
        at=one.submitted_at,
        instrument=plan.instrument(one.instrument).titles.in_language(context.language),
        files=tuple(file.name for file in one.files),
        receipt=one.receipt.number if one.receipt else "",
        recorded_at=one.receipt.recorded_at if one.receipt else None,
        document=one.receipt.document if one.receipt else "",
        refused=broken_rule(one.refused, context.language) if one.refused else "",
    )


def _answer(procedure: Procedure, one: Answer, context: PageContext) -> AnswerView:
    bad, good = ("returned", "refused"), ("executed", "acknowledged", "forwarded")
    return AnswerView(
        at=one.recorded_at,
        kind=text(f"vocabulary.answer_kind.{one.kind.value}", context.language),
        tone="bad" if one.kind.value in bad else "good" if one.kind.value in good else "waiting",
        sender=one.sender,
        words=one.words,
        documents=tuple((id, procedure.document(id).title) for id in one.documents),
        unreadable=one.unreadable,
    )
