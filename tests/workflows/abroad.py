"""A request to a foreign authority, up to where a test wants it; and what the Central Authority answers."""

from datetime import timedelta
from typing import Any

from adapters.memory import MemoryLexnet
from domain.commands import CloseSession, DepositDocument, FillItem, OpenItem, SignWithCertificate, SubmitRequest
from domain.ports.lexnet import WaitingMessage
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.cooperation import written_request
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.workflows.asking import until
from tests.workflows.court import Court, Room

MAILBOX = "court-ponte-nova"


class Request:
    """One of them, with those who work on it."""

    def __init__(self, court: Court, room: Room, name: str) -> None:
        self.court = court
        self.room = room
        self.play = Play(room, name)
        lexnet = court.installation.lexnet
        assert isinstance(lexnet, MemoryLexnet)
        self.lexnet = lexnet
        self._answers = 0

    async def person(self, role: str) -> Participant:
        return next(p for p in (await self.room.procedure()).participants if p.role == role)

    async def write(self, **values: Any) -> CaseDocument:
        """Filled in by the clerk, until the request is written."""
        procedure = await self.room.reaches(Stage.PREPARATION)
        item, clerk = procedure.agenda[0], await self.person("clerk")
        await self.play.say(clerk, OpenItem, item=item.id)
        said = {**plausible_values(procedure.type.item(item.code), procedure, item), **values}
        await self.play.say(clerk, FillItem, item=item.id, values=said, done=True)
        return written_request(await until(self.room, lambda now: bool(now.documents)))

    async def sign(self) -> None:
        judge, request = await self.person("judge"), written_request(await self.room.procedure())
        said = {"document": request.id, "participant": judge.id, "authenticated_at": self.room.now()}
        await self.play.say(judge, SignWithCertificate, **said)

    async def enclose(self, title: str, content: bytes = b"%PDF a translation") -> None:
        clerk, raw = await self.person("clerk"), await self.room.upload(content)
        said = {"raw": (raw,), "code": "enclosure", "title": title, "depositor": clerk.id}
        await self.play.say(clerk, DepositDocument, **said)

    async def submit(self) -> None:
        request = written_request(await self.room.procedure())
        said = {"document": request.id, "sha256": request.original.sha256}
        await self.play.say(await self.person("clerk"), SubmitRequest, **said)

    async def sent(self, **values: Any) -> Procedure:
        """Written, signed, sent and filed."""
        await self.write(**values)
        await self.sign()
        await self.submit()
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

    async def close(self, outcome: str) -> None:
        await self.play.say(await self.person("clerk"), CloseSession, outcome=outcome)

    async def passes(self, time: timedelta) -> Procedure:
        """In steps: the engine that skips time answers none that takes it too long."""
        while time > timedelta():
            await self.court.environment.sleep(min(time, timedelta(hours=6)))
            time -= timedelta(hours=6)
        return await self.room.procedure()


async def request(court: Court, name: str) -> Request:
    made = Request(court, await court.summon("mutual_legal_assistance", f"prc_{name}"), name)
    made.lexnet.clock = await court.environment.get_current_time()
    return made
