"""A birth that was declared is entered in the civil registry once; the act ends as entered when the number is there."""

from datetime import time, timedelta

import pytest

from domain.commands import CloseSession, CorrectItem
from domain.ports.registers import BirthEntry
from domain.refusals.register_entries import REGISTER_NAME
from domain.rules.register_entries import entries_to_request
from domain.types.document_plan import Register
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court, Room
from tests.workflows.entering import granted, note, register
from tests.workflows.test_register_entries import TWO_DAYS, entered, minutes_of
from tests.workflows.test_void_items import held_with


async def birth(court: Court, name: str) -> Room:
    return await court.summon("birth_declaration", f"prc_{name}")


async def test_a_declared_birth_is_entered_and_its_number_stands_in_the_minutes_without_anybody_noting_it(
    unanchored: Court,
) -> None:
    room = await birth(unanchored, "born")
    play = await granted(room, "born")
    procedure = await until(room, entered)
    host = procedure.hosts[0]
    for outcome in ("declared", "not_declared"):
        assert await code_of(play.say(host, CloseSession, outcome=outcome)) == "outcome_excludes_item"
    await play.close()
    drafted = await room.reaches(Stage.APPROVAL)

    [sent] = register(unanchored, Register.CIVIL).entered.values()
    assert isinstance(sent, BirthEntry)
    said = next(item for item in drafted.agenda if item.code == "A46").values
    assert (sent.name, sent.surnames, sent.born_on.isoformat()) == (said["name"], said["surnames"], said["born_on"])
    assert (sent.born_at, sent.parents[0].id_number) == (time(10, 30), said["parents"][0].get("id_number"))
    assert sent.declarant.id_number == drafted.citizens[0].document_number
    assert sent.document_sha256 == drafted.document(drafted.register_entries[0].document).current.sha256
    assert not register(unanchored).entered, "the register of powers hears nothing of it"
    minutes = await minutes_of(unanchored, drafted)
    assert "RC-000001" in minutes and "La inscripción vale hasta" not in minutes
    assert drafted.outcome == "registered"


async def test_a_register_that_is_down_for_two_days_makes_the_act_end_as_declared_and_enters_it_once(
    unanchored: Court,
) -> None:
    civil = register(unanchored, Register.CIVIL)
    civil.loses_answers = 100_000
    room = await birth(unanchored, "away")
    play = await granted(room, "away")
    host = (await until(room, lambda procedure: bool(procedure.register_entries))).hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="registered")) == "outcome_awaits_entry"
    await play.say(host, CloseSession, outcome="declared")
    for some_time in TWO_DAYS:
        await unanchored.environment.sleep(some_time)
    assert (await room.procedure()).stage is Stage.DRAFTING
    civil.loses_answers = 0
    drafted = await room.reaches(Stage.APPROVAL)

    assert len(civil.entered) == 1 and civil.asked > 10
    told = await events(unanchored, room)
    assert [told.count(f"register_entry_{what}") for what in ("requested", "made", "troubled")] == [1, 1, 0]
    assert [one.code for one in drafted.documents].count("register_receipt") == 1
    assert "RC-000001" in await minutes_of(unanchored, drafted)


async def test_what_the_register_refuses_is_put_right_or_entered_by_hand(unanchored: Court) -> None:
    civil = register(unanchored, Register.CIVIL)
    civil.refuses = REGISTER_NAME
    room = await birth(unanchored, "refused")
    play = await granted(room, "refused")
    refused = await until(room, lambda one: bool(one.register_entries and one.register_entries[0].refused))
    host = refused.hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="registered")) == "outcome_needs_item"
    item = next(one for one in refused.agenda if one.code == "A46")
    await play.say(host, CorrectItem, item=item.id, values={**item.values, "name": "Icía"}, reason="Nombre")
    await play.sign_what_was_written()
    await until(room, lambda one: len(one.register_entries) == 2 and bool(one.register_entries[1].refused))
    await note(room, play, register="Registro Civil", number="2026/77")
    await play.close()
    drafted = await room.reaches(Stage.APPROVAL)

    said = await minutes_of(unanchored, drafted)
    assert drafted.outcome == "registered" and "2026/77" in said
    assert "Se inscribe por otra vía (LRC art. 44.3)" in said and "74.5" not in said


@pytest.mark.parametrize(
    "choice",
    [
        {"term": "late", "born_on": "2026-01-15"},
        {"surname_order": "not_agreed"},
        {"name_admitted": "not_admitted", "name_reason": "Es contrario a la dignidad"},
    ],
)
async def test_a_birth_that_the_law_does_not_let_be_entered_yet_is_not_sent(
    unanchored: Court, choice: dict[str, str]
) -> None:
    civil = register(unanchored, Register.CIVIL)
    room = await birth(unanchored, "not_yet")
    play = Play(room, "not_yet")
    await held_with(room, play, "A46", ("A41",), **choice)
    await unanchored.environment.sleep(timedelta(minutes=1))
    procedure = await room.procedure()
    assert not procedure.register_entries and not any(entries_to_request(procedure)) and not civil.asked
    host = procedure.hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="registered")) == "outcome_needs_item"
    await play.say(host, CloseSession, outcome="declared")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "declared"
