"""The session ends; the minutes are drafted, corrected, approved and sealed."""

from pydantic import Field

from domain.events.base import Event
from domain.journal.chain import Stamp
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.minutes import Correction
from domain.procedure.minutes import Minutes as MinutesState
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage


class SessionClosed(Event):
    """The host declares the act ended, with its outcome."""

    outcome: str
    despite: str | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """Why what was signed does not hold, where the outcome contradicts it."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.DRAFTING, outcome=self.outcome, session_ended_at=stamp.at)


class MinutesDrafted(Event):
    draft: DocumentRef
    csv: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        version = procedure.minutes.version + 1 if procedure.minutes else 1
        minutes = MinutesState(version=version, draft=self.draft, csv=self.csv)
        return procedure.but(stage=Stage.APPROVAL, minutes=minutes)


class MinutesCorrected(Event):
    block: str
    before: str
    after: str
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        minutes = procedure.minutes
        assert minutes is not None
        correction = Correction(**self.model_dump(), by=stamp.actor, at=stamp.at)
        return procedure.but(minutes=minutes.but(corrections=(*minutes.corrections, correction)))


class MinutesApproved(Event):
    """The competent role approved exactly this PDF."""

    document: CaseDocument

    def subjects(self) -> tuple[str, ...]:
        return (self.document.original.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        minutes = procedure.minutes
        assert minutes is not None
        approved = minutes.but(approved_by=stamp.actor, approved_at=stamp.at, document=self.document.id)
        return procedure.but(stage=Stage.SIGNING, minutes=approved, documents=(*procedure.documents, self.document))


class SigningFinished(Event):
    """Every signature of the plan is there, or was refused with a reason."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.SEALING)


class MinutesSealed(Event):
    """The seal of the body is on the minutes; nothing in the record changes from here on."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        minutes = procedure.minutes
        assert minutes is not None
        return procedure.but(stage=Stage.ANCHORING, minutes=minutes.but(sealed_at=stamp.at))
