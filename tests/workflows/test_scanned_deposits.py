"""What the malware scanner says of what is brought: harm stays out, anything else stands on the document."""

import pytest

from adapters.memory import MemoryScanner
from adapters.memory.scanner import EICAR
from domain.commands import DepositDocument
from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.types.vocabulary import MalwareScan, Stage
from rehearsal.acting import Play
from tests.workflows.abroad import request
from tests.workflows.court import Court, Room


def scanner_of(court: Court) -> MemoryScanner:
    scanner = court.installation.scanner
    assert isinstance(scanner, MemoryScanner)
    return scanner


async def deposited(court: Court, name: str, *parts: bytes) -> tuple[Room, Procedure]:
    room = await court.summon("conciliation", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    person = (await room.procedure()).citizens[0]
    raw = tuple([await room.upload(part) for part in parts])
    await play.say(person, DepositDocument, raw=raw, code="exhibit", title="Papel", depositor=person.id)
    return room, await room.procedure()


async def test_a_harmful_file_stays_out_and_is_called_by_its_name(court: Court) -> None:
    with pytest.raises(Refusal) as refused:
        await deposited(court, "harmful", b"good", b"%PDF " + EICAR)
    assert (refused.value.code, refused.value.params) == (
        "file_has_malware",
        {"part": 2, "found": "Eicar-Test-Signature"},
    )


@pytest.mark.parametrize(("answers", "said"), [(True, MalwareScan.CLEAN), (False, MalwareScan.NO_ANSWER)])
async def test_what_came_of_looking_stands_on_each_file(court: Court, answers: bool, said: MalwareScan) -> None:
    scanner_of(court).answers = answers
    _, procedure = await deposited(court, f"looked_{said.value}", b"one", b"two")
    assert [file.scan for file in procedure.documents[0].brought] == [said, said]


async def test_harm_in_an_answer_of_another_authority_is_kept_unread_and_says_so(court: Court) -> None:
    asked = await request(court, "harm")
    await asked.sent()
    await asked.answer("executed", files={"001 Acta.pdf": b"%PDF " + EICAR, "002 Acta.pdf": b"%PDF good"})
    answered = await asked.room.reaches(Stage.ANSWERED)
    assert answered.cooperation is not None
    [answer] = answered.cooperation.answers
    harmful, good = (answered.document(document) for document in answer.documents)
    assert answer.unreadable == ("001 Acta.pdf",)
    assert ([file.scan for file in harmful.brought], harmful.has_copy) == ([MalwareScan.FOUND], False)
    assert ([file.scan for file in good.brought], good.has_copy) == ([MalwareScan.CLEAN], True)
