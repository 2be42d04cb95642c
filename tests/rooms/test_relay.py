"""Media over a relay: by UDP, TCP and TLS, from a network that lets out no UDP, and with what it was given alone."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.relay import Relay, relay_at
from tests.rooms.relays import Network, behind, may_make_networks, network_without_udp

pytestmark = pytest.mark.live_media

LONG_ENOUGH = 15
NOT_COMING = 6


def figure(words: str) -> None:
    """For whoever runs the tests with `-s`."""
    sys.stdout.write(f"{words}\n")


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with relay_at(tmp_path / "relay", "127.0.0.1") as relay:
        yield relay


@pytest.fixture
def blocked() -> Iterator[Network]:
    if not may_make_networks():
        pytest.skip("needs root, to make a network")
    with network_without_udp(7) as network:
        yield network


@pytest.mark.parametrize("way", ["udp", "tcp", "tls"])
async def test_whoever_may_only_use_the_relay_is_seen_and_sees(
    own_house: House, relay: Relay, person: Callable[..., Person], way: str
) -> None:
    clerk = person(own_house, seed=1)
    await clerk.join(own_house.token("clerk"))
    told = {"url": own_house.url, "token": own_house.token("citizen"), "sees": "clerk", "seconds": LONG_ENOUGH}
    seen = await behind(None, relay, relay=relay.server(way), **told)
    figure(f"relay over {way}: first frame after {seen['first_frame_s']} s")
    assert seen["frames"] >= 30
    assert seen["sent_over"] == ["relay"], "an address of their own was shown"
    assert clerk.seen, "nothing came the other way"


async def test_no_udp_gets_out_and_the_relay_carries_it_all_the_same(
    blocked: Network, tmp_path: Path, person: Callable[..., Person]
) -> None:
    house = House(tmp_path, host=blocked.here)
    house.start()
    try:
        with relay_at(tmp_path / "relay", blocked.here) as relay:
            clerk = person(house, seed=1)
            await clerk.join(house.token("clerk"))

            async def comes(way: str | None, seconds: int) -> float | None:
                told = {"url": house.url, "token": house.token("citizen"), "sees": "clerk", "seconds": seconds}
                seen = await behind(blocked, relay, relay=relay.server(way) if way else None, **told)
                first: float | None = seen["first_frame_s"]
                figure(f"UDP blocked, {way or 'no relay'}: {seen['frames']} frames, first after {first} s")
                return first

            assert await comes(None, NOT_COMING) is None
            assert await comes("udp", NOT_COMING) is None
            for way in ("tcp", "tls"):
                first = await comes(way, LONG_ENOUGH)
                assert first is not None and first < LONG_ENOUGH / 2
    finally:
        house.stop()


async def test_credentials_that_have_ended_open_nothing(
    own_house: House, relay: Relay, person: Callable[..., Person]
) -> None:
    clerk = person(own_house, seed=1)
    await clerk.join(own_house.token("clerk"))
    for wrong in (
        relay.server("tcp", -timedelta(seconds=5)),
        {**relay.server("tcp"), "credential": "AAAA"},
        {**relay.server("tcp"), "username": "9999999999:somebody"},
    ):
        told = {"url": own_house.url, "token": own_house.token("citizen"), "sees": "clerk", "seconds": 3}
        assert (await behind(None, relay, relay=wrong, **told))["frames"] == 0
