"""What the recorded cases are played in: a court in memory, and failures that its activities meet when told to."""

from dataclasses import dataclass, field
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from rehearsal.acting import Play
from tests.workflows.court import Court, Room

SMALLEST = "life_certificate"
"""The type with the fewest people and items."""

PAPER = b"%PDF-1.7 a scanned page of nobody"


@dataclass
class Faults(Interceptor):
    """What the next attempts of an activity meet, by its name."""

    to_come: dict[str, list[Exception]] = field(default_factory=dict)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Failing(next, self)


class _Failing(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, faults: Faults) -> None:
        super().__init__(next)
        self._faults = faults

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if to_come := self._faults.to_come.get(activity.info().activity_type):
            raise to_come.pop(0)
        return await self.next.execute_activity(input)


@dataclass(frozen=True)
class Recording:
    """A court, and what its activities meet."""

    court: Court
    faults: Faults

    async def summon(self, type_id: str, name: str) -> tuple[Room, Play]:
        room = await self.court.summon(type_id, f"prc_{name}")
        return room, Play(room, name, paper=PAPER)

    async def in_session(self, name: str) -> tuple[Room, Play]:
        """Everybody there, let in and identified."""
        room, play = await self.summon(SMALLEST, name)
        await play.arrive()
        await play.enter()
        await play.identify()
        return room, play
