"""Procedures of mixed types over a bad network: `python -m bench.bad_network --procedures 200 --seed 1`.

A stack of its own, and a regional system that knows the public interface and its webhooks alone. A tenth of the calls
of either side is lost, a tenth is sent twice, a tenth comes late, and the receiver is away a third of the time. Every
procedure is held to its end, one in five is called off. Then what the system knows is compared with the journals.
Ends with 0 when all ended, none was begun twice, and every event was told once and in order. The figures are also in
`var/bad_network/report.json`.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.bad_network.judging import Judged, begun_otherwise_than_once, judged, most_attempts
from bench.bad_network.network import BadConnection, BadlyConnected, Network
from bench.demo.listening import registered
from bench.installation import House, open_house, prepare
from bench.papers import scanned_page
from bench.real_room import RealRoom
from bench.regional.interface import Interface
from conformance.connection import Refused
from deploy.place import PROJECT
from deploy.stack import Stack
from domain.commands import Author, CancelProcedure
from domain.ids import CommandId, workflow_id
from domain.types.vocabulary import Stage
from rehearsal.plays import play_of

SERVED = ("worker", "anchoring", "api")
WHERE = PROJECT / "var" / "bad_network"
ADMINISTRATION = "atlantia"
WEEKS_AHEAD = 13
CALLED_OFF = 5
"""One in how many is called off."""

PERSON = ("role", "name", "document_number", "email", "mobile", "birth_date", "office", "account")
PATIENCE = 900.0
"""Seconds that any step of a procedure may take beside all the others, and the last message after all ended."""


@dataclass(frozen=True)
class Trial:
    seed: int
    procedures: int
    at_once: int

    async def run(self, stack: Stack, folder: Path) -> tuple[list[Judged], dict[str, Any]]:
        await asyncio.to_thread(prepare, stack, people=True)
        async with open_house(stack) as house:
            await asyncio.to_thread(stack.need, *SERVED)
            logins = json.loads((stack.var / "logins.json").read_text())
            network = Network(self.seed)
            key, url = logins["api_keys"][ADMINISTRATION]["key"], house.settings.public_url
            system = BadlyConnected(network, Interface(BadConnection(url, key, network)), folder)
            await system.open()
            system.secret = await asyncio.to_thread(registered, url, logins, ADMINISTRATION, system.port)
            going = asyncio.create_task(system.come_and_go())
            try:
                return await self._held(house, system, network)
            finally:
                going.cancel()
                with suppress(asyncio.CancelledError):
                    await going
                await system.close()

    async def _held(
        self, house: House, system: BadlyConnected, network: Network
    ) -> tuple[list[Judged], dict[str, Any]]:
        began = time.monotonic()
        seats = asyncio.Semaphore(self.at_once)
        types = await asked_by_keys(house, system)
        numbers = [f"SGP-{uuid.uuid4().hex[:12]}" for _ in range(self.procedures)]

        async def one(number: int) -> tuple[str, str, str]:
            async with seats:
                type_id = types[number % len(types)]
                request = request_of(house, type_id, numbers[number])
                procedure = (await system.interface.ask_for(request))["id"]
                given_up = await held(house, procedure, type_id, called_off=number % CALLED_OFF == CALLED_OFF - 1)
                say(f"{'ended' if not given_up else 'GIVEN UP'} {number + 1} {type_id} {procedure} {given_up}")
                return procedure, type_id, given_up

        ended = await asyncio.gather(*(one(number) for number in range(self.procedures)))
        held_in = time.monotonic() - began
        await all_told(house, system, [procedure for procedure, _, _ in ended])
        found = [await judged(house, system, *one) for one in ended]
        again = await begun_otherwise_than_once(house, numbers)
        return found, {
            "seed": self.seed,
            "types": Counter(one.type for one in found),
            "stages": Counter(one.stage for one in found),
            "seconds_to_hold": round(held_in),
            "seconds_until_told": round(time.monotonic() - began - held_in),
            "calls": dict(network.calls),
            "messages": dict(network.messages),
            "kept": len(system.inbox.messages),
            "repeated": system.inbox.repeated,
            "most_attempts": await most_attempts(house),
            "forged": system.forged,
            "in_order": system.inbox.in_order(),
            "begun_otherwise_than_once": again,
        }


async def asked_by_keys(house: House, system: BadlyConnected) -> list[str]:
    """The types that may be asked for with a key; the others are named with the reason."""
    found = []
    for type_id in sorted(house.types):
        try:
            await system.interface.ask_for(request_of(house, type_id, f"TRY-{uuid.uuid4().hex[:12]}"))
        except Refused as refusal:
            say(f"not asked for: {type_id}, {refusal.code} {refusal.params}")
        else:
            found.append(type_id)
    return found


def request_of(house: House, type_id: str, number: str) -> dict[str, Any]:
    asked = house.asked(type_id, f"prc_{number}")
    return {
        "type": type_id,
        "body": asked.body,
        "office": asked.office,
        "case_number": f"{number[-4:]}/2026",
        "external_id": number,
        "scheduled_at": (datetime.now(UTC) + timedelta(weeks=WEEKS_AHEAD)).isoformat(),
        "declared": asked.declared.values if asked.declared else None,
        "participants": [
            one.model_dump(mode="json", include=set(PERSON), exclude_none=True) for one in asked.participants
        ],
    }


async def held(house: House, procedure: str, type_id: str, *, called_off: bool) -> str:
    """Hold it to its end, or call it off; empty when it ended, else why its people gave it up."""
    handle = house.client.get_workflow_handle(workflow_id(procedure))  # type: ignore[arg-type]
    room = RealRoom(handle, house.installation, house.settings.sms_outbox_dir)
    room.patience = PATIENCE
    try:
        if called_off:
            host = (await room.reaches(Stage.SUMMONED, Stage.PREPARATION)).hosts[0]
            author = Author(participant=host.id, account=host.account, session=host.session)
            await room.perform(CancelProcedure(id=CommandId(f"off-{procedure}"), author=author, reason="Desisten."))
            await room.reaches(Stage.CANCELLED)
        else:
            await play_of(house.types[type_id].procedure.family, room, procedure, paper=scanned_page()).whole()
    except Exception as reason:
        return f"{type(reason).__name__}: {reason}"
    return ""


async def all_told(house: House, system: BadlyConnected, procedures: list[str]) -> None:
    """Until the last event of each is there, or nothing came for long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        last = {one["data"]["procedure"]: one["type"] for one in system.inbox.messages}
        if all(
            last.get(one) in ("procedure.closed", "procedure.cancelled", "procedure.not_held") for one in procedures
        ):
            return
        await asyncio.sleep(0.5)


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.bad_network", description=__doc__)
    told.add_argument("--procedures", type=int, default=200)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--at-once", type=int, default=6)
    given = told.parse_args()
    WHERE.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory,
        Stack(Path(directory) / "stack") as stack,
    ):
        trial = Trial(given.seed, given.procedures, given.at_once)
        found, figures = asyncio.run(trial.run(stack, Path(directory) / "system"))
    good = sum(not one.wrong for one in found)
    figures |= {"good": good, "of": len(found), "procedures": [asdict(one) for one in found]}
    (WHERE / "report.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for one in found:
        if one.wrong:
            say(f"WRONG {one.procedure} {one.type}: {'; '.join(one.wrong)}")
    say(json.dumps({name: value for name, value in figures.items() if name != "procedures"}, indent=1))
    whole = good == len(found) and figures["in_order"] and not figures["forged"]
    return 0 if whole and not figures["begun_otherwise_than_once"] else 1


if __name__ == "__main__":
    sys.exit(main())
