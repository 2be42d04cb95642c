"""The one thing that is asked of a citizen now, with its words: only one is ever asked at a time."""

from dataclasses import dataclass, replace
from datetime import datetime

from api.pages.procedure.documents_view import awaits, may_sign, method_for
from api.pages.procedure.people_view import IN_ROOM, signs_minutes, waits_for_pin
from api.pages.rendering import PageContext
from api.views.identification import IdentificationView, asked_now, identification_view, offered_elsewhere
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant, Presence
from domain.procedure.private_talk import PrivateTalk
from domain.procedure.state import Procedure
from domain.rules.signing import asks_handwriting
from domain.types.mechanism import Completer
from domain.types.vocabulary import InterruptionCause, SignatureMethod, Stage
from templates.people import shown_name
from templates.texts import text

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
    asked: bool
    """The plan wants this person's signature on it."""


@dataclass(frozen=True)
class Task:
    """The one card beside the video."""

    kind: str
    """begin_identification, complete_identification, be_identified, read, understand, handwrite, ask_sign_pin, sign,
    wait_turn, private_talk, minutes_coming, stopped, talk, waiting, dismissed, done, ended."""
    title: str
    words: str
    paper: Paper | None = None
    challenge: str = ""
    failures: int = 0
    asked: IdentificationView | None = None
    """What the mechanism of identification asks for."""
    others: tuple[IdentificationView, ...] = ()
    """Mechanisms that may be begun besides."""
    until: datetime | None = None
    """When a recess or a talk is over, where that is known."""


def task_of(procedure: Procedure, person: Participant, context: PageContext, at: datetime) -> Task:
    """The first thing that waits for this person; only one is ever asked at a time."""
    if procedure.stage.ended:
        return _task("ended", context)
    if person.presence is Presence.DISMISSED:
        return _task("dismissed", context)
    if (talk := procedure.talk_of(person.id)) is not None:
        return _private(procedure, talk, person, context)
    if person.presence not in (*IN_ROOM, Presence.LOST):
        meanwhile = offered_elsewhere(procedure, person, context.language)
        return replace(_wait(procedure, context, at), others=meanwhile)
    identity = _identity_task(procedure, person, context)
    if identity is not None:
        return identity
    if procedure.stage is Stage.INTERRUPTED:
        return _pause(procedure, context)
    for document in procedure.standing():
        task = _document_task(procedure, document, person, context)
        if task is not None:
            return task
    if procedure.stage in (Stage.DRAFTING, Stage.APPROVAL, Stage.SIGNING) and owes_the_minutes(procedure, person):
        return _task("minutes_coming", context)
    return _task("talk" if procedure.stage is Stage.IN_SESSION else "done", context)


def owes_the_minutes(procedure: Procedure, person: Participant) -> bool:
    """The session is over, and this person has not signed its minutes, nor said that they will not."""
    if not signs_minutes(procedure, person):
        return False
    written = procedure.minutes.document if procedure.minutes else None
    return written is None or awaits(procedure, procedure.document(written), person)


def _private(procedure: Procedure, talk: PrivateTalk, person: Participant, context: PageContext) -> Task:
    (other,) = (id for id in talk.people if id != person.id)
    name = shown_name(procedure, procedure.participant(other), context.language)
    said = {"name": name, "until": context.words.clock(talk.ends_at)[:5]}
    title, words = (text(f"pages.task.private_talk.{part}", context.language, **said) for part in ("title", "words"))
    return Task("private_talk", title, words, until=talk.ends_at)


def is_another_day(procedure: Procedure, context: PageContext, at: datetime) -> bool:
    """The act is still to be held, on a later day by the clock of its office."""
    date_of = context.words.date_of
    return procedure.stage in BEFORE and date_of(procedure.scheduled_at) > date_of(at)


def _wait(procedure: Procedure, context: PageContext, at: datetime) -> Task:
    """How it stands, and never that it is a moment when nobody knows."""
    if procedure.room_opened_at is not None and procedure.stage in HELD:
        return _task("waiting", context, kind_of_words="waiting_open")
    hour = context.words.clock(procedure.scheduled_at)[:5]
    if is_another_day(procedure, context, at):
        when = context.words.appointment(procedure.scheduled_at)
        return _task("waiting", context, kind_of_words="waiting_another_day", when=when)
    words = "waiting_early" if at < procedure.scheduled_at else "waiting_late"
    return _task("waiting", context, kind_of_words=words, hour=hour)


def _task(
    kind: str, context: PageContext, paper: Paper | None = None, challenge: str = "", failures: int = 0,
    kind_of_words: str = "", **said: str,
) -> Task:  # fmt: skip
    say, words = context.language, kind_of_words or kind
    title = text(f"pages.task.{words}.title", say, **said)
    return Task(kind, title, text(f"pages.task.{words}.words", say, **said), paper, challenge, failures)


def _cause(procedure: Procedure, context: PageContext) -> str:
    cause = procedure.interruption.cause.value if procedure.interruption else "other"
    return text(f"vocabulary.interruption_cause.{cause}", context.language).lower()


def stopped_meanwhile(procedure: Procedure, context: PageContext) -> str:
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
    return Task("stopped", title, words, until=stopped.planned_end)


def _identity_task(procedure: Procedure, person: Participant, context: PageContext) -> Task | None:
    if procedure.stage not in HELD:
        return None
    asked = asked_now(procedure, person, context.language)
    if asked is None:
        return None
    if asked.reference and asked.completed_by == Completer.PERSON:
        kind = "complete_identification"
    elif asked.begun_by_person and not asked.reference:
        kind = "begin_identification"
    else:
        kind = "be_identified"
    others = tuple(identification_view(procedure, person, code, context.language) for code in asked.instead)
    return Task(kind, asked.title, asked.words, asked=asked, others=tuple(o for o in others if o.begun_by_person))


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
        awaits(procedure, document, person),
    )
    if unread:
        return _task("read", context, paper, page=str(unread), pages=str(pages), title=document.title)
    if reading is None or reading.accepted_at is None:
        return _task("understand", context, paper, title=document.title)
    if method_for(procedure, document, person) is not SignatureMethod.AUTHENTICATED_ACT:
        return None
    if asks_handwriting(procedure, document, person) and document.handwriting_by(person.id) is None:
        words = "handwrite" if context.handwriting else "handwrite_not_here"
        return _task("handwrite", context, paper, kind_of_words=words, title=document.title)
    if not may_sign(procedure, document, person, SignatureMethod.AUTHENTICATED_ACT):
        return _task("wait_turn", context, paper, title=document.title)
    if waits_for_pin(person, document.id) and person.challenge:
        challenge = person.challenge
        return _task("sign", context, paper, challenge.id, challenge.failures, title=document.title)
    return _task("ask_sign_pin", context, paper, title=document.title)
