"""A power that stands in its register is revoked there once, and the register is asked afterwards what stands."""

from datetime import timedelta

from adapters.memory import MemoryRegister
from domain.commands import CloseSession, CorrectItem
from domain.ports.registers import PowerEnding
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from tests.adapters.entering import ending, power
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court
from tests.workflows.entering import declared_ended, note, register
from tests.workflows.test_register_entries import TWO_DAYS, entered, minutes_of


async def granted_before(court: Court, person: Participant) -> MemoryRegister:
    """Its register has a power that this person granted, under number AP-000001."""
    powers = register(court)
    granted = power("prc_before.d1").but(grantor=power().grantor.but(id_number=str(person.document_number)))
    assert (await powers.enter(granted)).number == "AP-000001"
    powers.asked = 0
    return powers


def refused(procedure: Procedure) -> bool:
    return bool(procedure.register_entries and procedure.register_entries[-1].refused)


async def test_a_power_is_revoked_once_and_the_minutes_say_what_the_register_says_afterwards(court: Court) -> None:
    room = await court.summon("apud_acta_power_ending", "prc_revoked")
    powers = await granted_before(court, (await room.reaches(Stage.SUMMONED)).citizens[0])
    play = await declared_ended(room, "revoked")
    procedure = await until(room, entered)
    [entry] = procedure.register_entries
    assert (entry.number, entry.stands) == ("AP-000002", "revoked")
    await play.close()
    said = await minutes_of(court, await room.reaches(Stage.APPROVAL))
    assert "AP-000002" in said and "dice que el poder está revocado" in said
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    [sent] = [one for one in powers.entered.values() if isinstance(one, PowerEnding)]
    signed = closed.document(entry.document)
    assert (sent.id, sent.document_sha256) == (f"{closed.id}.{signed.id}", signed.current.sha256)
    assert (sent.power_number, sent.kind, signed.title) == ("AP-000001", "revocation", "Revocación de poder")
    assert (await powers.standing("AP-000001")).state == "revoked"


async def test_it_is_revoked_once_though_no_receipt_arrives_for_two_days(unanchored: Court) -> None:
    room = await unanchored.summon("apud_acta_power_ending", "prc_lost")
    powers = await granted_before(unanchored, (await room.reaches(Stage.SUMMONED)).citizens[0])
    powers.loses_answers = 100_000
    play = await declared_ended(room, "lost")
    await play.close()
    for some_time in TWO_DAYS:
        await unanchored.environment.sleep(some_time)
    assert (await room.procedure()).stage is Stage.DRAFTING and powers.asked > 10
    powers.loses_answers = 0
    drafted = await room.reaches(Stage.APPROVAL)

    assert len([one for one in powers.entered.values() if isinstance(one, PowerEnding)]) == 1
    told = await events(unanchored, room)
    assert [told.count(f"register_entry_{what}") for what in ("requested", "made", "troubled")] == [1, 1, 0]
    assert drafted.register_entries[0].stands == "revoked"


async def test_a_receipt_of_a_power_that_still_stands_is_told_once_and_asked_for_again(unanchored: Court) -> None:
    room = await unanchored.summon("apud_acta_power_ending", "prc_stands")
    powers = await granted_before(unanchored, (await room.reaches(Stage.SUMMONED)).citizens[0])
    powers.changes_nothing = 2
    await declared_ended(room, "stands")
    procedure = await until(room, lambda one: bool(one.register_entries and one.register_entries[0].trouble))
    assert procedure.register_entries[0].trouble == "register_still_stands"
    for _ in range(2):
        await unanchored.environment.sleep(timedelta(minutes=11))
    await until(room, entered)
    told = await events(unanchored, room)
    assert [told.count(f"register_entry_{what}") for what in ("troubled", "made")] == [1, 1]


async def test_what_is_of_somebody_else_is_refused_and_the_act_ends_with_the_power_as_it_was(unanchored: Court) -> None:
    await register(unanchored).enter(power("prc_before.d1"))
    room = await unanchored.summon("apud_acta_power_ending", "prc_other")
    play = await declared_ended(room, "other")
    procedure = await until(room, refused)
    assert procedure.register_entries[0].refused == "register_power_of_another"
    host, item = procedure.hosts[0], next(one for one in procedure.agenda if one.code == "A58")
    assert await code_of(play.say(host, CloseSession, outcome="ended")) == "outcome_needs_item"
    # Put right and signed again it is asked under another id; what does not exist is refused too.
    values = {**item.values, "power_number": "AP-2026-UNKNOWN"}
    await play.say(host, CorrectItem, item=item.id, values=values, reason="El número era otro")
    await play.sign_what_was_written()
    procedure = await until(room, lambda one: len(one.register_entries) == 2 and refused(one))
    assert procedure.register_entries[1].refused == "register_power_unknown"
    assert not [one for one in register(unanchored).entered.values() if isinstance(one, PowerEnding)]
    await play.say(host, CloseSession, outcome="stays")
    assert "ese poder no es de esta persona." in await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))


async def test_what_is_revoked_elsewhere_meanwhile_is_noted_by_hand(unanchored: Court) -> None:
    room = await unanchored.summon("apud_acta_power_ending", "prc_twice")
    powers = await granted_before(unanchored, (await room.reaches(Stage.SUMMONED)).citizens[0])
    grantor = str((await room.procedure()).citizens[0].document_number)
    await powers.enter(ending("AP-000001", declarant_id_number=grantor))
    play = await declared_ended(room, "twice")
    procedure = await until(room, refused)
    assert procedure.register_entries[0].refused == "register_power_ended"
    await note(room, play, register="Registro", number="AP-000002")
    await play.close()
    assert "AP-000002" in await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))
