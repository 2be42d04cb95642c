"""Papers that people bring: taken in with a receipt, or refused with the reason, which the journal keeps."""

import asyncio

import pytest

from domain.commands import DepositDocument
from domain.errors import Refusal
from rehearsal.acting import Play
from tests.workflows.court import Court


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
