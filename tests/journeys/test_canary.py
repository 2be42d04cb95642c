"""A life certificate of somebody with an unmistakable name: afterwards the name is looked for where it must not be."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web3 import Web3

from bench.real_room import RealRoom
from domain.commands import FillItem, InterruptProcedure, OpenItem, ResumeProcedure
from domain.events.summons import ProcedureRequested
from domain.ids import ProcedureId
from domain.types.vocabulary import InterruptionCause, Side, Stage, Verb
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.journeys.conftest import House, WorkerProcess

MARK = "Zqxcanary"
NAME = f"{MARK}name Ñandú Quiñones"
MAIL = f"{MARK.lower()}mail@correo.example"
WORDS = f"{MARK}words: vive con su hermana"
ID_NUMBER = "48213907L"
MOBILE = "+34699731584"
BIRTH = "1931-07-29"

OPEN_TO_WHOM_IT_CONCERNS = ("mail", "sms")
"""Folders of the local stack that stand for a person's own mailbox and telephone."""


def needles() -> set[bytes]:
    """Every canary as text in any case, in UTF-16, in hexadecimal and in base64 at each of its three offsets."""
    found: set[bytes] = set()
    for word in (MARK, MARK.lower(), MARK.upper(), ID_NUMBER, MOBILE.removeprefix("+"), BIRTH):
        raw = word.encode()
        found |= {raw, word.encode("utf-16-le"), word.encode("utf-16-be")}
        found |= {raw.hex().encode(), raw.hex().upper().encode()}
        for shift in range(3):
            # The first and last letters depend on the neighbours of the word: what is between them does not.
            encoded = base64.b64encode(b"\0" * shift + raw)
            found.add(encoded[(0, 2, 3)[shift] : -4])
    return found


def hits(content: bytes) -> set[bytes]:
    return {needle for needle in needles() if needle in content}


def files_of(var: Path) -> Iterator[Path]:
    """Every file of the stack but the mailbox and the telephone."""
    for path in sorted(var.rglob("*")):
        private = path.relative_to(var).parts[0] in OPEN_TO_WHOM_IT_CONCERNS
        if path.is_file() and not private:
            yield path


def request_of(house: House, id: str) -> ProcedureRequested:
    """A life certificate for the person whom nobody could mistake."""
    asked = house.asked("life_certificate", id)
    role_of = asked.resolved_type.procedure.role
    people = tuple(
        person.but(name=NAME, email=MAIL, mobile=MOBILE, document_number=ID_NUMBER, birth_date=BIRTH)
        if role_of(person.role).side is Side.CITIZEN
        else person
        for person in asked.participants
    )
    return asked.but(participants=people)


async def held(house: House, id: str) -> tuple[RealRoom, ProcedureId]:
    """With canaries in the agenda and in the note of an interruption too."""
    asked = request_of(house, id)
    room = await RealRoom.summon(house.client, house.installation, house.settings.sms_outbox_dir, asked)
    play = Play(room, id)
    await play.arrive()
    await play.enter()
    await play.identify()
    for first in (await room.procedure()).agenda[:2]:
        await play.deal_with(first)
    procedure = await room.procedure()
    host = procedure.hosts[0]
    item = next(item for item in procedure.agenda if procedure.type.item(item.code).verb is Verb.DECLARE)
    kind = procedure.type.item(item.code)
    values = plausible_values(kind, procedure, item)
    texts = {field.name: WORDS for field in kind.fields if field.kind.value in ("text", "line") and field.required}
    assert texts
    await play.say(host, OpenItem, item=item.id)
    await play.say(host, InterruptProcedure, cause=InterruptionCause.OTHER, must_act="office", note=WORDS)
    await play.identify()
    await play.say(host, ResumeProcedure)
    await play.say(host, FillItem, item=item.id, values={**values, **texts}, done=True)
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    await room.reaches(Stage.CLOSED)
    return room, procedure.id


@pytest.mark.timeout(240)
async def test_no_personal_datum_is_readable_in_the_engine_the_logs_the_stores_or_on_the_chain(
    house: House, worker: WorkerProcess
) -> None:
    room, procedure = await held(house, "prc_canary")
    worker.kill()

    journal = "".join(str(entry.content) for entry in await house.installation.journal.read(procedure))
    assert all(word in journal for word in (NAME, MAIL, ID_NUMBER, MOBILE, BIRTH, WORDS)), "the canaries never sang"

    looked_at = list(files_of(house.stack.var))
    names = {path.name for path in looked_at}
    assert {"temporal.sqlite", "worker-of-journeys.log"} <= names
    assert {str(path): found for path in looked_at if (found := hits(readable(path)))} == {}
    assert hits(b"\n".join([message async for message in engine_words(house, room)])) == set()
    assert hits(repr(everything_on_chain(house.settings.evm_rpc_url)).encode()) == set()


def readable(path: Path) -> bytes:
    """The file's bytes and its name; nothing when a running server has just taken it away."""
    try:
        return path.read_bytes() + str(path).encode()
    except FileNotFoundError:
        return b""


async def engine_words(house: House, room: RealRoom) -> Any:
    """What the engine tells any operator: lists, descriptions with their search attributes, the raw history."""
    async for listed in house.client.list_workflows():
        yield listed.raw_info.SerializeToString()
        yield listed.id.encode()
    yield (await room.handle.describe()).raw_description.SerializeToString()
    async for event in room.handle.fetch_history_events():
        yield event.SerializeToString()


def everything_on_chain(rpc_url: str) -> list[Any]:
    """Every transaction with its call data, and every log."""
    web3 = Web3(Web3.HTTPProvider(rpc_url))
    blocks = [web3.eth.get_block(number, full_transactions=True) for number in range(web3.eth.block_number + 1)]
    transactions: list[Any] = [sent for block in blocks for sent in block["transactions"]]
    assert transactions
    inputs = [bytes(sent["input"]) for sent in transactions]
    return [*map(str, transactions), *inputs, *map(str, web3.eth.get_logs({"fromBlock": 0}))]


@pytest.mark.parametrize("form", [str.encode, lambda word: base64.b64encode(b"in " + word.encode() + b" a sentence")])
@pytest.mark.parametrize("word", [NAME, MAIL, WORDS, ID_NUMBER, MOBILE, BIRTH])
def test_the_search_finds_a_canary_that_was_put_somewhere(tmp_path: Path, word: str, form: Any) -> None:
    (tmp_path / "log").mkdir()
    scratch = tmp_path / "log" / "scratch.bin"
    scratch.write_bytes(b"\x00\x01before " + form(word) + b" after\xff")

    assert [path for path in files_of(tmp_path) if hits(readable(path))] == [scratch]
