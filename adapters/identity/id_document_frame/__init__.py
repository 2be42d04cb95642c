"""The official reads the number on the still; it must be valid, and the one that the summons knows (art. 60.4)."""

from datetime import datetime

from adapters.identity.numbers import seen_number
from adapters.identity.tools import Tools
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Participant
from domain.refusals.identity import STILL_MISSING


class IdDocumentFrame:
    """Needs nothing but the eyes of the host: the still was taken before."""

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        return Begun()

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        if attempt.still is None:
            raise Refusal(STILL_MISSING, participant=person.id)
        return seen_number(person, attempt)

    async def self_check(self) -> None:
        """There is nothing that could be away."""


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return IdDocumentFrame()
