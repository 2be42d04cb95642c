"""The evidence is bundled and anchored, the notices go out, the procedure ends."""

from domain.events.base import Event
from domain.ids import ParticipantId, Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import DocumentRef
from domain.procedure.state import AnchorReceipt, Procedure
from domain.types.vocabulary import Stage


class RecordCompiled(Event):
    """The evidence of everything up to here has one root."""

    bundle_root: Sha256
    last_seq: int
    """The last event that the bundle holds."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(bundle_root=self.bundle_root)


class RecordAnchored(Event):
    """The root of the batch is on the chain. It proves integrity and no identity (RDL 14/2019 art. 3)."""

    receipt: AnchorReceipt

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(anchor=self.receipt)


class BundleStored(Event):
    bundle: DocumentRef

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(bundle=self.bundle, stage=Stage.DELIVERING)


class TroubleReported(Event):
    """An automatic step waits for something outside; the console says what. `code` None: it goes on again."""

    code: str | None

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(trouble=self.code)


class AddressCorrected(Event):
    """The mail address was wrong; a person put it right."""

    participant: ParticipantId
    email: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(email=self.email))


class ProcedureClosed(Event):
    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.CLOSED)
