"""`make demo`: a whole stack, real browsers, four procedures, processes killed half-way, all of it left in var/demo."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Browser, async_playwright

from activities.case_reading import CaseReading
from adapters.wiring import open_installation
from bench.demo.citizen import Citizen, Person
from bench.demo.official import Official
from bench.demo.results import Results, differences, result_of
from bench.demo.screen import CHROMIUM, FLAGS, Screen
from bench.demo.scripts import SCRIPTS, Script
from bench.installation import settings_of
from bench.papers import scanned_page
from deploy.demo_people import DEMOS
from deploy.place import PROJECT
from deploy.stack import PROCESSES, SERVERS, Stack
from domain.ids import ProcedureId
from domain.installation import Installation
from domain.procedure import Procedure
from domain.vocabulary import Stage
from settings import Settings

FOLDER = PROJECT / "var" / "demo"


class Stagehand:
    """Kills parts of the stack at the moments that a script names; the supervisor brings them back."""

    def __init__(self, stack: Stack, script: Script) -> None:
        self._stack = stack
        self._due = {**({script.worker_dies: "worker"} if script.worker_dies else {}), **script.also_dies}
        self.kills: list[dict[str, str]] = []

    async def __call__(self, moment: str) -> None:
        part = self._due.pop(moment, None)
        if part is not None:
            print(f"    kill -9 {part} ({moment})", flush=True)
            await asyncio.to_thread(self._stack.kill, part)
            self.kills.append({"part": part, "moment": moment})


async def play(
    script: Script, stack: Stack, browser: Browser, settings: Settings, logins: dict[str, Any]
) -> tuple[ProcedureId, Stagehand]:
    """One procedure from the first screen to the last."""
    pictures = FOLDER / "screenshots" / script.seed if script.worker_dies else FOLDER / "undisturbed" / "screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    seeded = logins["procedures"][script.seed]
    login = seeded["held_by"]
    hand = Stagehand(stack, script)
    paper = FOLDER / "paper.jpg"
    paper.write_bytes(scanned_page())
    async with AsyncExitStack() as closing:
        desk = await Screen.open(browser, settings.public_url, pictures, "official", wide=True)
        closing.push_async_callback(desk.close)
        official = Official(desk, login, logins["accounts"][login]["password"], seeded["id"], hand)
        citizens, people = [], people_of(script, logins)
        for person in people:
            screen = await Screen.open(browser, settings.public_url, pictures, f"citizen-{person.id}", wide=False)
            closing.push_async_callback(screen.close)
            citizens.append(Citizen(screen, person, settings.sms_outbox_dir))
        for citizen in citizens:
            await citizen.arrive()
        parts = [asyncio.create_task(citizen.take_part()) for citizen in citizens]
        await official.sign_in()
        await official.open_room(people)
        for person in people:
            await official.identify(person)
        await official.hold({code: list(said) for code, said in script.words.items()}, paper)
        await official.close(script.outcome)
        await official.approve_and_sign()
        await asyncio.gather(*parts)
    return ProcedureId(seeded["id"]), hand


def people_of(script: Script, logins: dict[str, Any]) -> list[Person]:
    """The citizens of a seeded procedure, with what they carry."""
    demo = next(demo for demo in DEMOS if demo.name == script.seed)
    codes = logins["procedures"][script.seed]["summons_codes"]
    people = []
    for id, summoned in codes.items():
        known = next(person for person in demo.people if person.name == summoned["name"])
        assert known.mobile is not None and known.document_number is not None
        assert known.name is not None
        computer = logins["computers"][summoned["office"]]["token"]
        people.append(Person(id, known.name, summoned["code"], known.mobile, known.document_number, computer))
    return people


async def closed_state(installation: Installation, procedure: ProcedureId) -> Procedure:
    """The state that the journal adds up to, once the procedure has ended."""
    for _ in range(600):
        entries = await installation.journal.read(procedure)
        state = await CaseReading(installation.journal).procedure(procedure, len(entries) - 1)
        if state.stage is Stage.CLOSED:
            return state
        await asyncio.sleep(0.2)
    raise AssertionError(f"{procedure} stands at {state.stage}, trouble {state.trouble}")


async def demonstrate(stack: Stack, *, disturbed: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Play every script; the entries of the report, and what each procedure came to."""
    settings = settings_of(stack)
    logins = json.loads((settings.var_dir / "logins.json").read_text())
    report, came_to = [], []
    async with open_installation(settings) as installation, async_playwright() as playwright:
        results = Results(FOLDER, PROJECT, settings, installation)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for script in SCRIPTS if disturbed else [script.undisturbed() for script in SCRIPTS]:
            print(f"  {script.seed}", flush=True)
            procedure, hand = await play(script, stack, browser, settings, logins)
            state = await closed_state(installation, procedure)
            came_to.append(result_of(state))
            if disturbed:
                report.append(await results.gather(script.seed, state, hand.kills))
                print(f"    {report[-1]['verdict']}", flush=True)
        await browser.close()
    return report, came_to


def on_a_stack(name: str, *, disturbed: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A whole stack of its own, from nothing, with everything played on it."""
    with Stack(FOLDER / name) as stack:
        print("servers", flush=True)
        stack.need(*SERVERS)
        print("first content", flush=True)
        stack.prepare()
        print("processes", flush=True)
        stack.need(*PROCESSES)
        subprocess.run(
            [sys.executable, "-m", "deploy.seed", "--procedures"],
            env={**os.environ, **stack.env},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print("procedures", flush=True)
        return asyncio.run(demonstrate(stack, disturbed=disturbed))


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    print("With kills", flush=True)
    report, came_to = on_a_stack("stack", disturbed=True)
    print("The same, undisturbed, to compare with", flush=True)
    _, should_be = on_a_stack("undisturbed", disturbed=False)
    for entry, disturbed, undisturbed in zip(report, came_to, should_be, strict=True):
        entry["differs_from_undisturbed_in"] = differences(disturbed, undisturbed)
    (FOLDER / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    good = [sound(entry) for entry in report]
    print(f"var/demo/report.json: {sum(good)} of {len(report)} as they should be", flush=True)
    return 0 if all(good) and len(report) == len(SCRIPTS) else 1


def sound(entry: dict[str, Any]) -> bool:
    """Verified, each notice in the mailbox once, one signature a signer, killed, and the same as undisturbed."""
    mails = all(mail["in_mailbox"] == 1 for mail in entry["mails"])
    signatures = all(len(set(signers)) == len(signers) for signers in entry["signatures"].values())
    same = entry["differs_from_undisturbed_in"] == []
    return entry["verdict"] == "PASSED" and mails and signatures and bool(entry["kills"]) and same


if __name__ == "__main__":
    sys.exit(main())
