"""How long a clerk waits for one act, and what in it is the engine's and the journal's."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bench.floor import BareWorkflow, Floor
from bench.measures.figures import Aim, Figure, quantile
from bench.measures.ground import TYPE, Ground
from bench.measures.history import account_of, lengths
from bench.measures.watching import WatchedRoom
from domain.commands import Author, FillItem, OpenItem
from domain.ids import CommandId, ItemId
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values

P95 = 0.95


class FirstPoint:
    """A procedure in session whose first item stands open and can be filled in again and again."""

    def __init__(self, room: WatchedRoom, fill: Callable[[], Awaitable[object]]) -> None:
        self.room = room
        self.fill = fill

    @classmethod
    async def open(cls, ground: Ground) -> "FirstPoint":
        id = f"prc_bench_{secrets.token_hex(6)}"
        room = await WatchedRoom.open(ground.house, ground.stages, TYPE, id)
        play = Play(room, id)
        await play.arrive()
        await play.enter()
        await play.identify()
        procedure = await room.procedure()
        host, item = procedure.hosts[0], procedure.agenda[0]
        await play.say(host, OpenItem, item=item.id)
        author = Author(participant=host.id, account=host.account)
        values = plausible_values(procedure.type.item(item.code), procedure, item)

        async def fill() -> None:
            word = CommandId(f"{id}-{secrets.token_hex(6)}")
            await room.perform(FillItem(id=word, author=author, item=ItemId(item.id), values=values, done=False))

        return cls(room, fill)


async def measure_updates(ground: Ground, *, times: int) -> list[Figure]:
    """One act after another upon one procedure; the same number of empty updates upon one bare workflow."""
    point, bare = await FirstPoint.open(ground), await ground.start_bare(Floor(inside=[0], after=[0]))
    filled = await _milliseconds(point.fill, times)
    empty = await _milliseconds(lambda: bare.execute_update(BareWorkflow.empty), times)
    one = await _milliseconds(lambda: bare.execute_update(BareWorkflow.one), times)
    written = account_of(await point.room.handle.fetch_history()).activities["append_events"][-times:]
    nothing = account_of(await bare.fetch_history()).activities["nothing"]
    await bare.execute_update(BareWorkflow.step)
    appended, scheduled = (1000 * quantile(lengths(spans), P95) for spans in (written, nothing))
    return [
        Figure("update_p95_ms", filled, "ms", empty, "an empty update"),
        Figure("update_with_activity_p95_ms", filled, "ms", one, "an update with one empty activity"),
        Figure("journal_append_p95_ms", appended, "ms", scheduled, "an empty activity"),
    ]


async def measure_updates_at_once(ground: Ground, *, at_once: int, times: int) -> list[Figure]:
    """Acts upon as many procedures at a time; the same number of updates with an empty activity upon bare workflows."""
    points = [await FirstPoint.open(ground) for _ in range(at_once)]
    bare = [await ground.start_bare(Floor(inside=[0], after=[0])) for _ in range(at_once)]
    filled = await _at_once([point.fill for point in points], times)
    one = await _at_once([partial(handle.execute_update, BareWorkflow.one) for handle in bare], times)
    said = "updates with one empty activity"
    return [
        Figure("updates_per_second_at_once", filled[0], "1/s", one[0], said),
        Figure("update_at_once_p95_ms", filled[1], "ms", one[1], said, Aim(1.3, of="ratio")),
    ]


async def _at_once(asks: Sequence[Callable[[], Awaitable[object]]], times: int) -> tuple[float, float]:
    """How many a second, and milliseconds of one at the 95th percentile; each asks again once it is answered."""
    since = time.perf_counter()
    spent = await asyncio.gather(*(_each(ask, times) for ask in asks))
    seconds = time.perf_counter() - since
    return len(asks) * times / seconds, quantile([one for of_each in spent for one in of_each], P95)


async def _milliseconds(ask: Callable[[], Awaitable[object]], times: int) -> float:
    return quantile(await _each(ask, times), P95)


async def _each(ask: Callable[[], Awaitable[object]], times: int) -> list[float]:
    spent = []
    for _ in range(times):
        since = time.perf_counter()
        await ask()
        spent.append(1000 * (time.perf_counter() - since))
    return spent
