"""What one citizen sees: which of the four steps, and in the room the one thing that is asked now."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from api.access.visibility import citizens_read
from api.pages.citizen.tasks import BEFORE, Task, is_another_day, stopped_meanwhile, task_of
from api.pages.citizen.waiting import WaitingView, waiting_view
from api.pages.procedure.documents_view import awaits
from api.pages.procedure.people_view import IN_ROOM, said_beside, signs_minutes, spotlit
from api.pages.rendering import PageContext
from api.ports import now
from api.views.recording import RecordingState, is_asked_to_consent, recording_state
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.vocabulary import RecordingPolicy, Stage
from templates.people import role_names
from templates.texts import cancellation

STEPS = ("start", "warnings", "equipment", "room")
WARNINGS_VERSION = "2026-1"
"""Of the warnings and the data protection text: the journal says which words the person accepted."""


@dataclass(frozen=True)
class CitizenView:
    id: str
    title: str
    """Of the kind of procedure; neutral words where the person is protected."""
    body: str
    protected: bool
    reference: str
    step: str
    number: int
    participant: str
    task: Task
    waiting: WaitingView | None
    """While the act is to be held today and this person was not let in yet."""
    stopped: str
    """Why nothing goes on, where something is asked of this person meanwhile."""
    room_open: bool
    room_id: str
    """Of the live room in which this person belongs."""
    in_room: bool
    role_names: dict[str, str]
    said_beside: dict[str, str]
    """What stands on the picture of whom."""
    spotlit: str
    """Who is large for everybody; empty: whoever speaks."""
    muted: bool
    """Whoever holds the act has closed this person's microphone, or everybody's."""
    summary: str
    bring: tuple[str, ...]
    rights: tuple[str, ...]
    attending: tuple[str, ...]
    who: str
    """The person's own name, for them to see that the seat is theirs; empty where it is protected."""
    when: str
    not_today: bool
    moved: bool
    """The act has been put off to `when`; the person may have come for the date before."""
    may_consent: bool
    may_consent_pictures: bool
    """Not of an act of which sound alone may be kept."""
    may_withdraw: bool
    """This person has said that the act may be recorded, and may still change their mind."""
    recording: RecordingState
    data_protection: str
    asked_for_help: bool
    floor: str
    """`free` to ask for it, `asked` or `given`; empty where nobody speaks, or this person is not in the room."""
    csv: str
    sealed: bool
    outcome: str
    why: str
    """For what reason the act was called off; empty where that is not told."""
    over: bool
    """Nothing of the procedure is to be followed any more."""
    stage: str


def step_of(procedure: Procedure, person: Participant, session: str) -> str:
    """Where the person is sent when no step is asked for: `start`, `warnings`, `equipment`, `room` or `end`.

    `session`: that of who looks. Whoever arrived in another one has not arrived in this.
    """
    if at_the_end(procedure, person):
        return "end"
    if person.presence is Presence.DISMISSED:
        return "room"
    if person.presence is Presence.EXPECTED or person.session != session:
        return "start"
    if not person.warnings_acknowledged:
        return "warnings"
    return "equipment" if person.presence is Presence.WAITING else "room"


def at_the_end(procedure: Procedure, person: Participant) -> bool:
    """Nothing more will be asked of this person. Whoever was sent out may be let in again until then."""
    if procedure.stage.ended:
        return True
    if procedure.stage in (*BEFORE, Stage.IN_SESSION, Stage.INTERRUPTED):
        return False
    if not signs_minutes(procedure, person):
        return True
    signed = any(
        document.code == "minutes" and not awaits(procedure, document, person) for document in procedure.documents
    )
    return signed or procedure.stage not in (Stage.DRAFTING, Stage.APPROVAL, Stage.SIGNING)


def citizen_view(
    procedure: Procedure, person: Participant, step: str, context: PageContext, at: datetime | None = None
) -> CitizenView:
    at = at or now()
    kind, say = procedure.type.procedure, context.language
    told = partial(citizens_read, privacy=kind.privacy)
    titles = kind.titles if told(Detail.KIND) else kind.neutral_titles or kind.titles
    body = next((body for body in context.administration.bodies if body.id == procedure.body), None)
    minutes = procedure.minutes
    sealed = minutes is not None and minutes.sealed_at is not None
    return CitizenView(
        id=procedure.id,
        title=titles.in_language(say),
        body="" if body is None or not told(Detail.BODY) else body.names.in_language(say),
        protected=bool(PROTECTED[kind.privacy]),
        reference=procedure.case_number,
        step=step,
        number=STEPS.index(step) + 1 if step in STEPS else len(STEPS),
        participant=person.id,
        task=(task := task_of(procedure, person, context, at)),
        waiting=waiting_view(procedure, person, context)
        if task.kind == "waiting" and not is_another_day(procedure, context, at)
        else None,
        stopped=stopped_meanwhile(procedure, context) if task.kind not in ("stopped", "dismissed", "ended") else "",
        room_open=procedure.room_is_open and person.presence is not Presence.DISMISSED,
        room_id=procedure.room_of(person.id),
        in_room=person.presence in (*IN_ROOM, Presence.LOST),
        role_names=role_names(procedure, say),
        spotlit=spotlit(procedure),
        said_beside=said_beside(procedure, say, hands=False),
        muted=person in procedure.muted() and bool(_floor(procedure, person)),
        summary=kind.information.summary.in_language(say),
        bring=tuple(line.in_language(say) for line in kind.information.bring),
        rights=tuple(line.in_language(say) for line in kind.information.rights),
        # Who attends says what for.
        attending=tuple(role.titles.in_language(say) for role in procedure.roles if role.minimum and told(Detail.KIND)),
        who=person.name if told(Detail.NAME) else "",
        when=context.words.appointment(procedure.scheduled_at),
        not_today=is_another_day(procedure, context, at),
        moved=person.presence is Presence.EXPECTED
        and (person.checked_in_at is not None or any(n.kind == "adjourned" for n in procedure.notices)),
        may_consent=is_asked_to_consent(procedure, person),
        may_consent_pictures=kind.recording is RecordingPolicy.WITH_CONSENT,
        may_withdraw=not procedure.stage.ended and person.consents_to_recording,
        recording=recording_state(procedure, say),
        data_protection=context.administration.data_protection.in_language(say),
        asked_for_help=person.asks_for_help,
        floor=_floor(procedure, person),
        csv=minutes.csv or "" if minutes and sealed and told(Detail.KIND) else "",
        sealed=sealed,
        outcome=kind.outcomes[procedure.outcome].in_language(say) if procedure.outcome and told(Detail.OUTCOME) else "",
        why=cancellation(why, say).rstrip(".") if (why := procedure.cancelled_because) and told(Detail.KIND) else "",
        over=procedure.stage.ended,
        stage=procedure.stage.value,
    )


def _floor(procedure: Procedure, person: Participant) -> str:
    if procedure.stage not in (Stage.IN_SESSION, Stage.APPROVAL, Stage.SIGNING) or person.presence not in IN_ROOM:
        return ""
    return "given" if person.has_floor else "asked" if person.asks_for_floor else "free"
