"""Table: the checklist of a secure place, and who is let in and signs without it or against it."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.actions.secure_place import CheckSecurePlace, SecurePlaceChecked, may_check_secure_place
from domain.commands import AdmitParticipant, Author, CheckIn, Command
from domain.events.people import ParticipantCheckedIn
from domain.ids import AccountId, ParticipantId
from domain.procedure.people import Presence
from domain.procedure.secure_place import Company
from domain.procedure.state import Procedure
from domain.rules import people
from domain.rules.places import acts_freely
from domain.types.vocabulary import StaffRole
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.samples import arrived, in_room, summoned, then

S = "statement_in_investigation"
WITNESS = next(one for one in summoned(S).citizens if one.role == "witness")
HERE: ParticipantId = WITNESS.id
JUDGE = Author(participant=summoned(S).hosts[0].id, account=AccountId("acc_judge"), staff_roles=(StaffRole.OFFICIAL,))
BESIDE = Author(account=AccountId("acc_office"), staff_roles=(StaffRole.OFFICE,), office=WITNESS.office)
ELSEWHERE = BESIDE.but(office="ojm-elsewhere")
LOOK, ADMIT, ARRIVE = may_check_secure_place, people.may_admit_participant, people.may_check_in
RIGHT = {"acts_freely": True, "company": "alone", "private_talk": True}


def looks(by: Author = BESIDE, **seen: object) -> Command:
    return asking(CheckSecurePlace, by, participant=HERE, **{**RIGHT, **seen})


def lets_in() -> Command:
    return asking(AdmitParticipant, JUDGE, participant=HERE)


def arrives(place: str) -> Command:
    return asking(CheckIn, Author(participant=HERE), participant=HERE, place=place, device="d-1")


def waiting(procedure: Procedure) -> Procedure:
    return procedure.with_participant(procedure.participant(HERE).but(presence=Presence.WAITING))


def unseen() -> Procedure:
    procedure = waiting(in_room(S))
    return procedure.with_participant(procedure.participant(HERE).but(secure_place=None, autonomy_attested_by=None))


def seen(*, freely: bool = True, private: bool = True) -> Procedure:
    found = SecurePlaceChecked(participant=HERE, acts_freely=freely, company=Company.ALONE, private_talk=private)
    return then(unseen(), found)


def pressed() -> Procedure:
    return seen(freely=False)


def overheard() -> Procedure:
    return seen(private=False)


def put_right() -> Procedure:
    return then(
        pressed(), SecurePlaceChecked(participant=HERE, acts_freely=True, company=Company.ALONE, private_talk=True)
    )


def moved() -> Procedure:
    """Somebody sits down in another session once the office has looked."""
    first = then(
        unseen(),
        ParticipantCheckedIn(participant=HERE, office=WITNESS.office, place="office", device="d-1", session="ses_1"),
    )
    looked = then(
        first, SecurePlaceChecked(participant=HERE, acts_freely=True, company=Company.ALONE, private_talk=True)
    )
    return then(
        looked,
        ParticipantCheckedIn(participant=HERE, office=WITNESS.office, place="office", device="d-2", session="ses_2"),
    )


def same_seat() -> Procedure:
    return then(seen(), ParticipantCheckedIn(participant=HERE, office=WITNESS.office, place="office", device="desk-1"))


def in_court() -> Procedure:
    return waiting(unseen().with_participant(unseen().participant(HERE).but(place="court")))


def conciliation_unseen() -> Procedure:
    procedure = in_room("conciliation")
    return procedure.with_participant(procedure.citizens[0].but(presence=Presence.WAITING))


def at_home() -> Procedure:
    procedure = arrived("conciliation")
    return procedure.with_participant(procedure.citizens[0].but(place="own_device"))


def may_sign(procedure: Procedure, _: Command) -> None:
    acts_freely(procedure.participant(HERE))


CONCILIATION_CLERK = Author(
    participant=summoned().hosts[0].id, account=AccountId("acc_clerk"), staff_roles=(StaffRole.CLERK,)
)
FIRST = summoned().citizens[0]
BESIDE_FIRST = BESIDE.but(office=FIRST.office)

SECURE_PLACE = [
    Case("the office looks", unseen, LOOK, looks(), PERMITTED),
    Case("looks before the room is open", lambda: arrived(S), LOOK, looks(), PERMITTED),
    Case("looks again, with somebody there", seen, LOOK, looks(company="accompanied", others="Rosa Lema, su hermana"), PERMITTED),
    Case("does not say who is there", unseen, LOOK, looks(company="accompanied"), "field_required"),
    Case("says it with blanks", unseen, LOOK, looks(company="accompanied", others="   "), "field_required"),
    Case("another office looks", unseen, LOOK, looks(ELSEWHERE), "office_only"),
    Case("the judge says so from afar", unseen, LOOK, looks(JUDGE), "office_only"),
    Case("the person says it of themselves", unseen, LOOK, looks(Author(participant=HERE)), "office_only"),
    Case("before anybody came", lambda: summoned(S), LOOK, looks(), "not_arrived"),
    Case("of somebody in court", in_court, LOOK, looks(), "not_at_office"),
    Case("of somebody at home", at_home, LOOK, asking(CheckSecurePlace, BESIDE_FIRST, participant=FIRST.id, **RIGHT), "not_at_office"),
    Case("a witness at an office is let in before anybody looked", unseen, ADMIT, lets_in(), "place_unchecked"),
    Case("is let in once the office has looked", seen, ADMIT, lets_in(), PERMITTED),
    Case("is let in although pressed", pressed, ADMIT, lets_in(), "place_not_secure"),
    Case("is let in where others hear the lawyer", overheard, ADMIT, lets_in(), "place_not_secure"),
    Case("is let in once it was put right", put_right, ADMIT, lets_in(), PERMITTED),
    Case("sat down elsewhere after the look", moved, ADMIT, lets_in(), "place_unchecked"),
    Case("staff say again where they sit", same_seat, ADMIT, lets_in(), PERMITTED),
    Case("a witness in court needs no office", in_court, ADMIT, lets_in(), PERMITTED),
    Case("a conciliation wants no list", conciliation_unseen, ADMIT, asking(AdmitParticipant, CONCILIATION_CLERK, participant=FIRST.id), PERMITTED),
    Case("a witness arrives at home", lambda: summoned(S), ARRIVE, arrives("own_device"), "place_not_allowed"),
    Case("a witness arrives at an office", lambda: summoned(S), ARRIVE, arrives("office"), PERMITTED),
    Case("signs while pressed", pressed, may_sign, lets_in(), "place_not_secure"),
    Case("signs where the lawyer is overheard: not forced", overheard, may_sign, lets_in(), PERMITTED),
    Case("signs where nobody looked", unseen, may_sign, lets_in(), PERMITTED),
]  # fmt: skip
