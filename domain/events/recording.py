"""The act is recorded: from when to when, why it stopped, and what fixes what was recorded."""

from datetime import datetime

from domain.events.base import Event
from domain.ids import Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import DocumentRef
from domain.procedure.recording import RecordedPart, Recording
from domain.procedure.state import Procedure

FAILED = "failed"
"""Why a part ended that could not be ended in order."""


class RecordingStarted(Event):
    """From here on what those present send is kept."""

    part: int
    began_at: datetime
    sound_only: bool = False
    """Sound is all that somebody, or the type, allows."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        recording = procedure.recording or Recording()
        begun = RecordedPart(part=self.part, began_at=self.began_at, sound_only=self.sound_only)
        return procedure.but(recording=recording.but(parts=(*recording.parts, begun)))


class RecordingStopped(Event):
    """A part is over and in the store. `head` fixes every segment and gap up to here."""

    part: int
    because: str
    """Cause of an interruption, `closed`, `adjourned` or `consent`."""
    ended_at: datetime
    lines: int
    head: Sha256
    lost: float

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        recording = procedure.recording
        assert recording is not None
        stopped = recording.ended(self.part, self.ended_at, self.because)
        return procedure.but(recording=stopped.but(lines=self.lines, head=self.head, lost=self.lost))


class RecordingFailed(Event):
    """A part could not be recorded, or not be ended: the act is documented in writing (law: LEC art. 146.2)."""

    part: int
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        recording = (procedure.recording or Recording()).ended(self.part, stamp.at, FAILED)
        return procedure.but(recording=recording.but(failed=self.reason))


class RecordingKept(Event):
    """The act has ended: everything that was recorded is listed in one manifest."""

    manifest: DocumentRef

    def subjects(self) -> tuple[str, ...]:
        return (self.manifest.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        assert procedure.recording is not None
        return procedure.but(recording=procedure.recording.but(manifest=self.manifest))
