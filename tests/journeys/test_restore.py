"""The drill of docs/operations.md: an installation is lost, engine and all, and goes on in a fresh place."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.installation import House, WorkerProcess, open_house, prepare, serving
from bench.papers import scanned_page
from bench.real_room import RealRoom
from bench.trust import trust_folder
from deploy.place import PROJECT
from deploy.stack import Stack
from domain.events import state_of
from domain.ids import ProcedureId, workflow_id
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.acting import Play

OVER, OPEN = ProcedureId("prc_over"), ProcedureId("prc_open")


@pytest.mark.timeout(900)
async def test_what_was_saved_goes_on_in_a_fresh_place_and_its_evidence_holds(tmp_path: Path) -> None:
    backup, trust = tmp_path / "backup", tmp_path / "trust"
    with Stack(tmp_path / "lost") as lost:
        await asyncio.to_thread(prepare, lost)
        async with open_house(lost) as house, serving(WorkerProcess(lost)):
            await Play(await house.summon("life_certificate", OVER), "over", paper=scanned_page()).whole()
            held = Play(await house.summon("conciliation", OPEN), "open", paper=scanned_page())
            await held.arrive()
            await held.enter()
            await held.identify()
            await trust_folder(trust, house.settings)
            await asyncio.to_thread(ordered, lost, "deploy.backup", "save", str(backup))

    put_keys_in_place(backup, tmp_path / "fresh")
    with Stack(tmp_path / "fresh") as fresh:
        fresh.need("postgres", "s3", "pki")
        await asyncio.to_thread(ordered, fresh, "deploy.backup", "restore", str(backup))
        await asyncio.to_thread(prepare, fresh)
        async with open_house(fresh) as house, serving(WorkerProcess(fresh)):
            for going_on in (1, 0):
                said = await asyncio.to_thread(ordered, fresh, "deploy.resume", "--all")
                assert said == f"{going_on} go on, 0 could not be read\n"
            closed = await ends(house)
            broken = (await house.checker.inspect(OPEN, [])).broken
            # I5: its summonses lie in the mailbox of the place that was lost.
            assert [fault for fault in broken if not fault.startswith("I5")] == []
            assert await judged(house, closed, await trust_folder(tmp_path / "new-trust", house.settings)) == "PASSED"
            over = state_of(await house.installation.journal.read(OVER))
            assert await judged(house, over, trust) == "PASSED"


async def ends(house: House) -> Procedure:
    """The one that was open, from where it stood."""
    handle = house.client.get_workflow_handle(workflow_id(OPEN))
    room = RealRoom(handle, house.installation, house.settings.sms_outbox_dir)
    play = Play(room, "goes-on", paper=scanned_page())
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    return await room.reaches(Stage.CLOSED)


async def judged(house: House, procedure: Procedure, trust: Path) -> str:
    """What a stranger's verifier says of the evidence, as the store has it now."""
    assert procedure.bundle is not None
    bundle = trust / "bundle.zip"
    bundle.write_bytes(await house.installation.vault.get(procedure.id, procedure.bundle))
    command = [sys.executable, "-m", "evidence", "verify", str(bundle), "--trust", str(trust), "--json"]
    ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False)
    return str(json.loads(ran.stdout)["verdict"])


def put_keys_in_place(backup: Path, var: Path) -> None:
    """By hand, before anything starts there."""
    shutil.copytree(backup / "keys", var / "keys")
    (var / "keys" / "pki").rename(var / "pki")


def ordered(stack: Stack, module: str, *words: str) -> str:
    """What the program says, run as an operator runs it: with the settings of the installation."""
    env = {**os.environ, **stack.env}
    done = subprocess.run([sys.executable, "-m", module, *words], cwd=PROJECT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
