"""Papers that people bring: taken in with a receipt, or refused with the reason, which the journal keeps."""

import asyncio
import json
from datetime import timedelta

import pytest

from activities.bundle_parts import core_parts
from domain.commands import DepositDocument
from domain.errors import Refusal
from domain.files import LONGEST_ATTEMPT, LONGEST_DEPOSIT
from evidence.parts import DocumentKind
from rehearsal.acting import Play
from tests.workflows.court import Court
from tests.workflows.runs import runs_of


async def test_a_file_that_is_refused_leaves_its_reason_in_the_journal_and_nothing_in_the_file(court: Court) -> None:
    room = await court.summon("conciliation", "prc_program")
    play = Play(room, "program")
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    raw = await room.upload(b"MZ not a paper")

    with pytest.raises(Refusal, match="file_type_unknown"):
        await play.say(person, DepositDocument, raw=(raw,), code="exhibit", title="Papel", depositor=person.id)

    procedure = await room.procedure()
    last = (await court.installation.journal.read(procedure.id))[-1]
    assert (last.type, last.content["reason"]) == ("document_refused", "file_type_unknown")
    assert procedure.documents == ()


async def test_papers_brought_at_the_same_moment_get_numbers_of_their_own(court: Court) -> None:
    room = await court.summon("conciliation", "prc_many")
    play = Play(room, "many")
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    papers = [await room.upload(f"paper {n}".encode()) for n in range(6)]

    await asyncio.gather(
        *(
            play.say(person, DepositDocument, raw=(raw,), code="exhibit", title="Papel", depositor=person.id)
            for raw in papers
        )
    )

    documents = (await room.procedure()).documents
    assert [document.id for document in documents] == ["d1", "d2", "d3", "d4", "d5", "d6"]
    assert {document.original.sha256 for document in documents} == {raw.sha256 for raw in papers}


async def test_what_was_brought_stands_in_the_journal_with_its_own_hash(court: Court) -> None:
    room = await court.summon("conciliation", "prc_brought")
    play = Play(room, "brought")
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    raw = tuple([await room.upload(f"page {n}".encode()) for n in range(2)])

    await play.say(person, DepositDocument, raw=raw, code="exhibit", title="Papel", depositor=person.id)

    procedure = await room.procedure()
    entry = (await court.installation.journal.read(procedure.id))[-1]
    assert [file.content.sha256 for file in procedure.documents[0].brought] == [one.sha256 for one in raw]
    assert {one.sha256 for one in raw} < set(json.loads(entry.line)["subjects"])
    here = court.installation
    parts = await core_parts(procedure, await here.journal.read(procedure.id), here.vault, here.keys, certificates={})
    kept = {document.sha256: document.content for document in parts.documents if document.kind is DocumentKind.BROUGHT}
    assert kept == {one.sha256: f"page {n}".encode() for n, one in enumerate(raw)}


async def test_a_refusal_names_the_file_that_is_wrong(court: Court) -> None:
    room = await court.summon("conciliation", "prc_second")
    play = Play(room, "second")
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    good, bad = await room.upload(b"good"), await room.upload(b"MZ bad")

    with pytest.raises(Refusal) as refused:
        await play.say(person, DepositDocument, raw=(good, bad), code="exhibit", title="Papel", depositor=person.id)

    assert refused.value.params == {"part": 2}
    last = (await court.installation.journal.read((await room.procedure()).id))[-1]
    assert (last.content["raw"]["sha256"], last.content["part"]) == (bad.sha256, 2)


async def test_a_deposit_has_the_time_that_taking_it_in_may_take(court: Court) -> None:
    """Given up earlier, it would be begun anew for ever, and the person told that a system outside does not answer."""
    room = await court.summon("conciliation", "prc_patience")
    play = Play(room, "patience")
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    raw = await room.upload(b"paper")
    await play.say(person, DepositDocument, raw=(raw,), code="exhibit", title="Papel", depositor=person.id)

    asked = [one.activity_task_scheduled_event_attributes for run in await runs_of(court, room) for one in run]
    [order] = [one for one in asked if one.activity_type.name == "take_in_document"]
    assert order.start_to_close_timeout.ToTimedelta() == timedelta(seconds=LONGEST_ATTEMPT)
    assert order.schedule_to_close_timeout.ToTimedelta() == timedelta(seconds=LONGEST_DEPOSIT)
