"""A secure place on a real engine: a witness at an office waits outside until somebody of that office has looked."""

from domain.actions.secure_place import CheckSecurePlace
from domain.commands import AcknowledgeWarnings, AdmitParticipant, Author, CheckIn, OpenRoom
from domain.ids import AccountId
from domain.types.vocabulary import StaffRole
from rehearsal.acting import Play
from tests.workflows.asking import by, code_of, events
from tests.workflows.court import Court

TYPE = "statement_in_investigation"


async def test_a_witness_is_let_in_once_the_office_has_looked(court: Court) -> None:
    room = await court.summon(TYPE, "prc_secure_place")
    procedure = await room.procedure()
    witness, host = procedure.citizens[0], procedure.hosts[0]
    official = Author(account=AccountId("acc_desk"), staff_roles=(StaffRole.OFFICE,), office=witness.office)
    who = witness.id

    def looks(key: str, *, freely: bool) -> CheckSecurePlace:
        seen = {"acts_freely": freely, "company": "alone", "private_talk": True}
        return CheckSecurePlace.model_validate({"id": key, "author": official, "participant": who, **seen})

    arrival = CheckIn(**by(witness, "come-here"), participant=who, office=witness.office, place="office", device="d-1")
    await room.perform(arrival)
    await room.perform(AcknowledgeWarnings(**by(witness, "told-here"), participant=who, text_version="1"))
    await room.perform(OpenRoom(**by(host, "open-room")))

    unseen = await code_of(room.perform(AdmitParticipant(**by(host, "let-in-1"), participant=who)))
    await room.perform(looks("look-first", freely=False))
    forced = await code_of(room.perform(AdmitParticipant(**by(host, "let-in-2"), participant=who)))
    await room.perform(looks("look-again", freely=True))
    await room.perform(AdmitParticipant(**by(host, "let-in-3"), participant=who))

    assert (unseen, forced) == ("place_unchecked", "place_not_secure")
    told = [type for type in await events(court, room) if type in ("secure_place_checked", "participant_admitted")]
    assert told == ["secure_place_checked", "secure_place_checked", "participant_admitted"]


async def test_scripted_people_hold_such_an_act_to_its_end(court: Court) -> None:
    room = await court.summon(TYPE, "prc_secure_whole")

    closed = await Play(room, "secure").whole()

    assert all(p.secure_place for p in closed.citizens if p.role == "witness")
