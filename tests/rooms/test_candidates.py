"""A browser that names addresses makes the media process send nothing into anybody's house."""

import asyncio
import socket

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from rooms.candidates import IN_A_DESCRIPTION, MOST, Candidates
from rooms.narrowness import Downlink
from rooms.peer import Peer


def line(address: str, protocol: str = "udp", port: int = 9) -> str:
    return f"1 1 {protocol} 2130706431 {address} {port} typ host"


@pytest.mark.parametrize(
    ("address", "everywhere", "on_this_machine"),
    [
        ("8.8.8.8", True, True),
        ("2a00:1450:4003:80d::200e", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("10.0.0.7", False, False),
        ("192.168.1.20", False, False),
        ("100.64.0.1", False, False),
        ("fd00::1", False, False),
        ("::ffff:10.0.0.7", False, False),
        ("64:ff9b::a00:7", False, False),
        ("2002:a00:7::1", False, False),
        ("0.0.0.0", False, False),  # noqa: S104
        ("224.0.0.251", False, False),
        ("db.house.example", False, False),
        ("0123.local", False, False),
    ],
)
def test_media_go_to_the_open_internet_and_in_a_local_stack_to_the_machine_itself(
    address: str, everywhere: bool, on_this_machine: bool
) -> None:
    for loopback, expected in ((False, everywhere), (True, on_this_machine)):
        assert (Candidates(loopback).taken(line(address)) is not None) == expected
        said = f"v=0\r\na=mid:0\r\n{IN_A_DESCRIPTION}{line(address)}\r\na=end-of-candidates\r\n"
        kept = Candidates(loopback).without_others(said)
        assert (address in kept) == expected
        assert kept.startswith("v=0\r\na=mid:0\r\n") and "end-of-candidates" not in kept


@pytest.mark.parametrize("said", ["", "1 1 udp", line("8.8.8.8").replace(" 9 ", " nine ")])
def test_what_is_no_candidate_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="malformed"):
        Candidates(loopback=False).taken(said)


def test_there_is_an_end_to_how_many_are_named_in_whatever_way() -> None:
    named = Candidates(loopback=False)
    named.without_others("".join(f"{IN_A_DESCRIPTION}{line('10.0.0.7', port=9 + n)}\r\n" for n in range(MOST)))
    with pytest.raises(ValueError, match="too many"):
        named.taken(line("8.8.8.8"))


def test_what_every_answer_names_again_is_counted_once() -> None:
    named = Candidates(loopback=False)
    named.without_others(f"{IN_A_DESCRIPTION}{line('8.8.8.8')}\r\n" * 3 * MOST)
    assert named.taken(line("8.8.8.8")) is not None


async def test_nothing_is_sent_to_an_address_of_the_house_that_a_browser_names() -> None:
    peer = Peer(1, loopback=False, downlink=Downlink(), on_change=lambda: None)
    browser = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as inside:
        inside.bind(("127.0.0.1", 0))
        inside.setblocking(False)
        trap = line("127.0.0.1", port=inside.getsockname()[1])
        sdp = await peer.offer()
        assert sdp is not None
        await browser.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="offer"))
        await browser.setLocalDescription(await browser.createAnswer())
        said = [one for one in browser.localDescription.sdp.splitlines() if not one.startswith(IN_A_DESCRIPTION)]
        await browser.close()  # so that nothing but what it has named leads anywhere
        await peer.accept("\r\n".join(said) + "\r\n")
        await peer.add_candidate({"candidate": f"candidate:{trap}"})
        await asyncio.sleep(1.5)
        with pytest.raises(BlockingIOError):
            inside.recv(2048)
    await peer.close()
