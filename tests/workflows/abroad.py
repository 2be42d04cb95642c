"""A request to a foreign authority, up to where a test wants it; and what the Central Authority answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from adapters.memory import MemoryLexnet
from domain.ports.lexnet import WaitingMessage
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.abroad import RequestPlay
from tests.workflows.court import Court, Room

MAILBOX = "court-ponte-nova"


class Request:
    """One of them, with those who work on it."""

    def __init__(self, court: Court, room: Room, name: str) -> None:
        self.court = court
        self.room = room
        self.play = RequestPlay(room, name, paper=b"%PDF a translation")
        lexnet = court.installation.lexnet
        assert isinstance(lexnet, MemoryLexnet)
        self.lexnet = lexnet
        self._answers = 0

    async def clerk(self) -> Participant:
        return (await self.room.procedure()).hosts[0]

    async def submitted(self, **values: Any) -> None:
        """Written, signed, and approved to be sent."""
        await self.play.write(**values)
        await self.play.sign_request()
        await self.play.submit()

    async def sent(self, **values: Any) -> Procedure:
        """And filed."""
        await self.submitted(**values)
        return await self.room.reaches(Stage.AWAITING)

    async def answer(self, kind: str, words: str = "", files: dict[str, bytes] | None = None, id: str = "") -> None:
        """As the Central Authority puts it into the mailbox."""
        procedure = await self.room.procedure()
        assert procedure.cooperation is not None and procedure.cooperation.sent is not None
        self._answers += 1
        message = WaitingMessage(
            id=id or f"AC-{self._answers}",
            about=procedure.id,
            answers=procedure.cooperation.sent.message,
            kind=kind,
            sender="Autoridad Central",
            words=words or kind,
            recorded_at=await self.court.environment.get_current_time(),
            files={},
        )
        self.lexnet.put(MAILBOX, message, files or {})

    async def passes(self, time: timedelta) -> Procedure:
        """In steps: the engine that skips time answers none that takes it too long."""
        while time > timedelta():
            await self.court.environment.sleep(min(time, timedelta(hours=6)))
            time -= timedelta(hours=6)
        return await self.room.procedure()


def as_it_is(court: Court, room: Room) -> Room:
    return room


async def request(court: Court, name: str, through: Callable[[Court, Room], Room] = as_it_is) -> Request:
    """`through`: how its people ask."""
    summoned = await court.summon("mutual_legal_assistance", f"prc_{name}")
    made = Request(court, through(court, summoned), name)
    made.lexnet.clock = await court.environment.get_current_time()
    return made
