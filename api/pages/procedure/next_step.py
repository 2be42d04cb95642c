"""The one sentence that tells officials what is happening, who must act next, and the button for it if there is one."""

from dataclasses import dataclass, field

from api.pages.procedure.documents_view import awaits, standing
from api.pages.procedure.people_view import HELD, IN_ROOM, PersonView
from api.pages.rendering import PageContext
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.rules.register_entries import waiting_entries
from domain.rules.validity import line_of
from domain.types.mechanism import Completer
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import InterruptionCause, ItemState, SignatureMethod, Stage
from templates.people import shown_name
from templates.texts import has_text, text


@dataclass(frozen=True)
class NextStep:
    words: str
    act: str | None = None
    """Name of the act of its button; None when somebody else has to move."""
    label: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    link: str = ""
    """Where on the page it is done, when it takes more than a button."""


def next_step(
    procedure: Procedure, seat: Participant | None, people: tuple[PersonView, ...], context: PageContext
) -> NextStep:
    """What comes next for whoever looks (`seat`: their place in the procedure, None for a mere reader)."""
    say = _Says(context)
    if procedure.trouble:
        return NextStep(say("trouble"), link="#trouble")
    if procedure.stage in (Stage.SUMMONED, Stage.ADJOURNED):
        return NextStep(say("nobody_yet"))
    if procedure.stage is Stage.CHECKED_IN:
        return NextStep(say("open_room"), "open-room", say("open_room_button"))
    if procedure.stage is Stage.INTERRUPTED:
        return _interrupted(procedure, people, say, context)
    if procedure.stage is Stage.IN_SESSION:
        return _in_session(procedure, people, say, context)
    if procedure.stage is Stage.PREPARATION:
        return _request(procedure, seat, say, context)
    if procedure.stage is Stage.ANSWERED:
        return NextStep(say("answered"), link="#close")
    if procedure.stage is Stage.APPROVAL:
        return NextStep(say("approve"), link="#minutes") if seat is not None else NextStep(say("approve_others"))
    if procedure.stage is Stage.SIGNING:
        return _signing(procedure, seat, say, context)
    return _by_itself(procedure, say)


def _by_itself(procedure: Procedure, say: "_Says") -> NextStep:
    if procedure.stage is Stage.DRAFTING and waiting_entries(procedure):
        return NextStep(say("entry_awaited"), link="#documents")
    return NextStep(say(f"stage_{procedure.stage.value}"))


class _Says:
    def __init__(self, context: PageContext) -> None:
        self._language = context.language

    def __call__(self, key: str, **params: str) -> str:
        path = f"pages.next.{key}"
        return text(path if has_text(path) else "pages.next.by_itself", self._language, **params)


def _interrupted(procedure: Procedure, people: tuple[PersonView, ...], say: _Says, context: PageContext) -> NextStep:
    step = _let_in(people, say) or _private_talk(procedure, say, context) or _identify(people, say)
    if step:
        return step
    missing = _missing_people(procedure, context)
    if missing:
        return NextStep(say("wait_for", name=missing[0]))
    return NextStep(say("resume"), "resume-procedure", say("resume_button"))


def absent_from(procedure: Procedure) -> tuple[Participant, ...]:
    """Whoever had not come when the term for it passed; nobody where the act stopped for another cause."""
    stopped = procedure.interruption
    if stopped is None or stopped.cause is not InterruptionCause.ABSENCE:
        return ()
    return tuple(person for person in procedure.citizens if person.presence is Presence.EXPECTED)


def _missing_people(procedure: Procedure, context: PageContext) -> list[str]:
    interruption = procedure.interruption
    repeats = interruption.repeats if interruption else ()
    return [
        shown_name(procedure, person, context.language)
        for person in procedure.participants
        if (person.id in repeats and person.presence not in (*IN_ROOM, Presence.DISMISSED))
        or person in absent_from(procedure)
    ]


def _let_in(people: tuple[PersonView, ...], say: _Says) -> NextStep | None:
    for person in people:
        if person.admissible:
            words = say("admit_again" if person.seat_taken_over else "admit", name=person.name)
            return NextStep(words, "admit-participant", say("admit_button"), {"participant": person.id})
    return None


def _back(procedure: Procedure, say: _Says, context: PageContext) -> NextStep | None:
    """Nothing goes on without somebody who has just been cut off."""
    for person in procedure.citizens:
        if person.presence in (Presence.LOST, Presence.LEFT):
            return NextStep(say("wait_back", name=shown_name(procedure, person, context.language)))
    return None


def _identify(people: tuple[PersonView, ...], say: _Says) -> NextStep | None:
    for person in people:
        asked = person.identification
        if asked and asked.reference and asked.completed_by == Completer.PERSON:
            return NextStep(say("wait_for_identification", name=person.name), link=f"#identify-{person.id}")
        if person.next_method:
            return NextStep(say("identify", name=person.name), link=f"#identify-{person.id}")
    return None


def _private_talk(procedure: Procedure, say: _Says, context: PageContext) -> NextStep | None:
    for talk in procedure.private_talks:
        client, lawyer = (
            shown_name(procedure, procedure.participant(id), context.language) for id in (talk.client, talk.lawyer)
        )
        words = say("private_talk", client=client, lawyer=lawyer, until=context.words.clock(talk.ends_at)[:5])
        return NextStep(words, "close-private-room", say("bring_back"), {"room": talk.room})
    return None


def _in_session(procedure: Procedure, people: tuple[PersonView, ...], say: _Says, context: PageContext) -> NextStep:
    step = (
        _let_in(people, say)
        or _private_talk(procedure, say, context)
        or _back(procedure, say, context)
        or _identify(people, say)
        or _documents(procedure, say, context)
    )
    return step or _agenda(procedure, say, context)


def _agenda(procedure: Procedure, say: _Says, context: PageContext) -> NextStep:
    if running := procedure.open_item():
        title = procedure.type.item(running.code).titles.in_language(context.language)
        return NextStep(say("finish_item", title=title), link="#item")
    for item in procedure.agenda:
        line = line_of(procedure, item)
        if item.state in (ItemState.PLANNED, ItemState.SUSPENDED) and line is not None and not line.optional:
            title = procedure.type.item(item.code).titles.in_language(context.language)
            return NextStep(say("open_item", title=title), "open-item", say("open_item_button"), {"item": item.id})
    return NextStep(say("close"), link="#close")


def _request(procedure: Procedure, seat: Participant | None, say: _Says, context: PageContext) -> NextStep:
    """Of a request to a foreign authority: fill it in, have it signed, send it."""
    if procedure.open_item() or not procedure.documents:
        return _agenda(procedure, say, context)
    step = _signing(procedure, seat, say, context)
    return step if step.words != say("by_itself") else NextStep(say("submit_request"), link="#cooperation")


def _place(document: CaseDocument) -> str:
    """Where on the page it is."""
    return "#minutes" if document.code == MINUTES else "#documents"


def _documents(procedure: Procedure, say: _Says, context: PageContext) -> NextStep | None:
    for document in procedure.documents:
        for person in procedure.citizens:
            if not awaits(procedure, document, person):
                continue
            name = shown_name(procedure, person, context.language)
            if person.id not in document.presented_to:
                return NextStep(say("present", title=document.title, name=name), link=_place(document))
            if procedure.stage in HELD:
                doing, _ = standing(procedure, document, person, context)
                return NextStep(
                    say("wait_for_reader", name=name, title=document.title, doing=doing), link=_place(document)
                )
    return None


def _signing(procedure: Procedure, seat: Participant | None, say: _Says, context: PageContext) -> NextStep:
    if step := _documents(procedure, say, context):
        return step
    for document in procedure.documents:
        for plan in procedure.type.procedure.signatures:
            if plan.document != document.code or plan.method is not SignatureMethod.OWN_CERTIFICATE:
                continue
            for person in procedure.participants:
                if person.role in plan.signers and awaits(procedure, document, person):
                    if seat is not None and person.id == seat.id:
                        return NextStep(say("sign", title=document.title), link=_place(document))
                    return NextStep(say("wait_for", name=shown_name(procedure, person, context.language)))
    return NextStep(say("by_itself"))
