"""One seeded procedure from the first screen to the last: who sits where, with which hands, and what dies meanwhile."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from api.services.requesting import RequestedPerson
from bench.demo.citizen import Citizen, Person
from bench.demo.hands import Hands
from bench.demo.official import Official
from bench.demo.screen import Screen
from bench.demo.scripts import Script
from bench.drawn_documents import Held, card_back, card_front, printed_for
from bench.papers import scanned_page
from deploy.demo_people import DEMOS
from deploy.place import PROJECT
from deploy.plan import OFFICE, PROCESSES, SERVERS
from deploy.stack import Stack
from domain.ids import ProcedureId
from domain.installation import Installation
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.vocabulary import Stage
from settings import Settings


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


@dataclass(frozen=True)
class Playhouse:
    """A stack with seeded procedures, and the browser before which they are held."""

    stack: Stack
    settings: Settings
    browser: Browser
    pictures: Path
    """Folder for screenshots."""
    hands: Callable[[], Hands]
    """What everybody acts with: a pointer, or the keyboard alone."""

    async def play(self, script: Script) -> tuple[ProcedureId, Stagehand]:
        """Every citizen and the official at the same time, each at a window of their own."""
        logins = json.loads((self.settings.var_dir / "logins.json").read_text())
        seeded = logins["procedures"][script.seed]
        hand = Stagehand(self.stack, script)
        self.pictures.mkdir(parents=True, exist_ok=True)
        paper = self.pictures / "paper.jpg"
        paper.write_bytes(scanned_page())
        async with AsyncExitStack() as closing:
            desk = await self._screen(closing, "official", wide=True)
            login, approving = seeded["held_by"], seeded["approved_by"]
            scanner = self.settings.var_dir / "log/scanner.log"
            official = Official(desk, login, logins["accounts"][login]["password"], seeded["id"], hand, scanner)
            approver = official
            if approving != login:
                beside = await self._screen(closing, "approver", wide=True)
                approver = Official(beside, approving, logins["accounts"][approving]["password"], seeded["id"], hand)
            people = people_of(script, logins)
            citizens = [
                Citizen(
                    await self._screen(closing, f"citizen-{one.id}", documents=one.documents),
                    one,
                    self.settings.sms_outbox_dir,
                )
                for one in people
            ]
            async with asyncio.TaskGroup() as together:
                arriving = [together.create_task(citizen.arrive()) for citizen in citizens]
                await official.sign_in()
                await asyncio.gather(*arriving)
                for citizen in citizens:
                    together.create_task(citizen.take_part())
                await hold(official, script, people, paper)
                if approver is not official:
                    await approver.sign_in()
                await approver.approve_and_sign()
        return ProcedureId(seeded["id"]), hand

    async def _screen(
        self, closing: AsyncExitStack, who: str, *, wide: bool = False, documents: Mapping[str, bytes] | None = None
    ) -> Screen:
        url, hands = self.settings.public_url, self.hands()
        screen = await Screen.open(self.browser, url, self.pictures, who, wide=wide, hands=hands, documents=documents)
        closing.push_async_exit(screen)
        return screen


async def hold(official: Official, script: Script, people: list[Person], paper: Path) -> None:
    """What whoever holds the act does, in order, to the end of the session."""
    called = script.called_after
    at_once = [person for person in people if person.id not in called]
    await official.open_room(at_once, [person for person in people if person.id in called])
    for person in at_once:
        await official.identify(person)

    async def meanwhile(code: str) -> None:
        for person in people:
            if called.get(person.id) == code:
                await official.call(person)
        if code in script.added_after:
            await official.add(*script.added_after[code])
        if code == script.recess_after:
            await official.rest()
        if script.talk and code == script.talk.after:
            await official.send_to_talk(script.talk)
        if script.record:
            await official.see_to_record(script.record, code)

    await official.hold({code: list(said) for code, said in script.words.items()}, paper, meanwhile)
    await official.close(script.outcome)


def people_of(script: Script, logins: dict[str, Any]) -> list[Person]:
    """The citizens of a seeded procedure, with what they carry."""
    demo = next(demo for demo in DEMOS if demo.name == script.seed)
    codes = logins["procedures"][script.seed]["summons_codes"]
    people = []
    for id, summoned in codes.items():
        known = next(person for person in demo.people if person.name == summoned["name"])
        assert known.mobile is not None and known.document_number is not None
        assert known.name is not None
        computer = logins["computers_of_players"][summoned["office"]]["token"]
        carries = (id, known.name, summoned["code"], known.mobile, known.document_number, computer)
        held = sides_of(known) if script.by_reading else {}
        people.append(Person(*carries, by_clave=script.by_clave, by_face=script.by_face, documents=held))
    return people


def sides_of(person: RequestedPerson) -> dict[str, bytes]:
    """Both sides of their document, as they hold them up."""
    assert person.name and person.document_number and person.birth_date
    printed, held = printed_for(person.name, person.document_number, person.birth_date), Held(width=1200)
    return {"photograph": card_front(printed, held), "zone": card_back(printed, held)}


async def closed_state(installation: Installation, procedure: ProcedureId) -> Procedure:
    """The state that the journal adds up to, once the procedure has ended."""
    for _ in range(600):
        entries = await installation.journal.read(procedure)
        state = await CaseReading(installation.journal).procedure(procedure, len(entries) - 1)
        if state.stage is Stage.CLOSED:
            return state
        await asyncio.sleep(0.2)
    raise AssertionError(f"{procedure} stands at {state.stage}, trouble {state.trouble}")


def set_the_stage(stack: Stack) -> None:
    """Servers, first content, processes, and procedures that begin in a few minutes."""
    print("servers", flush=True)
    stack.need(*SERVERS)
    print("first content", flush=True)
    stack.prepare()
    print("processes", flush=True)
    stack.need(*PROCESSES, *OFFICE)
    subprocess.run(
        [sys.executable, "-m", "deploy.seed", "--procedures"],
        cwd=PROJECT,
        env={**os.environ, **stack.env},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    print("procedures", flush=True)
