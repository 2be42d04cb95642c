"""Scripted people who send a request to a foreign authority: whoever writes and sends it, and whoever signs it."""

from typing import Any

from domain.commands import CloseSession, DepositDocument, FillItem, OpenItem, SignWithCertificate, SubmitRequest
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.cooperation import written_request
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values


class RequestPlay(Play):
    """One request, from its preparation to its end."""

    async def whole(self) -> Procedure:
        """In Spanish, so that nobody asks for a translation; until it is closed."""
        await self.write()
        await self.sign_request()
        await self.submit()
        await self._room.reaches(Stage.ANSWERED)
        await self.end("executed")
        return await self._room.reaches(Stage.CLOSED)

    async def write(self, **values: Any) -> None:
        procedure = await self._room.reaches(Stage.PREPARATION)
        item, host = procedure.agenda[0], procedure.hosts[0]
        await self.say(host, OpenItem, item=item.id)
        said = {**plausible_values(procedure.type.item(item.code), procedure, item), **values}
        await self.say(host, FillItem, item=item.id, values=said, done=True)

    async def sign_request(self) -> None:
        procedure = await self._room.procedure()
        request = written_request(procedure)
        for signer in map(procedure.participant, procedure.asked_to_sign(request)):
            said = {"document": request.id, "participant": signer.id, "authenticated_at": self._room.now()}
            await self.say(signer, SignWithCertificate, **said)

    async def enclose(self, title: str, content: bytes | None = None) -> None:
        paper = content or self._paper
        assert paper is not None
        host, raw = await self._host(), await self._room.upload(paper)
        await self.say(host, DepositDocument, raw=(raw,), code="enclosure", title=title, depositor=host.id)

    async def submit(self) -> None:
        request = written_request(await self._room.procedure())
        await self.say(await self._host(), SubmitRequest, document=request.id, sha256=request.original.sha256)

    async def end(self, outcome: str) -> None:
        await self.say(await self._host(), CloseSession, outcome=outcome)
        await self.approve_and_sign()

    async def _host(self) -> Participant:
        return (await self._room.procedure()).hosts[0]
