"""What one citizen sees: which of the four steps, and in the room the one thing that is asked now."""

from dataclasses import dataclass

from api.pages.procedure.documents_view import awaits, may_sign, method_for
from api.pages.procedure.people_view import IN_ROOM, signs_minutes, waits_for_pin
from api.pages.rendering import PageContext
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import IdentityMethod, InterruptionCause, Privacy, RecordingPolicy, SignatureMethod, Stage
from templates.people import role_names
from templates.texts import text

STEPS = ("start", "warnings", "equipment", "room")
WARNINGS_VERSION = "2026-1"
"""Of the warnings and the data protection text: the journal says which words the person accepted."""

HELD = (Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)
BEFORE = (Stage.REQUESTED, Stage.SUMMONED, Stage.CHECKED_IN, Stage.ADJOURNED)


@dataclass(frozen=True)
class Paper:
    id: str
    title: str
    pages: int
    sha256: str
    short: str
    next_page: int
    """The first page that was not read yet; 0 when all were."""


@dataclass(frozen=True)
class Task:
    """The one card beside the video."""

    kind: str
    """show_document, still_taken, ask_pin, enter_pin, read, understand, ask_sign_pin, sign, wait_turn, stopped, talk,
    waiting, done, ended."""
    title: str
    words: str
    paper: Paper | None = None
    challenge: str = ""
    failures: int = 0


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
    stopped: str
    """Why nothing goes on, where something is asked of this person meanwhile."""
    room_open: bool
    in_room: bool
    role_names: dict[str, str]
    summary: str
    bring: tuple[str, ...]
    rights: tuple[str, ...]
    attending: tuple[str, ...]
    when: str
    moved: bool
    """The act has been put off to `when`; the person may have come for the date before."""
    asks_consent: bool
    may_withdraw: bool
    """This person has said that the act may be recorded, and may still change his or her mind."""
    recording: str
    data_protection: str
    asked_for_help: bool
    csv: str
    sealed: bool
    outcome: str
    over: bool
    """Nothing of the procedure is to be followed any more."""
    stage: str


def step_of(procedure: Procedure, person: Participant, session: str) -> str:
    """Where the person is sent when no step is asked for: `start`, `warnings`, `equipment`, `room` or `end`.

    `session`: that of who looks. Whoever arrived in another one has not arrived in this.
    """
    if at_the_end(procedure, person):
        return "end"
    if person.presence is Presence.EXPECTED or person.session != session:
        return "start"
    if not person.warnings_acknowledged:
        return "warnings"
    return "equipment" if person.presence is Presence.WAITING else "room"


def at_the_end(procedure: Procedure, person: Participant) -> bool:
    """Nothing more will be asked of this person."""
    if person.presence is Presence.DISMISSED or procedure.stage.ended:
        return True
    if procedure.stage in (*BEFORE, Stage.IN_SESSION, Stage.INTERRUPTED):
        return False
    if not signs_minutes(procedure, person):
        return True
    signed = any(
        document.code == "minutes" and not awaits(procedure, document, person) for document in procedure.documents
    )
    return signed or procedure.stage not in (Stage.DRAFTING, Stage.APPROVAL, Stage.SIGNING)


def citizen_view(procedure: Procedure, person: Participant, step: str, context: PageContext) -> CitizenView:
    kind, say = procedure.type.procedure, context.language
    protected = kind.privacy is Privacy.PROTECTED
    titles = kind.neutral_titles if protected and kind.neutral_titles else kind.titles
    body = next((body for body in context.administration.bodies if body.id == procedure.body), None)
    minutes = procedure.minutes
    sealed = minutes is not None and minutes.sealed_at is not None
    return CitizenView(
        id=procedure.id,
        title=titles.in_language(say),
        body="" if protected or body is None else body.names.in_language(say),
        protected=protected,
        reference=procedure.case_number,
        step=step,
        number=STEPS.index(step) + 1 if step in STEPS else len(STEPS),
        participant=person.id,
        task=(task := task_of(procedure, person, context)),
        stopped=_stopped(procedure, context) if task.kind not in ("stopped", "ended") else "",
        room_open=procedure.room_opened_at is not None and procedure.stage in HELD,
        in_room=person.presence in (*IN_ROOM, Presence.LOST),
        role_names=role_names(procedure, say),
        summary=kind.information.summary.in_language(say),
        bring=tuple(line.in_language(say) for line in kind.information.bring),
        rights=tuple(line.in_language(say) for line in kind.information.rights),
        attending=tuple(role.titles.in_language(say) for role in kind.roles if role.minimum),
        when=context.words.appointment(procedure.scheduled_at),
        moved=person.presence is Presence.EXPECTED
        and (person.checked_in_at is not None or any(n.kind == "adjourned" for n in procedure.notices)),
        asks_consent=kind.recording in (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY),
        may_withdraw=not procedure.stage.ended and person.consents_to_recording,
        recording=text("pages.citizen.not_recorded", say),
        data_protection=context.administration.data_protection.in_language(say),
        asked_for_help=person.asks_for_help,
        csv=minutes.csv or "" if minutes and sealed and not protected else "",
        sealed=sealed,
        outcome="" if protected or not procedure.outcome else kind.outcomes[procedure.outcome].in_language(say),
        over=procedure.stage.ended,
        stage=procedure.stage.value,
    )


def task_of(procedure: Procedure, person: Participant, context: PageContext) -> Task:
    """The first thing that waits for this person; only one is ever asked at a time."""
    if procedure.stage.ended or person.presence is Presence.DISMISSED:
        return _task("ended", context)
    if person.presence not in (*IN_ROOM, Presence.LOST):
        return _task("waiting", context)
    identity = _identity_task(procedure, person, context)
    if identity is not None:
        return identity
    if procedure.stage is Stage.INTERRUPTED:
        return _pause(procedure, context)
    for document in procedure.documents:
        task = _document_task(procedure, document, person, context)
        if task is not None:
            return task
    return _task("talk" if procedure.stage is Stage.IN_SESSION else "done", context)


def _task(
    kind: str, context: PageContext, paper: Paper | None = None, challenge: str = "", failures: int = 0, **said: str
) -> Task:
    say = context.language
    title = text(f"pages.task.{kind}.title", say, **said)
    return Task(kind, title, text(f"pages.task.{kind}.words", say, **said), paper, challenge, failures)


def _cause(procedure: Procedure, context: PageContext) -> str:
    cause = procedure.interruption.cause.value if procedure.interruption else "other"
    return text(f"vocabulary.interruption_cause.{cause}", context.language).lower()


def _stopped(procedure: Procedure, context: PageContext) -> str:
    """Nobody shows a document again without knowing why."""
    if procedure.stage is not Stage.INTERRUPTED:
        return ""
    return text("pages.task.stopped_meanwhile", context.language, cause=_cause(procedure, context))


def _pause(procedure: Procedure, context: PageContext) -> Task:
    stopped = procedure.interruption
    if stopped is None or stopped.cause is not InterruptionCause.RECESS or stopped.planned_end is None:
        return _task("stopped", context, cause=_cause(procedure, context))
    until = context.words.clock(stopped.planned_end)[:5]
    title, words = (text(f"pages.task.recess.{part}", context.language, until=until) for part in ("title", "words"))
    return Task("stopped", title, words)


def _identity_task(procedure: Procedure, person: Participant, context: PageContext) -> Task | None:
    if procedure.stage not in HELD:
        return None
    method = person.identity.next_method(procedure.type.procedure.identity)
    if method is None:
        return None
    if method is IdentityMethod.ID_DOCUMENT_FRAME:
        return _task("still_taken" if person.identity.still else "show_document", context)
    if waits_for_pin(person, "identity") and person.challenge:
        return _task("enter_pin", context, challenge=person.challenge.id, failures=person.challenge.failures)
    return _task("ask_pin", context)


def _document_task(
    procedure: Procedure, document: CaseDocument, person: Participant, context: PageContext
) -> Task | None:
    if person.id not in document.presented_to or person.id in document.refusals or document.signed_by(person.id):
        return None
    reading = document.reading_by(person.id)
    read = set(reading.pages) if reading else set()
    pages = document.original.pages or 1
    unread = next((number for number in range(1, pages + 1) if number not in read), 0)
    paper = Paper(
        document.id,
        document.title,
        pages,
        document.original.sha256,
        context.words.short_hash(document.original.sha256),
        unread,
    )
    if unread:
        return _task("read", context, paper, page=str(unread), pages=str(pages), title=document.title)
    if reading is None or reading.accepted_at is None:
        return _task("understand", context, paper, title=document.title)
    if method_for(procedure, document, person) is not SignatureMethod.AUTHENTICATED_ACT:
        return None
    if not may_sign(procedure, document, person, SignatureMethod.AUTHENTICATED_ACT):
        return _task("wait_turn", context, paper, title=document.title)
    if waits_for_pin(person, document.id) and person.challenge:
        challenge = person.challenge
        return _task("sign", context, paper, challenge.id, challenge.failures, title=document.title)
    return _task("ask_sign_pin", context, paper, title=document.title)
