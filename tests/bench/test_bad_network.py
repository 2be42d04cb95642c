"""The bad network does to calls what it says: what it loses there is not done, what it loses back is done unseen."""

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from bench.bad_network.network import CHANCES, FATES, BadlyConnected, Fate, Network
from bench.regional.interface import Interface, connected
from conformance.samples import Sample
from domain.codes.webhook_signatures import secret_text

SECRET = secret_text(b"n" * 32)


class OneFate(Network):
    def __init__(self, fate: Fate) -> None:
        super().__init__(0)
        self._fate: Fate = fate

    def fate(self, of: Counter[Fate]) -> tuple[Fate, float]:
        of[self._fate] += 1
        return self._fate, 0.01


@pytest.fixture
async def system(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BadlyConnected]:
    system = BadlyConnected(OneFate(request.param), Interface(connected("http://127.0.0.1:9", "k")), tmp_path)
    system.secret = SECRET
    await system.open()
    yield system
    await system.close()


def test_a_tenth_is_lost_a_tenth_doubled_and_a_tenth_late() -> None:
    network, drawn = Network(7), 20_000
    late = [seconds for _ in range(drawn) if (seconds := network.fate(network.calls)[1])]

    for fate, chance in zip(FATES, CHANCES, strict=True):
        assert abs(network.calls[fate] / drawn - chance) < 0.01, fate
    assert len(late) == network.calls["delayed"]


@pytest.mark.parametrize(
    ("system", "answered", "kept", "repeated"),
    [
        ("passed", 204, 1, 0),
        ("delayed", 204, 1, 0),
        ("doubled", 204, 1, 1),
        ("lost_there", 0, 0, 0),
        ("lost_back", 0, 1, 0),
    ],
    indirect=["system"],
)
async def test_what_becomes_of_a_message(system: BadlyConnected, answered: int, kept: int, repeated: int) -> None:
    sample = Sample("session.opened", 1, "prc_1", int(time.time()))
    status = 0
    with suppress(aiohttp.ClientError):
        async with (
            aiohttp.ClientSession() as session,
            session.post(system.address, data=sample.body, headers=sample.signed(SECRET)) as answer,
        ):
            status = answer.status

    assert (status, len(system.inbox.messages), system.inbox.repeated) == (answered, kept, repeated)
