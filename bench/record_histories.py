"""Records the histories that the determinism gate replays: `python -m bench.record_histories`.

Every family is played on the time-skipping server with everything in memory, by invented people; what the engine
wrote down goes to `tests/workflows/histories/*.json`. To be run whenever the workflows change for good and nothing
of the old kind runs any more: as long as older procedures are open, their histories stay and have to replay.
"""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from domain.commands import AdjournProcedure, FillItem, InterruptProcedure, OpenItem, ResumeProcedure
from domain.types.vocabulary import InterruptionCause, ItemState, Stage
from rehearsal.acting import Play, plausible_values
from tests.workflows.court import Court, Room, open_court

HISTORIES = Path(__file__).parent.parent / "tests" / "workflows" / "histories"
FAMILIES = ("conciliation", "life_certificate", "oral_hearing_witness", "victim_appointment")
PAPER = b"%PDF-1.7 a scanned page of nobody"


async def histories() -> dict[str, str]:
    """Play everything once; each history in the engine's JSON, by name."""
    async with open_court() as court:
        rooms = {f"{type_id}.closed": await held_to_its_end(court, type_id) for type_id in FAMILIES}
        rooms |= {f"{type_id}.interrupted": await interrupted_and_resumed(court, type_id) for type_id in FAMILIES}
        rooms["conciliation.adjourned"] = await adjourned(court)
        handles = {name: room.handle for name, room in rooms.items()}
        return {name: (await handle.fetch_history()).to_json() for name, handle in handles.items()}


async def held_to_its_end(court: Court, type_id: str) -> Room:
    """From the summons to the closed procedure, nothing in the way."""
    room = await court.summon(type_id, f"prc_{type_id}_closed")
    await Play(room, f"closed-{type_id}", paper=PAPER).whole()
    return room


async def interrupted_and_resumed(court: Court, type_id: str) -> Room:
    """A power cut in the middle of a point: everybody is identified again, the act goes on to its end."""
    room = await court.summon(type_id, f"prc_{type_id}_cut")
    play = Play(room, f"cut-{type_id}", paper=PAPER)
    await play.arrive()
    await play.enter()
    await play.identify()
    agenda = (await room.procedure()).agenda
    for item in agenda[:3]:
        await play.deal_with(item)
    host = (await room.procedure()).hosts[0]
    cut = next(item for item in (await room.procedure()).agenda if item.state is ItemState.PLANNED)
    await play.say(host, OpenItem, item=cut.id)
    await play.say(host, InterruptProcedure, cause=InterruptionCause.POWER_CUT, must_act="office")
    await court.environment.sleep(timedelta(minutes=7))
    await play.identify()
    await play.say(host, ResumeProcedure)
    values = plausible_values((await room.procedure()).type.item(cut.code), await room.procedure(), cut)
    await play.say(host, FillItem, item=cut.id, values=values, done=True)
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    await room.reaches(Stage.CLOSED)
    return room


async def adjourned(court: Court) -> Room:
    """Half a conciliation, and the rest four days later."""
    room = await court.summon("conciliation", "prc_conciliation_adjourned")
    play = Play(room, "adjourned", paper=PAPER)
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda[:4]:
        await play.deal_with(item)
    later = await court.environment.get_current_time() + timedelta(days=4)
    host = (await room.procedure()).hosts[0]
    await play.say(host, AdjournProcedure, reason="Falta un documento", new_date=later)
    await room.reaches(Stage.SUMMONED)
    await play.whole()
    return room


def main() -> None:
    """Write one file a history."""
    HISTORIES.mkdir(parents=True, exist_ok=True)
    for name, history in asyncio.run(histories()).items():
        path = HISTORIES / f"{name}.json"
        # Indentation and spaces would double the file; the order of keys makes two recordings comparable.
        path.write_text(json.dumps(json.loads(history), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        print(f"{path.stat().st_size / 1000:7.0f} kB  {path.name}")


if __name__ == "__main__":
    main()
