"""Table: the same where each person has items of their own, where people are kept apart, and where a body meets."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import (
    AdmitParticipant,
    Author,
    CloseSession,
    Command,
    FillItem,
    OpenItem,
    PresentDocument,
    SignDocument,
)
from domain.events.agenda import ItemOpened
from domain.events.people import ParticipantAdmitted, ParticipantDismissed, ParticipantJoined
from domain.ids import AccountId, ItemId, ParticipantId
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes, people, signing
from domain.types.vocabulary import ItemState, StaffRole
from rehearsal.plausible import plausible_values
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.held import with_done
from tests.domain.held_types import asks, cut_off, ended, leaves_out, refusing, written
from tests.domain.samples import in_session, signature, then

OPEN, FILL, SKIP = agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item
CLOSE, ADMIT, SIGN, SHOW = (
    minutes.may_close_session,
    people.may_admit_participant,
    signing.may_sign_document,
    signing.may_present_document,
)
R, M, C = "ratification", "marriage_file_hearing", "commission_session"
FIRST, SECOND = ParticipantId("p1"), ParticipantId("p2")


def point(type_id: str, code: str, person: ParticipantId) -> ItemId:
    return next(one.id for one in in_session(type_id).agenda if one.code == code and one.person in (None, person))


def opens(type_id: str, code: str, person: ParticipantId = FIRST) -> Command:
    return asks(OpenItem, type_id, item=point(type_id, code, person))


def fills(type_id: str, code: str, person: ParticipantId, about: ParticipantId) -> Command:
    procedure = in_session(type_id)
    item = procedure.item(point(type_id, code, person))
    values = plausible_values(procedure.type.item(code), procedure, item) | {"person": about}
    return asks(FillItem, type_id, item=item.id, values=values, done=True)


def ends(type_id: str, outcome: str) -> Command:
    return asks(CloseSession, type_id, outcome=outcome)


def lets_in(person: ParticipantId) -> Command:
    return asks(AdmitParticipant, R, participant=person)


def waiting(procedure: Procedure, person: ParticipantId) -> Procedure:
    """Arrived and warned, and not let in yet."""
    return procedure.with_participant(procedure.participant(person).but(presence=Presence.WAITING, admitted_at=None))


def first_alone(type_id: str = R) -> Procedure:
    return with_done(waiting(in_session(type_id), SECOND), "A01", "A04")


def first_identified(type_id: str = R) -> Procedure:
    return _done(first_alone(type_id), "A02", FIRST)


def _done(procedure: Procedure, code: str, person: ParticipantId, **words: object) -> Procedure:
    """The item of that person alone."""
    others = [one for one in procedure.agenda if one.code == code and one.person != person]
    held = with_done(procedure, code, **words)
    for other in others:
        held = held.with_item(other)
    return held


def opened(type_id: str, code: str) -> Procedure:
    return then(first_identified(type_id), ItemOpened(item=point(type_id, code, FIRST)))


def both_ratified(*left_out: str, documents: int = 2, **words: object) -> Procedure:
    procedure = ended(R, *left_out, **words)
    for number in range(documents):
        procedure = written(procedure, "ratification", "A53", nth=number)
    return procedure


def one_ratified() -> Procedure:
    """The second spouse was heard, and does not ratify."""
    procedure = both_ratified()
    second = procedure.item(point(R, "A53", SECOND))
    return procedure.with_item(second.but(values=second.values | {"result": "not_ratified"}))


def signing_of_the_other() -> Command:
    """The second spouse signs what the first one said."""
    bound = {"document": "d1", "sha256": "1" * 64, "participant": SECOND}
    author = Author(participant=SECOND)
    return asking(SignDocument, author, **bound, challenge="pin", proof="0" * 64, explicit=True)


def shows(*people: ParticipantId) -> Command:
    return asks(PresentDocument, R, document="d1", to=people)


def written_of_the_first() -> Procedure:
    return written(ended(R), "ratification", "A53", signed=False)


def shown_to_the_other() -> Procedure:
    procedure = written_of_the_first()
    return procedure.with_document(procedure.document("d1").but(presented_to=(FIRST, SECOND)))


RATIFICATION = [
    Case("lets the other spouse in while the first is heard", first_alone, ADMIT, lets_in(SECOND), "not_apart"),
    Case("lets the other spouse in while the first one's line is lost", lambda: cut_off(first_alone(), "spouse"), ADMIT, lets_in(SECOND), "not_apart"),
    Case("lets the other spouse in once the first has left", lambda: then(first_alone(), ParticipantDismissed(participant=FIRST, reason="Ha terminado")), ADMIT, lets_in(SECOND), PERMITTED),
    Case("ratifies before being identified", first_alone, OPEN, opens(R, "A53"), "item_too_early"),
    Case("ratifies, the other spouse being still unidentified outside", first_identified, OPEN, opens(R, "A53"), PERMITTED),
    Case("identifies a spouse who is not in the room", first_identified, OPEN, opens(R, "A02", SECOND), "presence_missing"),
    Case("ratifies for the spouse who waits outside", lambda: _done(first_identified(), "A02", SECOND), OPEN, opens(R, "A53", SECOND), "presence_missing"),
    Case("ratifies while cut off", lambda: cut_off(first_identified(), "spouse"), OPEN, opens(R, "A53"), "presence_not_live"),
    Case("writes the other spouse into somebody's own item", lambda: opened(R, "A53"), FILL, fills(R, "A53", FIRST, SECOND), "item_of_somebody_else"),
    Case("writes the spouse whose point it is", lambda: opened(R, "A53"), FILL, fills(R, "A53", FIRST, FIRST), PERMITTED),
    Case("leaves out the identification of one", first_alone, SKIP, leaves_out(R, "A02"), "item_required"),
    Case("shows the other spouse what the first one said", written_of_the_first, SHOW, shows(SECOND), "said_apart"),
    Case("shows a spouse what they themselves said", written_of_the_first, SHOW, shows(FIRST), PERMITTED),
    Case("signs what the other spouse said", shown_to_the_other, SIGN, signing_of_the_other(), "signature_not_planned"),
    Case("ratified by both", both_ratified, CLOSE, ends(R, "ratified"), PERMITTED),
    Case("ratified by both, and one does not", one_ratified, CLOSE, ends(R, "ratified"), "outcome_needs_item"),
    Case("filed away, as one does not", one_ratified, CLOSE, ends(R, "not_ratified"), PERMITTED),
    Case("ratified by both, and nobody was heard", lambda: both_ratified("A53", documents=0), CLOSE, ends(R, "ratified"), "outcome_needs_item"),
    Case("ratified by both, and nothing was written", lambda: both_ratified(documents=0), CLOSE, ends(R, "ratified"), "outcome_needs_document"),
    Case("filed away, though both ratify", both_ratified, CLOSE, ends(R, "not_ratified"), "outcome_excludes_item"),
    Case("ratified before a clerk who is cut off", lambda: cut_off(both_ratified(), "clerk"), CLOSE, ends(R, "ratified"), "presence_not_live"),
]  # fmt: skip


def heard(*left_out: str, ruled: bool = False) -> Procedure:
    words: dict[str, object] = {"A26": True} if ruled else {}
    procedure = ended(M, *left_out, **words)
    for number in range(2):
        procedure = written(procedure, "hearing_record", "A54", nth=number)
    return written(procedure, "ruling", "A26") if ruled else procedure


def one_of_two_heard() -> Procedure:
    """The second one's own items were left out: they never came."""
    procedure = heard()
    second = procedure.participant(SECOND).but(presence=Presence.EXPECTED, admitted_at=None)
    for item in procedure.agenda:
        if item.person == SECOND:
            procedure = procedure.with_item(item.but(state=ItemState.SKIPPED, skip_reason="No ha venido"))
    others = tuple(one for one in procedure.documents if procedure.item(str(one.item)).person != SECOND)
    return procedure.with_participant(second).but(documents=others)


def interpreted(*, signed: bool) -> Procedure:
    """Both spoke through somebody; they themselves have signed what they said."""
    procedure = heard()
    person = procedure.participant(FIRST).but(id=ParticipantId("p9"), role="interpreter", name="Olena Bondar")
    procedure = procedure.but(participants=(*procedure.participants, person))
    signing = (signature(one.id, person.id, one.id[1:]) for one in procedure.documents)
    return then(procedure, *(event for events in signing for event in events)) if signed else procedure


MARRIAGE = [
    Case("hears a spouse-to-be before they are identified", lambda: first_alone(M), OPEN, opens(M, "A54"), "item_too_early"),
    Case("hears a spouse-to-be", lambda: first_identified(M), OPEN, opens(M, "A54"), PERMITTED),
    Case("hears the one who waits outside", lambda: _done(first_identified(M), "A02", SECOND), OPEN, opens(M, "A54", SECOND), "presence_missing"),
    Case("rules before both were heard", lambda: first_identified(M), OPEN, opens(M, "A26"), "item_too_early"),
    Case("writes one's answers down as the other's", lambda: opened(M, "A54"), FILL, fills(M, "A54", FIRST, SECOND), "item_of_somebody_else"),
    Case("authorised, both heard", lambda: heard(ruled=True), CLOSE, ends(M, "allowed"), PERMITTED),
    Case("authorised without a ruling", heard, CLOSE, ends(M, "allowed"), "outcome_needs_item"),
    Case("authorised, and the ruling is not written", lambda: heard(ruled=True).but(documents=heard().documents), CLOSE, ends(M, "allowed"), "outcome_needs_document"),
    Case("denied without a ruling", heard, CLOSE, ends(M, "denied"), "outcome_needs_item"),
    Case("the file goes on, and there is a ruling", lambda: heard(ruled=True), CLOSE, ends(M, "heard"), "outcome_excludes_item"),
    Case("the file goes on", heard, CLOSE, ends(M, "heard"), PERMITTED),
    Case("nobody heard, though both were", heard, CLOSE, ends(M, "not_heard"), "outcome_excludes_item"),
    Case("not both heard", lambda: one_of_two_heard(), CLOSE, ends(M, "not_heard"), PERMITTED),
    Case("heard through an interpreter who does not sign", lambda: refusing(interpreted(signed=False)), CLOSE, ends(M, "heard"), "signature_pending"),
    Case("heard through an interpreter who signs too", lambda: interpreted(signed=True), CLOSE, ends(M, "heard"), PERMITTED),
    Case("ended by a registrar who is cut off", lambda: cut_off(heard(), "registrar"), CLOSE, ends(M, "heard"), "presence_not_live"),
]  # fmt: skip


def in_session_with_secretary() -> Procedure:
    procedure = in_session(C)
    secretary = next(person.id for person in procedure.participants if person.role == "secretary")
    return then(procedure, ParticipantAdmitted(participant=secretary), ParticipantJoined(participant=secretary))


def constituted() -> Procedure:
    return with_done(in_session_with_secretary(), "A01", "A02", "A04")


def without_members(procedure: Procedure, roles: tuple[str, ...]) -> Procedure:
    for person in procedure.participants:
        if person.role in roles:
            procedure = procedure.with_participant(person.but(presence=Presence.EXPECTED, admitted_at=None))
    return procedure


def voted(*left_out: str, **words: object) -> Procedure:
    """Everything was held, the secretary being there too."""
    procedure = ended(C, *left_out, **words)
    present = {person.id: person for person in in_session_with_secretary().participants}
    return procedure.but(participants=tuple(present[person.id] for person in procedure.participants))


def decided(*left_out: str, **words: object) -> Procedure:
    procedure = voted(*left_out, **words)
    return procedure if "A25" in left_out else written(procedure, "decision", "A25")


def by_secretary() -> Author:
    seat = next(person.id for person in in_session(C).participants if person.role == "secretary")
    return Author(participant=seat, account=AccountId("acc_two"), staff_roles=(StaffRole.CLERK,))


def of_four() -> Procedure:
    """Chair and secretary are there, and two more members who are not: half of the four."""
    return without_members(constituted(), ("member",))


def of_five() -> Procedure:
    procedure = of_four()
    one = next(person for person in procedure.participants if person.role == "member")
    return procedure.but(participants=(*procedure.participants, one.but(id=ParticipantId("p9"))))


COMMISSION = [
    Case("a vote with everybody there", constituted, OPEN, opens(C, "A25"), PERMITTED),
    Case("a vote with half of the members", of_four, OPEN, opens(C, "A25"), PERMITTED),
    Case("a vote with less than half", of_five, OPEN, opens(C, "A25"), "quorum_missing"),
    Case("a vote before the members are identified", in_session_with_secretary, OPEN, opens(C, "A25"), "item_too_early"),
    Case("a vote without the secretary", lambda: without_members(constituted(), ("secretary",)), OPEN, opens(C, "A25"), "presence_missing"),
    Case("a vote while the chair is cut off", lambda: cut_off(constituted(), "chair"), OPEN, opens(C, "A25"), "presence_not_live"),
    Case("a session without identification", lambda: in_session(C), SKIP, leaves_out(C, "A02"), "item_required"),
    Case("decided", decided, CLOSE, ends(C, "decided"), PERMITTED),
    Case("decided, and nothing was voted", lambda: decided("A25"), CLOSE, ends(C, "decided"), "outcome_needs_item"),
    Case("decided, and the vote was not carried", lambda: decided(result="not_carried"), CLOSE, ends(C, "decided"), "outcome_needs_item"),
    Case("decided, and nobody certifies it", voted, CLOSE, ends(C, "decided"), "outcome_needs_document"),
    Case("without a decision", lambda: decided("A25"), CLOSE, ends(C, "not_decided"), PERMITTED),
    Case("without a decision, though the vote was carried", decided, CLOSE, ends(C, "not_decided"), "outcome_excludes_item"),
    Case("without a decision, the vote being lost", lambda: decided(result="not_carried"), CLOSE, ends(C, "not_decided"), PERMITTED),
    Case("ended by the secretary", decided, CLOSE, asking(CloseSession, by_secretary(), outcome="decided"), "presides_only"),
]  # fmt: skip

APART: list[Case] = [*RATIFICATION, *MARRIAGE, *COMMISSION]
