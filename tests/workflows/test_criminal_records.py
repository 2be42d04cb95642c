"""A hearing asks for a criminal record, goes on, and gets it: once, from whom the law says, for whom the law says."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.memory import MemoryJournal
from deploy.resume import resume
from domain.commands import AskCriminalRecord, PresentDocument
from domain.ids import ProcedureId
from domain.procedure.criminal_records import TCN
from domain.types.vocabulary import Stage
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court, Room, open_court
from tests.workflows.records import (
    SECRET,
    answer,
    answered,
    ask,
    convicted,
    exchange,
    finish,
    hearing,
    holding,
    reply,
    waiting_for,
)


async def test_a_hearing_gets_a_record_while_it_goes_on(court: Court) -> None:
    room, play = await hearing(court, "record")
    request = await ask(room, play)
    assert [one.authority for one in request.messages] == ["ES", "PT"]
    assert [one.id for one in request.messages] == ["prc_record.cr1.ES", "prc_record.cr1.PT"]
    for item in (await room.procedure()).agenda[4:6]:
        await play.deal_with(item)
    answer(court, request, "ES")
    answer(court, request, "PT", **convicted("Tribunal de Braga"))
    now = await answered(court, room, authorities=2)
    (kept,) = [document for document in now.standing() if document.readers]
    assert kept.readers == ("judge", "clerk", "prosecutor")
    pdf = await court.installation.vault.get(now.id, kept.original)
    assert SECRET in pdf.decode("utf-8", "replace")
    assert now.item(request.item).values["received"] is True
    assert sorted(question.authority for question in exchange(court).asked) == ["ES", "PT"]

    witness = now.citizens[0]
    shown = play.say(now.hosts[0], PresentDocument, document=kept.id, to=(witness.id,))
    assert await code_of(shown) == "document_reserved"
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    lines = await journal.read(now.id)
    assert SECRET not in repr([(line.line, line.content) for line in lines]), "what a record says is in no event"


async def test_an_answer_after_a_recess_is_taken_too(court: Court) -> None:
    room, play = await hearing(court, "recess")
    request = await ask(room, play)
    answer(court, request, "ES")
    await play.interrupt()
    answer(court, request, "PT")
    assert (await answered(court, room, authorities=2)).stage is Stage.INTERRUPTED
    await play.resume()
    assert "criminal_record_written" in await events(court, room)


async def test_whoever_is_of_no_member_state_is_asked_for_where_the_central_system_says(court: Court) -> None:
    room, play = await hearing(court, "central")
    request = await ask(room, play, nationalities="MA", birth_country="MA")
    assert [one.authority for one in request.messages] == ["ES", TCN]
    answer(court, request, "ES")
    answer(court, request, TCN, **holding("FR", "DE", "ES", "XX"))
    answer(court, request, "FR", **convicted("Tribunal de Lyon"))
    answer(court, request, "DE")
    now = await answered(court, room, authorities=3)
    assert now.criminal_records is not None
    asked = [one.authority for one in now.criminal_records.requests[0].messages]
    assert asked == ["ES", TCN, "FR", "DE"], "each state once, and no code that is none"


@pytest.fixture
async def court_for_weeks() -> AsyncIterator[Court]:
    """One in which nothing is anchored: a batch every ten minutes would make weeks long."""
    async with open_court(batches_every=None) as opened:
        yield opened


async def test_a_term_of_the_law_that_passes_is_told_and_decides_nothing(court_for_weeks: Court) -> None:
    court = court_for_weeks
    room, play = await hearing(court, "late")
    request = await ask(room, play)
    answer(court, request, "ES")
    await answered(court, room, authorities=1)
    due = next(one.due_at for one in request.messages if one.authority == "PT")
    assert timedelta(days=14) <= due - request.messages[0].asked_at <= timedelta(days=18)
    for _ in range(19):
        await court.environment.sleep(timedelta(days=1))
    now = await until(room, _overdue)
    assert now.stage is Stage.IN_SESSION
    answer(court, request, "PT")
    await court.environment.sleep(timedelta(hours=2))
    await answered(court, room, authorities=2)
    assert (await events(court, room)).count("criminal_record_overdue") == 1


def _overdue(now: object) -> bool:
    records = getattr(now, "criminal_records", None)
    return records is not None and any(one.overdue for one in records.requests[0].messages)


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"surnames": "Otra Persona"}, "record_reply_about_another_person"),
        ({"message": "prc_other.cr1.PT"}, "record_reply_to_another_question"),
        (None, "record_reply_unreadable"),
    ],
)
async def test_an_answer_of_no_use_is_set_aside_and_a_fit_one_is_taken(
    court: Court, changes: dict[str, str] | None, trouble: str
) -> None:
    room, play = await hearing(court, "unfit")
    request = await ask(room, play)
    answer(court, request, "ES")
    unfit = reply(request, "prc_unfit.cr1.PT", "PT").but(**(changes or {})).model_dump_json().encode()
    exchange(court).answers["prc_unfit.cr1.PT"] = unfit if changes else b"<Record"
    await answered(court, room, authorities=1)
    now = await until(room, lambda now: bool(_troubles(now)))
    assert _troubles(now) == [trouble]
    answer(court, request, "PT")
    await court.environment.sleep(timedelta(minutes=20))
    await answered(court, room, authorities=2)
    assert (await events(court, room)).count("criminal_record_unfit") == 1


async def test_an_authority_that_sends_other_nonsense_each_time_is_told_of_once(court: Court) -> None:
    room, play = await hearing(court, "nonsense")
    request = await ask(room, play)
    answer(court, request, "ES")
    exchange(court).answers["prc_nonsense.cr1.PT"] = b"<Record 0"
    await answered(court, room, authorities=1)
    await until(room, lambda now: bool(_troubles(now)))
    for said in range(1, 6):
        exchange(court).answers["prc_nonsense.cr1.PT"] = b"<Record %d" % said
        await court.environment.sleep(timedelta(minutes=12))
    assert (await events(court, room)).count("criminal_record_unfit") == 1


def _troubles(now: object) -> list[str]:
    records = getattr(now, "criminal_records", None)
    return [one.trouble for one in records.requests[0].messages if one.trouble] if records else []


async def test_a_register_that_is_down_holds_nothing_up(court: Court) -> None:
    room, play = await hearing(court, "down")
    exchange(court).down.add("PT")
    request = await ask(room, play)
    answer(court, request, "ES")
    await answered(court, room, authorities=1)
    for item in (await room.procedure()).agenda[4:6]:
        await play.deal_with(item)
    exchange(court).down.clear()
    answer(court, request, "PT")
    await court.environment.sleep(timedelta(minutes=20))
    await answered(court, room, authorities=2)


async def test_what_has_not_come_when_the_act_ends_is_waited_for_no_more(court: Court) -> None:
    room, play = await hearing(court, "left")
    request = await ask(room, play)
    answer(court, request, "ES")
    await answered(court, room, authorities=1)
    await finish(room, play, request)
    for item in (await room.procedure()).agenda[3:-1]:
        await play.deal_with(item)
    await play.close()
    now = await room.reaches(Stage.APPROVAL)
    assert now.criminal_records is not None
    assert now.criminal_records.requests[0].left and not now.criminal_records.waiting()
    await waiting_for(room)
    answer(court, request, "PT")
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert closed.criminal_records is not None
    assert closed.criminal_records.requests[0].reported == 1


async def test_weeks_later_another_run_waits_for_the_same_answers(court_for_weeks: Court) -> None:
    court, client = court_for_weeks, court_for_weeks.environment.client
    room, play = await hearing(court, "next_run")
    request = await ask(room, play)
    await until(room, lambda now: len(exchange(court).asked) == 2)
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    await room.handle.terminate()
    await court.environment.sleep(timedelta(days=30))
    assert await resume(client, journal, ProcedureId("prc_next_run"), "")
    next_run = Room(court, client.get_workflow_handle(room.handle.id))
    await court.environment.sleep(timedelta(seconds=5))
    await until(next_run, _overdue)
    for authority in ("ES", "PT"):
        answer(court, request, authority)
    await answered(court, next_run, authorities=2)
    assert sorted(one.message for one in exchange(court).asked) == [one.id for one in request.messages]


async def test_the_same_point_asks_once_and_no_other_point_asks(court: Court) -> None:
    room, play = await hearing(court, "once")
    request = await ask(room, play)
    now = await room.procedure()
    again = play.say(now.hosts[0], AskCriminalRecord, item=request.item)
    assert await code_of(again) == "record_already_asked"
    elsewhere = play.say(now.hosts[0], AskCriminalRecord, item=now.agenda[0].id)
    assert await code_of(elsewhere) == "record_not_asked_here"
    stranger = play.say(now.citizens[0], AskCriminalRecord, item=request.item)
    assert await code_of(stranger) == "host_only"
