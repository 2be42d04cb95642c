"""A power that was signed before the clerk is entered in its register once, and the number comes by itself."""

from datetime import timedelta

from activities.bundle_parts import core_parts
from domain.commands import CancelProcedure, CloseSession, CorrectItem, InterruptProcedure, SkipItem
from domain.events import state_of
from domain.ports.registers import PowerEntry
from domain.procedure.state import Procedure
from domain.refusals.register_entries import REGISTER_ATTORNEY
from domain.types.vocabulary import InterruptionCause, Stage
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court, Room
from tests.workflows.entering import granted, note, noting, register

TWO_DAYS = 8 * [timedelta(hours=6)]
"""In steps: the engine that skips time answers none that takes it too long."""


async def power(court: Court, name: str) -> Room:
    return await court.summon("apud_acta_power", f"prc_{name}")


def entered(procedure: Procedure) -> bool:
    return bool(procedure.register_entries) and procedure.register_entries[-1].number is not None


async def minutes_of(court: Court, procedure: Procedure) -> str:
    assert procedure.minutes is not None
    return (await court.installation.vault.get(procedure.id, procedure.minutes.draft)).decode()


async def test_a_signed_power_is_entered_and_its_number_stands_in_the_item_the_minutes_and_the_bundle(
    court: Court,
) -> None:
    room = await power(court, "entered")
    play = await granted(room, "entered")
    procedure = await until(room, entered)
    [entry] = procedure.register_entries
    prefilled = noting(procedure).prefilled

    assert prefilled is not None and prefilled.by == "Registro de poderes de prueba"
    assert prefilled.values == {"register": prefilled.by, "number": "AP-000001", "by_machine": True}
    assert await code_of(note(room, play, register=prefilled.by, number="AP-000002")) == "entry_number_differs"
    await note(room, play, open_it=False, **prefilled.values)
    await play.close()
    drafted = await room.reaches(Stage.APPROVAL)
    assert "AP-000001" in await minutes_of(court, drafted)
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    [sent] = register(court).entered.values()
    signed = closed.document(entry.document)
    assert (sent.id, sent.document_sha256) == (f"{closed.id}.{signed.id}", signed.current.sha256)
    assert isinstance(sent, PowerEntry)
    assert sent.grantor.name == closed.citizens[0].name
    receipt = closed.document(str(closed.register_entries[0].receipt))
    journal, vault = court.installation.journal, court.installation.vault
    parts = await core_parts(closed, await journal.read(closed.id), vault, court.installation.keys, {})
    assert {receipt.original.sha256, receipt.brought[0].content.sha256} <= {one.sha256 for one in parts.documents}
    assert await vault.get(closed.id, receipt.brought[0].content) == b"%PDF receipt AP-000001"
    assert state_of(await journal.read(closed.id)) == closed


async def test_it_is_entered_once_though_no_receipt_arrives_for_two_days(unanchored: Court) -> None:
    powers = register(unanchored)
    powers.loses_answers = 100_000
    room = await power(unanchored, "down")
    play = await granted(room, "down")
    await until(room, lambda procedure: bool(procedure.register_entries))
    assert await code_of(note(room, play, register="Registro", number="1")) == "entry_awaited"
    procedure = await room.procedure()
    await play.say(procedure.hosts[0], SkipItem, item=noting(procedure).id, reason="El registro no contesta")
    await play.close()
    for some_time in TWO_DAYS:
        await unanchored.environment.sleep(some_time)
    waiting = await room.procedure()

    assert waiting.stage is Stage.DRAFTING and waiting.register_entries[0].waiting and waiting.trouble is None
    assert powers.asked > 10
    powers.loses_answers = 0
    drafted = await room.reaches(Stage.APPROVAL)

    assert len(powers.entered) == 1
    told = await events(unanchored, room)
    assert [told.count(f"register_entry_{what}") for what in ("requested", "made", "troubled")] == [1, 1, 0]
    assert [one.code for one in drafted.documents].count("register_receipt") == 1
    assert "AP-000001" in await minutes_of(unanchored, drafted)


async def test_what_the_register_refuses_is_entered_by_hand_and_the_minutes_say_why(unanchored: Court) -> None:
    register(unanchored).refuses = REGISTER_ATTORNEY
    room = await power(unanchored, "refused")
    play = await granted(room, "refused")
    await until(room, lambda procedure: bool(procedure.register_entries and procedure.register_entries[0].refused))

    host = (await room.procedure()).hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="granted")) == "outcome_needs_item"
    await note(room, play, register="Registro", number="2026/77")
    await play.close()
    said = await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))
    assert "2026/77" in said and "El registro no admitió la inscripción" in said


async def test_what_the_register_refuses_is_put_right_signed_again_and_entered(unanchored: Court) -> None:
    powers = register(unanchored)
    powers.refuses = REGISTER_ATTORNEY
    room = await power(unanchored, "put_right")
    play = await granted(room, "put_right")
    procedure = await until(room, lambda one: bool(one.register_entries and one.register_entries[0].refused))
    powers.refuses = None
    item = next(one for one in procedure.agenda if one.code == "A28")
    [attorney] = item.values["attorneys"]
    right = {**item.values, "attorneys": [{**attorney, "college_number": "413"}]}
    await play.say(procedure.hosts[0], CorrectItem, item=item.id, values=right, reason="El número era otro")
    await play.sign_what_was_written()
    procedure = await until(room, entered)

    [sent] = powers.entered.values()
    assert isinstance(sent, PowerEntry)
    assert sent.attorneys[0].college_number == "413" and len(procedure.register_entries) == 2
    assert await code_of(
        play.say(procedure.hosts[0], CorrectItem, item=item.id, values=item.values, reason="Otra vez")
    ) == "document_entered"  # fmt: skip


async def test_a_receipt_of_something_else_is_told_once_and_the_right_one_is_asked_for(unanchored: Court) -> None:
    powers = register(unanchored)
    powers.answers_wrongly = 2
    room = await power(unanchored, "wrong")
    await granted(room, "wrong")
    procedure = await until(room, lambda one: bool(one.register_entries and one.register_entries[0].trouble))
    assert procedure.register_entries[0].trouble == "register_receipt_wrong"
    for _ in range(2):
        await unanchored.environment.sleep(timedelta(minutes=11))
    await until(room, entered)

    told = await events(unanchored, room)
    assert [told.count(f"register_entry_{what}") for what in ("troubled", "made")] == [1, 1]
    assert len(powers.entered) == 1


async def test_an_act_that_is_called_off_ends_once_what_was_sent_is_answered(unanchored: Court) -> None:
    powers = register(unanchored)
    powers.loses_answers = 100_000
    room = await power(unanchored, "called_off")
    play = await granted(room, "called_off")
    host = (await until(room, lambda procedure: bool(procedure.register_entries))).hosts[0]
    await play.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act=host.role)
    await play.say(host, CancelProcedure, reason="No continúa")
    powers.loses_answers = 0
    await unanchored.environment.sleep(timedelta(minutes=11))
    ended = await until(room, entered)
    assert ended.stage is Stage.CANCELLED and len(powers.entered) == 1
