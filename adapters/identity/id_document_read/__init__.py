"""The document before the camera, both sides: a program reads its zone for machines and tells what does not fit.

Whoever holds the act looks at both stills and decides, whatever is told (RDL 6/2023 art. 60.4). Nothing of what was
read is kept but whether it fits: the stills say it themselves.
"""

from datetime import datetime

from adapters.identity.id_document_read.judging import SIDES, advice_on
from adapters.identity.id_document_read.reader import DocumentReader, RapidReader
from adapters.identity.numbers import seen_number
from adapters.identity.tools import Tools
from domain.ids import ProcedureId
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Advice, Participant, PosedStill


class IdDocumentRead:
    """`AdvisingMechanism`."""

    def __init__(self, tools: Tools, reader: DocumentReader) -> None:
        self._tools = tools
        self._reader = reader

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        return Begun(poses=SIDES)

    async def advise(
        self, procedure: ProcedureId, person: Participant, reference: str, stills: tuple[PosedStill, ...], at: datetime
    ) -> Advice:
        pictures = [await self._tools.vault.get(procedure, taken.still) for taken in stills]
        return advice_on(await self._reader.read(pictures), person, at.date())

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        return seen_number(person, attempt)

    async def self_check(self) -> None:
        await self._reader.check()


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return IdDocumentRead(tools, RapidReader())
