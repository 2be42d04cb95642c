"""The procedure page of officials: everything at one glance, drawn from one state and its journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from api.access.visibility import is_for
from api.pages.procedure.checklist_view import Checklist, checklist_view
from api.pages.procedure.cooperation_view import CooperationView, cooperation_view, possible_outcomes
from api.pages.procedure.documents_view import DocumentView, document_view
from api.pages.procedure.interruption_view import InterruptionView, interruption_view
from api.pages.procedure.items_view import FormView, ItemView, addable, agenda_view, form_view
from api.pages.procedure.next_step import NextStep, next_step
from api.pages.procedure.people_view import PersonView, person_view, said_beside, spotlit
from api.pages.procedure.private_view import PrivateTalksView, private_talks_view
from api.pages.procedure.records_view import RecordsView, records_view
from api.pages.procedure.timeline_view import TimelineLine, timeline
from api.pages.procedure.trouble_view import TroubleView, trouble_view
from api.pages.rendering import PageContext
from api.views.recording import RecordingState, recording_state
from domain.journal.chain import JournalEntry
from domain.procedure.documents import CaseDocument
from domain.procedure.minutes import Correction, WrittenDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.minutes import commitments
from domain.types.vocabulary import DocumentSource, Stage
from templates.people import role_names, shown_name
from templates.texts import text

AFTER_SEALING = (Stage.SEALING, Stage.ANCHORING, Stage.DELIVERING, Stage.CLOSED)


@dataclass(frozen=True)
class MinutesView:
    draft: str
    corrections: int
    blocks: tuple[tuple[Any, tuple[Correction, ...]], ...]
    approved: bool
    document: DocumentView | None
    steps: tuple[tuple[str, str, str], ...]
    """(text key, state: done | doing | waiting, what is known of it)."""


@dataclass(frozen=True)
class ProcedureView:
    id: str
    heading: str
    body: str
    office: str
    stage: str
    stage_words: str
    outcome: str
    seq: int
    scheduled_at: datetime
    timer_from: datetime | None
    recording: RecordingState
    seat: str | None
    next: NextStep
    people: tuple[PersonView, ...]
    agenda: tuple[ItemView, ...]
    addable: tuple[tuple[str, str], ...]
    form: FormView | None
    approving: bool
    """Whoever looks approves the minutes, and may put on record who does not sign."""
    documents: tuple[DocumentView, ...]
    deposits: tuple[tuple[str, str], ...]
    citizens: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    committed: bool
    """Whether a document that everybody signed commits to an outcome: another one takes a reason."""
    roles: tuple[tuple[str, str], ...]
    everyone_muted: bool
    """All microphones but those of whoever holds the act and has the floor are closed."""
    said_beside: dict[str, str]
    """What stands on the picture of whom."""
    spotlit: str
    """Who is large for everybody; empty: whoever speaks."""
    role_names: dict[str, str]
    """Of those who may be seen in the room."""
    interruption: InterruptionView | None
    timeline: tuple[TimelineLine, ...]
    minutes: MinutesView | None
    trouble: TroubleView | None
    checklist: Checklist | None
    room_open: bool
    room_id: str
    """Of the live room in which whoever looks belongs."""
    private: PrivateTalksView
    records: RecordsView
    in_session: bool
    """Items may be dealt with now."""
    closable: bool
    cooperation: CooperationView | None
    hosting: bool
    ended: bool


def procedure_view(
    procedure: Procedure,
    seq: int,
    seat: Participant | None,
    context: PageContext,
    entries: Sequence[JournalEntry] = (),
    form_of: tuple[str, Mapping[str, Any]] | None = None,
    draft: WrittenDocument | None = None,
    unsaved: Mapping[str, Any] = MappingProxyType({}),
) -> ProcedureView:
    """`form_of`: the item whose form is shown and what was typed there; `draft`: the minutes being approved;
    `unsaved`: what was typed into the open item before somebody else saved it.
    """
    kind, say = procedure.type.procedure, context.language
    own = seat if seat is not None and seat.account is not None else None  # a free seat is nobody's yet
    people = tuple(person_view(procedure, person, context, seat) for person in procedure.participants)
    body = next((body for body in context.administration.bodies if body.id == procedure.body), None)
    office = next((office for office in context.administration.offices if office.id == procedure.office), None)
    outcomes = possible_outcomes(procedure, context)
    return ProcedureView(
        id=procedure.id,
        heading=f"{kind.titles.in_language(say)} {procedure.case_number}",
        body=body.names.in_language(say) if body else procedure.body,
        office=office.called(say) if office else procedure.office,
        stage=procedure.stage.value,
        stage_words=text(f"vocabulary.stage.{procedure.stage.value}", say),
        outcome=kind.outcomes[procedure.outcome].in_language(say) if procedure.outcome else "",
        seq=seq,
        scheduled_at=procedure.scheduled_at,
        timer_from=procedure.session_began_at if procedure.session_ended_at is None else None,
        recording=recording_state(procedure, say),
        seat=seat.id if seat else None,
        next=next_step(procedure, seat, people, context),
        people=people,
        agenda=agenda_view(procedure, context),
        addable=addable(procedure, context),
        form=form_view(procedure, procedure.item(form_of[0]), form_of[1], context, unsaved) if form_of else None,
        approving=seat is not None and seat.role == kind.minutes.approver,
        documents=tuple(
            document_view(procedure, d, seat, context)
            for d in procedure.documents
            if not _is_minutes(procedure, d) and is_for(own, d)
        ),
        deposits=tuple(
            (plan.code, plan.titles.in_language(say))
            for plan in kind.documents
            if plan.source is DocumentSource.DEPOSITED
        ),
        citizens=tuple((p.id, shown_name(procedure, p, say)) for p in procedure.citizens or procedure.hosts),
        outcomes=outcomes,
        committed=any(commitments(procedure)),
        roles=_who_may_have_to_act(procedure, context),
        everyone_muted=procedure.everyone_is_muted,
        spotlit=spotlit(procedure),
        said_beside=said_beside(procedure, say, hands=True),
        role_names=role_names(procedure, say),
        interruption=interruption_view(procedure, _must_act(procedure, context), context),
        timeline=timeline(procedure, entries, context),
        minutes=_minutes(procedure, draft, seat, context),
        trouble=trouble_view(procedure, context),
        checklist=checklist_view(procedure, context),
        room_open=procedure.room_is_open,
        room_id=procedure.room_of(seat.id) if seat else "",
        private=private_talks_view(procedure, context),
        in_session=procedure.stage in (Stage.IN_SESSION, Stage.PREPARATION),
        closable=procedure.stage is Stage.IN_SESSION or (kind.cooperation is not None and bool(outcomes)),
        cooperation=cooperation_view(procedure, seat, context),
        records=records_view(procedure, seat, context),
        hosting=seat is not None and procedure.role_of(seat).hosts,
        ended=procedure.stage.ended,
    )


def _is_minutes(procedure: Procedure, document: CaseDocument) -> bool:
    return procedure.minutes is not None and procedure.minutes.document == document.id


def _who_may_have_to_act(procedure: Procedure, context: PageContext) -> tuple[tuple[str, str], ...]:
    roles = tuple((role.code, role.titles.in_language(context.language)) for role in procedure.roles)
    others = tuple((code, text(f"pages.who.{code}", context.language)) for code in ("office", "system"))
    return roles + others


def who(code: str, procedure: Procedure, context: PageContext) -> str:
    """A role, the office or the platform, by the name that people use."""
    return dict(_who_may_have_to_act(procedure, context)).get(code, code)


def _must_act(procedure: Procedure, context: PageContext) -> str:
    return who(procedure.interruption.must_act, procedure, context) if procedure.interruption else ""


def _minutes(
    procedure: Procedure, draft: WrittenDocument | None, seat: Participant | None, context: PageContext
) -> MinutesView | None:
    minutes = procedure.minutes
    if minutes is None:
        return None
    document = procedure.document(minutes.document) if minutes.document else None
    blocks = draft.blocks if draft else ()
    return MinutesView(
        draft=minutes.draft.sha256,
        corrections=len(minutes.corrections),
        blocks=tuple((block, tuple(c for c in minutes.corrections if c.block == block.id)) for block in blocks),
        approved=minutes.approved_at is not None,
        document=document_view(procedure, document, seat, context) if document else None,
        steps=_steps(procedure, context),
    )


def _steps(procedure: Procedure, context: PageContext) -> tuple[tuple[str, str, str], ...]:
    minutes, words = procedure.minutes, context.words
    sealed = minutes is not None and minutes.sealed_at is not None
    anchored_at = procedure.anchor.anchored_at if procedure.anchor else None
    sent = [notice for notice in procedure.notices if notice.kind != "summons" and sealed]
    closed = procedure.stage is Stage.CLOSED

    def state(done: bool, at: Stage) -> str:
        return "done" if done else "doing" if procedure.stage is at else "waiting"

    return (
        ("sealed", state(sealed, Stage.SEALING), words.clock(minutes.sealed_at) if minutes else ""),
        ("anchored", state(anchored_at is not None, Stage.ANCHORING), words.clock(anchored_at)),
        ("delivered", state(closed, Stage.DELIVERING), words.clock(sent[-1].sent_at) if sent else ""),
    )
