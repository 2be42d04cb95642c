"""How officials see one person of a procedure: where they are, what is known of their identity, what to do."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.procedure.identity_words import identity_how, identity_tone, identity_words
from api.pages.rendering import PageContext
from api.views.identification import IdentificationView, asked_now, host_may_begin
from domain.procedure.people import IN_THE_ROOM, Participant, Presence
from domain.procedure.state import Procedure
from domain.rules.common import BEFORE_THE_ROOM
from domain.rules.places import place_fault
from domain.rules.validity import kept_apart
from domain.types.procedure_type import MINUTES
from domain.types.rejection import RejectionCause
from domain.types.validity import Place
from domain.types.vocabulary import Privacy, Side, SignatureMethod, Stage
from templates.people import is_hidden, shown_name
from templates.secure_place import seen_there
from templates.texts import text

IN_ROOM = (Presence.ADMITTED, Presence.CONNECTED)
HELD = (Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)
HELD_OR_BEFORE = (Stage.SUMMONED, Stage.CHECKED_IN, Stage.ADJOURNED, Stage.IN_SESSION, Stage.INTERRUPTED)
TONES = {
    Presence.IN_PRIVATE: "waiting",
    Presence.EXPECTED: "quiet",
    Presence.WAITING: "waiting",
    Presence.ADMITTED: "good",
    Presence.CONNECTED: "good",
    Presence.LOST: "bad",
    Presence.LEFT: "bad",
    Presence.DISMISSED: "quiet",
}


@dataclass(frozen=True)
class PersonView:
    id: str
    name: str
    role: str
    presence: str
    tone: str
    since: datetime | None
    citizen: bool
    in_room: bool
    identity: str
    identity_how: str
    """By which methods it was checked; empty when it was not, or was waived."""
    identity_tone: str
    next_method: str | None
    """Code of a mechanism, or None when nothing is missing or nothing can be done now."""
    identification: IdentificationView | None
    """What that mechanism asks for."""
    otherwise: tuple[IdentificationView, ...]
    """What whoever holds the act may begin in its place."""
    rejection_causes: tuple[tuple[str, str], ...]
    """For which whoever holds the act may not accept what is shown: code and words."""
    still: str | None
    expected_number: str | None
    language: str
    birth_date: str | None
    admissible: bool
    why_not_admissible: str
    autonomous: bool
    pressed: bool
    """The office put on record that they do not act freely."""
    seen_there: str
    """What the office saw of the place, in words; empty where nobody filled that in."""
    seen_at: datetime | None
    place_checkable: bool
    """Their office may fill in what it sees of the place."""
    warned: bool
    consent: str
    asks_for_help: bool
    asks_for_floor: datetime | None
    """Since when; None for whoever does not, or cannot be heard now."""
    has_floor: bool
    microphone: str
    """`open` or `closed`, where whoever holds the act may close or open it; empty where there is nothing to do."""
    seat_taken_over: bool
    may_be_waived: bool
    may_be_dismissed: bool
    hosts: bool
    office: str | None


def person_view(
    procedure: Procedure, person: Participant, context: PageContext, seat: Participant | None = None
) -> PersonView:
    """`seat`: the place in the procedure of whoever looks."""
    role = procedure.role_of(person)
    citizen = role.side is not Side.AUTHORITY
    method = _next_method(procedure, person) if citizen else None
    missing = _not_admissible(procedure, person, citizen)
    heard = procedure.stage in HELD and person.presence in IN_ROOM
    return PersonView(
        id=person.id,
        name=shown_name(procedure, person, context.language),
        role=role.titles.in_language(context.language),
        presence=text(f"vocabulary.presence.{person.presence.value}", context.language),
        tone=TONES[person.presence] if procedure.stage in HELD_OR_BEFORE else "quiet",
        since=_since(procedure, person),
        citizen=citizen,
        in_room=person.presence in IN_ROOM,
        identity=identity_words(procedure, person, context) if citizen and not procedure.stage.ended else "",
        identity_how=identity_how(procedure, person, context) if citizen and not procedure.stage.ended else "",
        identity_tone=identity_tone(procedure, person),
        next_method=method,
        identification=asked_now(procedure, person, context.language, decides=True) if method else None,
        otherwise=host_may_begin(procedure, person, context.language) if method else (),
        rejection_causes=_rejection_causes(context) if method else (),
        still=person.identity.still.sha256 if person.identity.still else None,
        expected_number=person.document_number,
        language=person.language,
        birth_date=person.birth_date,
        admissible=missing == "",
        why_not_admissible="" if missing in ("", "-") else text(f"pages.people.{missing}", context.language),
        autonomous=person.autonomy_attested_by is not None,
        pressed=person.secure_place is not None and not person.secure_place.acts_freely,
        seen_there=_seen_there(procedure, person, context),
        seen_at=person.secure_place.checked_at if person.secure_place else None,
        place_checkable=_place_checkable(procedure, person),
        warned=person.warnings_acknowledged,
        consent=_consent(person, context),
        asks_for_help=person.asks_for_help,
        asks_for_floor=person.floor_asked_at if person.asks_for_floor and heard else None,
        has_floor=person.has_floor and heard,
        microphone=_microphone(procedure, person) if heard else "",
        seat_taken_over=person.seat_taken_over,
        may_be_waived=citizen and method is not None and may_waive(procedure, seat),
        may_be_dismissed=_may_be_dismissed(procedure, person),
        hosts=role.hosts,
        office=person.office,
    )


def said_beside(procedure: Procedure, language: str, hands: bool) -> dict[str, str]:
    """What stands on the pictures in the room, by participant: who has the floor and, with `hands`, who asks for it."""
    heard = [person for person in procedure.participants if person.presence in IN_ROOM] if hands else []
    said: dict[str, str] = {
        person.id: text("pages.people.asks_for_floor", language) for person in heard if person.asks_for_floor
    }
    speaks = {p.id: text("pages.people.has_floor", language) for p in procedure.participants if p.has_floor}
    return said | speaks if procedure.stage in HELD else {}


def spotlit(procedure: Procedure) -> str:
    """Who has been given the floor and is large for everybody, whoever makes a noise; empty for whoever speaks."""
    given = (p.id for p in procedure.participants if p.has_floor and not procedure.role_of(p).hosts)
    return next(given, "") if procedure.stage in HELD else ""


def _microphone(procedure: Procedure, person: Participant) -> str:
    """While everybody's is closed it is the floor that opens one."""
    if procedure.role_of(person).hosts or procedure.everyone_is_muted:
        return ""
    return "closed" if person.is_muted else "open"


def _may_be_dismissed(procedure: Procedure, person: Participant) -> bool:
    """Whoever talks in private comes back before."""
    free = not procedure.role_of(person).hosts and procedure.talk_of(person.id) is None
    return procedure.stage in HELD and person.presence in IN_THE_ROOM and free


def may_waive(procedure: Procedure, seat: Participant | None) -> bool:
    """The type lets whoever holds this seat do without an identification."""
    kind = procedure.type.procedure
    return seat is not None and kind.identity.waiver_role == seat.role and kind.privacy is not Privacy.PROTECTED


def signs_minutes(procedure: Procedure, person: Participant) -> bool:
    """The plan wants this person's signature, without a certificate, on the minutes."""
    return any(
        plan.document == MINUTES and person.role in plan.signers and plan.method is SignatureMethod.AUTHENTICATED_ACT
        for plan in procedure.type.procedure.signatures
    )


def waits_for_pin(person: Participant, purpose: str) -> bool:
    """A PIN for `purpose` is out and may still be answered."""
    challenge = person.challenge
    return challenge is not None and challenge.purpose == purpose and not challenge.closed


def _since(procedure: Procedure, person: Participant) -> datetime | None:
    """Since when the person waits or is missing; nobody is missed once the session is over."""
    if procedure.stage not in HELD_OR_BEFORE:
        return None
    return person.lost_at or (person.checked_in_at if person.presence is Presence.WAITING else None)


def _next_method(procedure: Procedure, person: Participant) -> str | None:
    if procedure.stage not in HELD or person.presence not in IN_ROOM:
        return None
    return person.identity.next_method(procedure.identified_by(person))


def _not_admissible(procedure: Procedure, person: Participant, citizen: bool) -> str:
    """Empty when the person may be let in; the key of what is missing; `-` when there is nothing to say."""
    if procedure.stage not in HELD or procedure.room_opened_at is None or person.presence in IN_THE_ROOM:
        return "-"
    if procedure.stage in (Stage.APPROVAL, Stage.SIGNING) and not signs_minutes(procedure, person):
        return "-"
    if not citizen:
        return ""
    if person.presence is Presence.EXPECTED:
        return "-"
    if any(kept_apart(procedure, person)):
        return "comes_in_apart"
    if not person.warnings_acknowledged:
        return "reads_warnings"
    fault = place_fault(procedure, person)
    return fault.code if fault else ""


def _rejection_causes(context: PageContext) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, text(f"vocabulary.rejection_cause.{one}", context.language)) for one in RejectionCause)


def _seen_there(procedure: Procedure, person: Participant, context: PageContext) -> str:
    if (place := person.secure_place) is None:
        return ""
    seen = place.model_dump(include={"acts_freely", "company", "others", "private_talk"})
    return seen_there(**seen, hidden=is_hidden(procedure, person), language=context.language)


def _place_checkable(procedure: Procedure, person: Participant) -> bool:
    stages = (*BEFORE_THE_ROOM, *HELD)
    return procedure.stage in stages and person.presence is not Presence.EXPECTED and person.place == Place.OFFICE


def _consent(person: Participant, context: PageContext) -> str:
    if not person.consents:
        return ""
    key = "consents" if person.consents_to_recording else "does_not_consent"
    return text(f"pages.people.{key}", context.language)
