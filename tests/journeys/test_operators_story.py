"""What docs/operations.md tells an operator to type is typed here, as it stands there, on a working installation."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.place import PROJECT
from domain.types.vocabulary import Stage
from tests.journeys.conftest import House, WorkerProcess

PAGE = (PROJECT / "docs" / "operations.md").read_text("utf-8")
TOLD = re.compile(r"(?:^ {4}|`)((?:python -m|temporal) [^`#\n]+)", re.MULTILINE)

ELSEWHERE = {
    "python -m api": "a process, not an order",
    "python -m rooms": "a process, not an order",
    "python -m rooms.sidecar": "a process, not an order",
    "python -m deploy.network_scanner": "a process, not an order",
    "python -m deploy.versions current": "tests/deploy/test_versions.py",
    "python -m deploy.backup restore FOLDER": "tests/journeys/test_restore.py",
    "python -m evidence verify": "tests/evidence",
    "python -m evidence verify FILE --trust FOLDER": "tests/journeys/test_restore.py",
    "python -m evidence verify act.zip --trust FOLDER --renewals FOLDER/act": "tests/evidence/test_renewals.py",
    "python -m evidence strokes FILE --keys FOLDER --out FOLDER": "tests/evidence/test_strokes.py",
    "python -m adapters.postgres.key_custody destroy PROCEDURE --again PROCEDURE --by WHO --why DECISION": (
        "cannot be undone: tests/adapters"
    ),
    "python -m adapters.postgres.key_custody destroy-recording PROCEDURE --again PROCEDURE --by WHO --why DECISION": (
        "as the one before"
    ),
    "python -m deploy.code_keys retire": "refuses while codes are out: tests/adapters/test_code_keys.py",
    "python -m deploy.pin_keys retire": "refuses while PINs may be out: tests/adapters/test_pin_keys.py",
    "python -m deploy.renew_timestamps FILE... --out FOLDER": "tests/deploy/test_renew_timestamps.py",
    "python -m bench.record_histories": "writes into this repository",
    "temporal server start-dev --ui-codec-endpoint": "how the local stack starts its engine",
    "temporal worker deployment describe --name estrado": "only where workers serve as versions",
    "temporal workflow terminate": "named in a sentence, without a procedure",
}


def told() -> list[str]:
    """Every order of the page, each once, in the order of the page."""
    return list(dict.fromkeys(found.strip() for found in TOLD.findall(PAGE)))


def test_what_is_not_typed_here_is_said_why() -> None:
    assert set(ELSEWHERE) <= set(told())
    assert len(set(told()) - set(ELSEWHERE)) >= 10


@pytest.mark.timeout(600)
async def test_every_order_of_the_page_is_obeyed(house: House, worker: WorkerProcess, tmp_path: Path) -> None:
    await worker.serves()
    room = await house.summon("conciliation", "prc_operated")
    await room.reaches(Stage.SUMMONED)
    refused = []
    for order in told():
        if order not in ELSEWHERE:
            done = await asyncio.to_thread(typed, house, order, tmp_path)
            if done.returncode != 0:
                refused.append((order, done.returncode, done.stdout[-400:] + done.stderr[-800:]))
    assert refused == []


def typed(house: House, order: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """In a shell, with the settings of the installation; each kind of order has a folder of its own."""
    module = order.split()[2].rpartition(".")[2]
    words = order.replace("FOLDER", str(folder / module)).replace("PROCEDURE", "prc_operated")
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    engine = {"TEMPORAL_ADDRESS": house.settings.temporal_address, "TEMPORAL_NAMESPACE": "estrado", "PATH": programs}
    env = {**os.environ, **house.stack.env, **engine}
    return subprocess.run(["bash", "-c", words], cwd=PROJECT, env=env, capture_output=True, text=True, input="y\n")
