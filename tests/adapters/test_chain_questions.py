"""How often a node is asked: whether many proofs still hold is one request, where it takes several questions in one."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web
from temporalio.testing import ActivityEnvironment

from activities.anchoring import LOOKED_AT_AGAIN, Anchoring
from adapters.chain.rpc import Rpc
from adapters.chain.web3 import ChainWeb3
from adapters.memory import MemoryBatches, MemoryTimestamps
from deploy.stack import Stack
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import ChainProof
from settings import Settings

JSON = "application/json"
CONTRACT = "0x" + "ab" * 20


class Counter:
    """Stands before a node and counts the requests that reach it."""

    def __init__(self, node: str) -> None:
        self._node = node
        self.requests = 0
        self.in_place_of_many: web.Response | None = None
        """What it answers to several questions at once, in place of the node."""

    async def pass_on(self, request: web.Request) -> web.Response:
        self.requests += 1
        asked = await request.read()
        if self.in_place_of_many is not None and isinstance(json.loads(asked), list):
            return self.in_place_of_many
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._node, data=asked, headers={"Content-Type": JSON}) as answer,
        ):
            return web.Response(body=await answer.read(), content_type=JSON)


@pytest.fixture
async def counter(servers: Stack, settings: Settings) -> Counter:
    servers.need("anvil")
    return Counter(settings.evm_rpc_url)


@pytest.fixture
async def url(counter: Counter) -> AsyncIterator[str]:
    """Where the counter stands."""
    app = web.Application()
    app.add_routes([web.post("/", counter.pass_on)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def chain(url: str, settings: Settings) -> AsyncIterator[ChainWeb3]:
    chain = ChainWeb3(url, settings.evm_chain_id, None, CONTRACT)
    yield chain
    await chain.close()


@pytest.fixture
async def proof(settings: Settings) -> ChainProof:
    """Of the first block, which every chain has and none replaces."""
    rpc = Rpc(settings.evm_rpc_url, settings.evm_chain_id)
    first = await rpc.call("eth_getBlockByNumber", "0x0", False)
    await rpc.close()
    return ChainProof(block_number=0, block_hash=first["hash"], mined_at=datetime(2026, 11, 26, tzinfo=UTC), content={})


def replaced(proof: ChainProof, number: int) -> ChainProof:
    return proof.but(block_hash=f"0x{number:064x}")


async def test_many_proofs_are_asked_for_at_once(chain: ChainWeb3, counter: Counter, proof: ChainProof) -> None:
    gone = [replaced(proof, number) for number in range(2)]

    assert await chain.replaced([gone[0], *[proof] * 30, gone[1]]) == tuple(gone)

    assert counter.requests == 1


async def test_a_run_asks_once_whether_what_is_anchored_still_is(
    chain: ChainWeb3, counter: Counter, proof: ChainProof
) -> None:
    batches = MemoryBatches()
    for number in range(LOOKED_AT_AGAIN):
        await batches.add_leaf(ProcedureId(f"prc_{number}"), Sha256(f"{number:064x}"))
        closed = await batches.close_batch()
        assert closed is not None
        await batches.keep_proof(closed.name, replaced(proof, 0) if number == 7 else proof)
    run = Anchoring(batches, chain, MemoryTimestamps())

    found = await ActivityEnvironment().run(run.find_unanchored_batch)

    assert found is not None
    assert found.procedures == ("prc_7",)
    assert counter.requests == 1


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=400),
        web.json_response({"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no batches here"}}),
        web.json_response([]),
    ],
)
async def test_a_node_that_takes_one_question_at_a_time_is_asked_so(
    chain: ChainWeb3, counter: Counter, proof: ChainProof, answer: web.Response
) -> None:
    counter.in_place_of_many = answer
    gone = replaced(proof, 0)

    assert await chain.replaced([proof, gone]) == (gone,)


@pytest.mark.parametrize(
    "text", ["nothing that a node says", '["words"]', "[1, 2]", '[{"id": 1}, {"id": 2}]', '[{"id": 1}, {"id": "x"}]']
)
async def test_words_that_are_no_answer_are_asked_for_again_later(
    chain: ChainWeb3, counter: Counter, proof: ChainProof, text: str
) -> None:
    counter.in_place_of_many = web.Response(text=text, content_type=JSON)

    with pytest.raises(TryAgain):
        await chain.replaced([proof])


async def test_an_error_of_one_answer_is_no_word_about_its_proof(
    chain: ChainWeb3, counter: Counter, settings: Settings, proof: ChainProof
) -> None:
    counter.in_place_of_many = web.json_response(
        [
            {"jsonrpc": "2.0", "id": 1, "result": hex(settings.evm_chain_id)},
            {"jsonrpc": "2.0", "id": 2, "error": {"code": -32005, "message": "too many requests"}},
        ]
    )

    with pytest.raises(TryAgain, match="too many requests"):
        await chain.replaced([proof])


async def test_a_node_of_another_chain_says_nothing_about_a_proof(
    url: str, counter: Counter, settings: Settings, proof: ChainProof
) -> None:
    elsewhere = ChainWeb3(url, settings.evm_chain_id + 1, None, CONTRACT)
    try:
        with pytest.raises(PersonMustAct) as refused:
            await elsewhere.replaced([proof])
    finally:
        await elsewhere.close()
    assert refused.value.code == "wrong_chain"
