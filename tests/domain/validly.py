"""Table: what would make an act void is refused with its rule; beside it, what is lawful is permitted."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import Author, CloseSession, Command, FillItem, OpenItem, SkipItem
from domain.events import Event
from domain.events.agenda import ItemAdded, ItemOpened
from domain.events.people import ConnectionLost, ParticipantAdmitted, ParticipantDismissed, ParticipantJoined
from domain.ids import AccountId, ItemId, ParticipantId
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes
from domain.types.vocabulary import StaffRole
from tests.domain.cases import AS_CLERK, PERMITTED, Case, asking
from tests.domain.held import agreed, decreed, not_agreed, under_way, with_done
from tests.domain.samples import APPLICANT, CLERK, RESPONDENT, in_session, signed, then

OPEN, FILL, SKIP = agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item
CLOSE = minutes.may_close_session
SECOND = ParticipantId("p9")


def item(procedure: Procedure, code: str) -> ItemId:
    return next(one.id for one in procedure.agenda if one.code == code)


# -- a conciliation ----------------------------------------------------------------------------------------------------


def opening(code: str) -> Command:
    return asking(OpenItem, AS_CLERK, item=item(in_session(), code))


def skipping(code: str) -> Command:
    return asking(SkipItem, AS_CLERK, item=item(in_session(), code), reason="No procede")


def ending(outcome: str) -> Command:
    return asking(CloseSession, AS_CLERK, outcome=outcome)


def heard() -> Procedure:
    return with_done(under_way(), "A11")


def respondent_away() -> Procedure:
    return then(heard(), ConnectionLost(participant=RESPONDENT))


def let_in_and_never_seen(person: ParticipantId) -> Procedure:
    """Admitted; no image or sound has come."""
    procedure = heard()
    return procedure.with_participant(procedure.participant(person).but(presence=Presence.ADMITTED))


def applicant_out() -> Procedure:
    return then(under_way(), ParticipantDismissed(participant=APPLICANT, reason="Se retira"))


def without_clerk() -> Procedure:
    return then(agreed(), ConnectionLost(participant=ParticipantId("p3")))


def half_signed() -> Procedure:
    """The respondent has said why they do not sign."""
    procedure = decreed(with_done(signed(), "A01", "A02", "A04", "A11", "A39", "A40"))
    document = procedure.document("d1")
    return procedure.with_document(document.but(refusals={RESPONDENT: "No está de acuerdo"}))


def agreed_on_paper_only() -> Procedure:
    """The item says that they agree; no document was made of it."""
    return agreed().but(documents=())


def both_ways() -> Procedure:
    return with_done(agreed(), "A24", result="no_agreement")


def failed_first() -> Procedure:
    """It was noted that they did not agree; then they did, and that note was corrected."""
    return with_done(agreed(), "A24", result="superseded")


def written_and_not_agreed() -> Procedure:
    """The agreement is written, one party does not sign it, and it is noted that there is none."""
    return with_done(half_signed(), "A24", result="no_agreement")


def respondent_never_came() -> Procedure:
    procedure = not_agreed()
    absent = procedure.participant(RESPONDENT).but(presence=Presence.EXPECTED, admitted_at=None)
    return procedure.with_participant(absent)


def two_came(procedure: Procedure) -> Procedure:
    other = procedure.participant(RESPONDENT).but(id=SECOND, name="Noa Pena Freire")
    return procedure.but(participants=(*procedure.participants, other))


def two_respondents(procedure: Procedure) -> Procedure:
    """A second respondent was summoned and never came."""
    other = procedure.participant(RESPONDENT)
    other = other.but(id=SECOND, name="Noa Pena Freire", presence=Presence.EXPECTED, admitted_at=None)
    return procedure.but(participants=(*procedure.participants, other))


CONCILIATION = [
    Case("heard before anybody is identified in the act", in_session, OPEN, opening("A11"), "item_too_early"),
    Case("heard", under_way, OPEN, opening("A11"), PERMITTED),
    Case("an agreement before anybody is heard", under_way, OPEN, opening("A23"), "item_too_early"),
    Case("an agreement after both are heard", heard, OPEN, opening("A23"), PERMITTED),
    Case("an agreement while one party is cut off", respondent_away, OPEN, opening("A23"), "presence_not_live"),
    Case("an agreement with a party let in and never seen", lambda: let_in_and_never_seen(RESPONDENT), OPEN, opening("A23"), "presence_not_live"),
    Case("heard before a clerk let in and never seen", lambda: let_in_and_never_seen(CLERK), OPEN, opening("A20"), "presence_not_live"),
    Case("the failure is noted while one party is cut off", respondent_away, OPEN, opening("A24"), PERMITTED),
    Case("heard without the applicant", applicant_out, OPEN, opening("A11"), "presence_missing"),
    Case("leaves out the opening", in_session, SKIP, skipping("A01"), "item_required"),
    Case("leaves out the identification", in_session, SKIP, skipping("A02"), "item_required"),
    Case("leaves out the warnings", in_session, SKIP, skipping("A04"), "item_required"),
    Case("leaves out the reading of the minutes", in_session, SKIP, skipping("A39"), "item_required"),
    Case("leaves out a reply", in_session, SKIP, skipping("A21"), PERMITTED),
    Case("agreed and signed by all", agreed, CLOSE, ending("agreement"), PERMITTED),
    Case("agreed, every point of it left out", not_agreed, CLOSE, ending("agreement"), "outcome_needs_item"),
    Case("agreed, and no document", agreed_on_paper_only, CLOSE, ending("agreement"), "outcome_needs_document"),
    Case("agreed, and one party does not sign", half_signed, CLOSE, ending("agreement"), "outcome_needs_signature"),
    Case("agreed, and it is noted that they did not", both_ways, CLOSE, ending("agreement"), "outcome_excludes_item"),
    Case("not agreed, and it is noted that they did", agreed, CLOSE, ending("no_agreement"), "outcome_needs_item"),
    Case("agreed with somebody who never came", respondent_never_came, CLOSE, ending("agreement"), "outcome_needs_person"),
    Case("not agreed with somebody who never came", respondent_never_came, CLOSE, ending("no_agreement"), "outcome_needs_person"),
    Case("attempted with somebody who never came", respondent_never_came, CLOSE, ending("attempted"), PERMITTED),
    Case("agreed with the one of two respondents who came", lambda: two_respondents(agreed()), CLOSE, ending("agreement"), PERMITTED),
    Case("agreed with two, and one who came does not sign", lambda: two_came(agreed()), CLOSE, ending("agreement"), "signature_pending"),
    Case("agreed at the second attempt", failed_first, CLOSE, ending("agreement"), PERMITTED),
    Case("not agreed, because one party does not sign", written_and_not_agreed, CLOSE, ending("no_agreement"), PERMITTED),
    Case("not agreed", not_agreed, CLOSE, ending("no_agreement"), PERMITTED),
    Case("the clerk is cut off", without_clerk, CLOSE, ending("agreement"), "presence_not_live"),
]  # fmt: skip

# -- a hearing ---------------------------------------------------------------------------------------------------------


def seat(procedure: Procedure, role: str) -> ParticipantId:
    return next(person.id for person in procedure.participants if person.role == role)


def let_in(person: ParticipantId) -> tuple[Event, ...]:
    return ParticipantAdmitted(participant=person), ParticipantJoined(participant=person)


def hearing(*codes: str, **words: object) -> Procedure:
    """The judge opened it; the clerk is in the room."""
    procedure = in_session("oral_hearing_witness")
    clerk = seat(procedure, "clerk")
    return with_done(then(procedure, *let_in(clerk)), "A01", "A02", "A04", *codes, **words)


def without_judge(procedure: Procedure) -> Procedure:
    judge = procedure.participant(seat(procedure, "judge"))
    return procedure.with_participant(judge.but(presence=Presence.EXPECTED, admitted_at=None))


def by(role: str) -> Author:
    return Author(participant=seat(hearing(), role), account=AccountId("acc_one"), staff_roles=(StaffRole.OFFICIAL,))


def of_hearing(code: str, role: str = "clerk") -> Command:
    return asking(OpenItem, by(role), item=item(hearing(), code))


def ending_hearing(outcome: str, role: str = "judge") -> Command:
    return asking(CloseSession, by(role), outcome=outcome)


def all_of_it() -> Procedure:
    return hearing("A09", "A10", "A13", "A31", "A39", "A40", result="promise")


def with_incident() -> Procedure:
    return then(hearing(), ItemAdded(item=ItemId("i90"), code="A32"))


def two_witnesses() -> Procedure:
    """The first has sworn; the second has not, and is about to be examined."""
    procedure = hearing("A09", "A10", result="oath")
    first = procedure.participant(seat(procedure, "witness"))
    procedure = procedure.but(participants=(*procedure.participants, first.but(id=SECOND, name="Noa Pena Freire")))
    return then(procedure, ItemOpened(item=item(procedure, "A13")))


def examining(who: ParticipantId) -> Command:
    values = {"examined": who, "summary": "Vio caer la valla."}
    return asking(FillItem, by("clerk"), item=item(hearing(), "A13"), values=values, done=True)


NOTING = asking(OpenItem, by("clerk"), item="i90")
SWORN = seat(hearing(), "witness")
HEARING = [
    Case("opened", hearing, OPEN, of_hearing("A09"), PERMITTED),
    Case("without its judge", lambda: without_judge(hearing()), OPEN, of_hearing("A09"), "presence_missing"),
    Case("an incident without its judge", lambda: without_judge(with_incident()), OPEN, NOTING, PERMITTED),
    Case("examined before the oath", hearing, OPEN, of_hearing("A13"), "item_too_early"),
    Case("an oath refused", lambda: hearing("A09", result="refused"), OPEN, of_hearing("A10"), "requires_oath_taken"),
    Case("a minor is exempt from it", lambda: hearing("A09", result="exempt"), OPEN, of_hearing("A10"), PERMITTED),
    Case("the witness who swore", two_witnesses, FILL, examining(SWORN), PERMITTED),
    Case("another witness, who did not", two_witnesses, FILL, examining(SECOND), "oath_not_taken"),
    Case("a ruling by the clerk", hearing, OPEN, of_hearing("A26", "clerk"), "presides_only"),
    Case("a ruling by the judge", hearing, OPEN, of_hearing("A26", "judge"), PERMITTED),
    Case("ended by the judge", all_of_it, CLOSE, ending_hearing("ready_for_judgment"), PERMITTED),
    Case("ended by the clerk", all_of_it, CLOSE, ending_hearing("ready_for_judgment", "clerk"), "presides_only"),
    Case(
        "ended, and the judge was never there",
        lambda: without_judge(all_of_it()),
        CLOSE,
        ending_hearing("ready_for_judgment"),
        "presence_missing",
    ),
    Case("heard, and nobody wrote it down", all_of_it, CLOSE, ending_hearing("witness_heard"), "outcome_needs_document"),
    Case("decided, and no ruling", all_of_it, CLOSE, ending_hearing("decided_in_the_act"), "outcome_needs_item"),
]  # fmt: skip

VALIDLY: list[Case] = [*CONCILIATION, *HEARING]
