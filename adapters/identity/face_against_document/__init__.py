"""The face beside the document, compared by a program that advises; the official who holds the act decides.

Law: biometric data need explicit consent (GDPR art. 9.2.a), and the decision is not a machine's (art. 22).
"""

from datetime import datetime

from adapters.identity.face_against_document.dlib_verifier import DlibVerifier
from adapters.identity.face_against_document.judging import advice_on, drawn
from adapters.identity.face_against_document.settings import FaceSettings
from adapters.identity.face_against_document.verifier import FaceVerifier
from adapters.identity.numbers import seen_number
from adapters.identity.tools import Tools
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Advice, Participant, PosedStill
from domain.refusals.identity import FACE_COMPARISON_OFF


class FaceAgainstDocument:
    """`AdvisingMechanism`."""

    def __init__(self, tools: Tools, settings: FaceSettings, verifier: FaceVerifier) -> None:
        self._tools = tools
        self._settings = settings
        self._verifier = verifier

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        """The poses, drawn of what nobody can foresee. Raises `Refusal('face_comparison_off')`."""
        self._refuse_unassessed()
        chance = self._tools.chance(f"face_against_document {reference}")
        return Begun(expires_at=at + self._settings.life, poses=drawn(chance, self._settings.movements))

    async def advise(
        self, procedure: ProcedureId, person: Participant, reference: str, stills: tuple[PosedStill, ...], at: datetime
    ) -> Advice:
        self._refuse_unassessed()
        pictures = [await self._tools.vault.get(procedure, taken.still) for taken in stills]
        measured = await self._verifier.measure(pictures)
        return advice_on([taken.pose for taken in stills], measured, self._settings)

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        """Whoever holds the act has decided, whatever the advice was."""
        return seen_number(person, attempt)

    async def self_check(self) -> None:
        """An impact assessment allows it, and the models are there."""
        self._refuse_unassessed()
        await self._verifier.check()

    def _refuse_unassessed(self) -> None:
        if not self._settings.dpia:
            raise Refusal(FACE_COMPARISON_OFF)


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return FaceAgainstDocument(tools, FaceSettings(), DlibVerifier())
