"""LexNET: the promises of the port, kept by the gateway against the simulator and by its twin in memory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.lexnet.http import LexnetHttp
from adapters.memory import MemoryLexnet
from deploy.simulators.troubles import Trouble, order
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.lexnet import LexnetGateway, WaitingMessage
from tests.adapters.delivered import AT, file, package, simulator

MAILBOX = "court-ponte-nova"
NUMBER = "002 Nota con datos.pdf"


@pytest.fixture(params=["memory", "http"])
async def gateway(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LexnetGateway]:
    if request.param == "memory":
        memory = MemoryLexnet()
        message = WaitingMessage(
            id="AC-1", about="prc_1", answers="prc_1.1", kind="executed", sender="", words="", recorded_at=AT, files={}
        )
        memory.put(MAILBOX, message, {"001 Acta.pdf": b"%PDF from abroad"})
        yield memory
    else:
        async with simulator(tmp_path) as http:
            yield http


async def test_a_message_is_filed_once_and_has_the_receipt_of_the_first_time(gateway: LexnetGateway) -> None:
    sent = await package()
    first = await gateway.submit(sent)
    again = await gateway.submit(sent)

    assert first == again
    assert first.message == "prc_1.1" and first.content
    assert first.files == {one.name: one.sha256 for one in sent.files}


async def test_what_is_answered_waits_in_the_mailbox_of_whoever_sent_it_and_of_nobody_else(
    gateway: LexnetGateway,
) -> None:
    await gateway.submit(await package())
    for _ in range(40):
        done = [one for one in await gateway.waiting(MAILBOX, "prc_1") if one.kind == "executed"]
        if done:
            break
        await asyncio.sleep(0.5)
    [name] = done[0].files
    assert (await gateway.fetch(MAILBOX, done[0].id, name)).startswith(b"%PDF")
    assert await gateway.waiting(MAILBOX, "prc_2") == ()
    assert await gateway.waiting("civil-registry-ponte-nova", "prc_1") == ()


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[LexnetHttp]:
    async with simulator(tmp_path) as opened:
        yield opened


async def refused(http: LexnetHttp, *names: str, content: bytes = b"%PDF-1.7 nothing") -> str:
    first, *more = names
    sent = await package(*(file(name, content) for name in more))
    [main, *rest] = sent.files
    with pytest.raises(Refusal) as told:
        await http.submit(sent.but(files=(main.but(name=first), *rest)))
    return told.value.code


async def test_what_annex_iv_forbids_is_refused_from_the_bytes_alone(http: LexnetHttp) -> None:
    assert await refused(http, "Solicitud.pdf") == "lexnet_file_name"
    assert await refused(http, "002 Solicitud.pdf") == "lexnet_file_name"
    assert await refused(http, "001 Solicitud.pdf", "002 Declaracion.mp3") == "lexnet_file_name"
    assert await refused(http, "001 Solicitud.pdf", "002 Foto.jpg") == "lexnet_file_format"
    assert await refused(http, "001 Solicitud.pdf", NUMBER, content=b"%PDF" * 4 * 1024**2) == "lexnet_too_large"

    scan = (await package()).but(files=(file("001 Solicitud.pdf", b"%PDF-1.7 no text"),))
    with pytest.raises(Refusal, match="lexnet_not_text"):
        await http.submit(scan)
    with pytest.raises(Refusal, match="lexnet_recipient_unknown"):
        await http.submit((await package()).but(recipient="somebody"))


async def test_a_receipt_that_is_lost_or_of_something_else_proves_nothing_and_files_nothing_twice(
    http: LexnetHttp, tmp_path: Path
) -> None:
    sent = await package()
    order(tmp_path, Trouble.ANSWER_LOST)
    with pytest.raises(TryAgain):
        await http.submit(sent)
    order(tmp_path, Trouble.WRONG_RECEIPT)
    assert (await http.submit(sent)).message == "another", "whoever asked compares it with what they sent"
    order(tmp_path, Trouble.DOWN)
    with pytest.raises(TryAgain):
        await http.submit(sent)
    assert (await http.submit(sent)).message == sent.message
    assert len(list((tmp_path / "deliveries").iterdir())) == 1


async def test_what_needs_a_translation_comes_back_for_it(http: LexnetHttp) -> None:
    await http.submit(await package(language="french"))
    await asyncio.sleep(1.1)
    assert [one.kind for one in await http.waiting(MAILBOX, "prc_1")] == ["returned"]

    await http.submit(await package(file("002 Traduccion.pdf", b"%PDF-1.7"), message="prc_1.2", language="french"))
    await asyncio.sleep(1.1)
    kinds = [(one.answers, one.kind) for one in await http.waiting(MAILBOX, "prc_1")]
    assert kinds == [("prc_1.1", "returned"), ("prc_1.2", "forwarded")]


async def test_an_installation_without_a_connection_says_so() -> None:
    with pytest.raises(PersonMustAct, match="lexnet_not_set_up"):
        await LexnetHttp("", "").submit(await package())
