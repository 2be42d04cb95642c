"""The process itself: it writes no file, keeps its socket to itself, survives nonsense and stops politely."""

import asyncio
import contextlib
import json
import os
import stat
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from bench.rooms.house import House
from bench.rooms.person import Person


def health(house: House) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=5) as answer:
        return dict(json.load(answer))


def inside(house: House) -> float:
    """How many people, by what the process shows to its operators alone."""
    with urllib.request.urlopen(f"http://127.0.0.1:{house.metrics_port}/metrics", timeout=5) as answer:
        shown = answer.read().decode()
    return float(next(line.split()[1] for line in shown.splitlines() if line.startswith('estrado_rooms{of="people"}')))


def file_size_limits(house: House) -> list[str]:
    """The soft and the hard limit of what the process may write to one file."""
    limits = Path(f"/proc/{house.pid}/limits").read_text()
    (file_size,) = [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")]
    return file_size


def open_regular_files(house: House) -> list[str]:
    """Regular files that the process holds open for writing."""
    held = []
    for link in Path(f"/proc/{house.pid}/fd").iterdir():
        # A descriptor may be closed while we look.
        with contextlib.suppress(FileNotFoundError):
            flags = int(Path(f"/proc/{house.pid}/fdinfo/{link.name}").read_text().split("flags:")[1].split()[0], 8)
            if stat.S_ISREG(link.stat().st_mode) and flags & (os.O_WRONLY | os.O_RDWR):
                held.append(str(link.readlink()))
    return held


async def test_a_call_leaves_no_byte_on_the_disk_and_the_kernel_forbids_it(
    house: House, person: Callable[..., Person]
) -> None:
    before = sorted(house.directory.rglob("*"))
    clerk, citizen = person(house, seed=1), person(house, seed=2)
    await clerk.join(house.token("clerk"))
    await citizen.join(house.token("citizen"))
    await clerk.sees("citizen", frames=20)
    await house.client.grab_still(house.room, "citizen")

    assert file_size_limits(house) == ["0", "0"]
    assert health(house)["can_write_files"] is False
    assert open_regular_files(house) == []
    assert sorted(house.directory.rglob("*")) == before


async def test_only_the_owner_of_the_process_can_command_it(house: House) -> None:
    assert stat.S_IMODE(house.socket.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "first",
    [
        "",
        "{",
        "[]",
        '{"type":"leave"}',
        '{"type":"join"}',
        '{"type":"join","token":"a.b"}',
        "\u00e1" * 5000,
        "[" * 50_000,
    ],
)
async def test_nonsense_at_the_door_is_refused(house: House, first: str) -> None:
    async with ClientSession() as session, session.ws_connect(house.url) as socket:
        await socket.send_str(first)
        answer = await socket.receive(timeout=5)
        assert answer.type is WSMsgType.TEXT and json.loads(answer.data)["type"] == "refused"


async def test_a_broken_answer_ends_one_connection_and_disturbs_nobody(
    house: House, person: Callable[..., Person]
) -> None:
    clerk, citizen = person(house, seed=1), person(house, seed=2)
    await clerk.join(house.token("clerk"))
    await citizen.join(house.token("citizen"))
    await clerk.sees("citizen")
    for sdp in ("", "v=0", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\n", "\x00" * 100):
        async with ClientSession() as session, session.ws_connect(house.url) as socket:
            await socket.send_json({"type": "join", "token": house.token("broken")})
            while json.loads((await socket.receive(timeout=5)).data)["type"] != "offer":
                pass
            await socket.send_json({"type": "answer", "sdp": sdp})
            async with asyncio.timeout(5):
                while json.loads((await socket.receive()).data).get("reason") != "protocol":
                    pass
    await clerk.sees("citizen", frames=10)
    assert inside(house) == 2
    assert health(house).keys() == {"status", "can_write_files"}  # strangers learn no numbers


async def test_a_command_that_makes_no_sense_is_answered(house: House) -> None:
    reader, writer = await asyncio.open_unix_connection(house.socket)
    for line in (b"nonsense\n", b'{"command":"explode"}\n', b'{"command":"admit"}\n'):
        writer.write(line)
        assert json.loads(await reader.readline()) == {"refused": "malformed"}
    writer.close()


async def test_a_polite_stop_tells_everybody_and_logs_no_failure(
    own_house: House, person: Callable[..., Person]
) -> None:
    clerk, citizen = person(own_house, seed=1), person(own_house, seed=2)
    await clerk.join(own_house.token("clerk"))
    await citizen.join(own_house.token("citizen"))
    await clerk.sees("citizen")
    log = await asyncio.to_thread(own_house.stop)
    assert (await citizen.hears("closed"))["reason"] == "stopping"
    assert "Traceback" not in log and "ERROR" not in log
    assert not own_house.socket.exists()


@pytest.mark.parametrize(
    ("origin", "answered"), [("https://evil.example", False), ("null", False), ("http://127.0.0.1:8000", True)]
)
async def test_pages_of_other_hosts_open_no_line(house: House, origin: str, answered: bool) -> None:
    async with ClientSession() as session:
        if answered:
            async with session.ws_connect(house.url, origin=origin) as socket:
                assert not socket.closed
            return
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(house.url, origin=origin)
        assert refused.value.status == 403
