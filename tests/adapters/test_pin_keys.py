"""The key of PINs is changed by an order, and while it is nobody's PIN stops working."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.postgres.database import Database
from adapters.postgres.pins import PinsPostgres
from deploy.pin_keys import OUT, StillOut, retire, rotate
from deploy.place import PROJECT
from domain.codes.key_files import keys_in
from domain.codes.pins import proof_of
from domain.errors import Refusal
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "pin.key"
    file.write_bytes(b"1" * 32)
    return file


def keys(path: Path) -> tuple[bytes, ...]:
    return keys_in(path.read_bytes())


def some_time_passes(path: Path) -> None:
    written = path.stat().st_mtime - OUT.total_seconds()
    os.utime(path, (written, written))


class Desk:
    """Keeps PINs with the keys of a file; what the api does with a typed PIN is done with the key in force."""

    def __init__(self, database: Database, path: Path) -> None:
        self._path = path
        self._pins = PinsPostgres(database, lambda: keys(path))

    async def sent(self, challenge: str) -> str:
        return await self._pins.open(challenge, ProcedureId("prc_1"), ParticipantId("p1"), "identity", LATER)

    async def typed(self, challenge: str, pin: str, attempt: str = "a1", key: bytes | None = None) -> PinAnswer:
        proof = proof_of(key or keys(self._path)[0], challenge, pin)
        return await self._pins.answer(challenge, attempt, proof, NOW)


@pytest.fixture
def desk(database: Database, path: Path) -> Desk:
    return Desk(database, path)


async def test_a_pin_that_is_out_while_the_key_changes_works_once(desk: Desk, path: Path) -> None:
    pin, before = await desk.sent("c1"), keys(path)[0]
    rotate(path)
    rotate(path)

    assert await desk.sent("c1") == pin  # sent again, it is the same one
    assert await desk.typed("c1", pin) == PinAnswer(correct=True, left=2)
    with pytest.raises(Refusal, match="pin_used"):
        await desk.typed("c1", pin, "a2")
    # An api that has not seen the new file yet digests with the key before.
    other = await desk.sent("c2")
    assert (await desk.typed("c2", other, key=before)).correct


async def test_once_the_key_before_has_ended_its_pins_count_no_try_and_another_one_works(
    desk: Desk, path: Path
) -> None:
    pin = await desk.sent("c1")
    rotate(path)
    some_time_passes(path)
    retire(path)

    for attempt in ("a1", "a2", "a3", "a4"):
        with pytest.raises(Refusal, match="pin_expired"):
            await desk.typed("c1", pin, attempt)
    assert (await desk.typed("c2", await desk.sent("c2"))).correct


def test_the_key_before_does_not_end_while_its_pins_are_out(path: Path) -> None:
    rotate(path)
    with pytest.raises(StillOut):
        retire(path)
    assert len(keys(path)) == 2


def test_the_orders_are_given_on_the_command_line(path: Path) -> None:
    env = {**os.environ, "ESTRADO_PIN_KEY_FILE": str(path)}

    def order(what: str) -> int:
        return subprocess.run([sys.executable, "-m", "deploy.pin_keys", what], cwd=PROJECT, env=env).returncode

    first = keys(path)
    assert order("rotate") == 0 and keys(path)[1:] == first
    assert order("retire") == 1 and keys(path)[1:] == first
    some_time_passes(path)
    assert order("retire") == 0 and len(keys(path)) == 1 and keys(path) != first
    assert path.stat().st_mode & 0o077 == 0
