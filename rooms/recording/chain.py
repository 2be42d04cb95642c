"""The chain of one recording in the store: each line under its number, the first one written wins for ever."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from domain.errors import TryAgain
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.ports.documents import DocumentVault
from domain.procedure.recording import (
    FIRST,
    TOLERANCE,
    Gap,
    GapReason,
    KeptLine,
    Segment,
    lost_seconds,
)
from domain.recorded import kept_lines, line_name
from rooms.recording.webm import MEDIA_TYPE


class Chain:
    """Appends; one at a time. `load` first."""

    def __init__(self, procedure: ProcedureId, vault: DocumentVault) -> None:
        self._procedure = procedure
        self._vault = vault
        self.lines: list[KeptLine] = []

    async def load(self) -> None:
        """Read what earlier processes have written."""
        self.lines = await kept_lines(self._vault, self._procedure)

    @property
    def head(self) -> Sha256:
        return self.lines[-1].hash if self.lines else FIRST

    @property
    def lost(self) -> float:
        return lost_seconds(self.lines)

    def ends(self, part: int) -> dict[str, float]:
        """Until when each person of that part is accounted for."""
        return {
            line.about.participant: line.about.ended_at.timestamp() for line in self.lines if line.about.part == part
        }

    async def add_segment(self, part: int, participant: str, began: float, ended: float, content: bytes) -> None:
        """Keep a segment and its line. What is there already is not kept again."""
        sha256 = hashlib.sha256(content).hexdigest()
        # Of this person at this time: two who are silent may send the same bytes.
        told = (participant, moment(began), sha256)
        if any((s.participant, s.began_at, s.sha256) == told for line in self.lines if (s := line.segment)):
            return
        kept = await self._vault.put(self._procedure, content, MEDIA_TYPE)
        about = self._about(part, participant, began, ended)
        segment = Segment(**about, media_type=MEDIA_TYPE, sha256=kept.sha256, size=kept.size)
        await self._append(KeptLine(segment=segment, content=kept))

    async def add_gap(self, part: int, participant: str, began: float, ended: float, reason: GapReason) -> None:
        """Say that nothing was recorded of this person meanwhile; what is shorter than a breath needs no word."""
        if ended - began > TOLERANCE:
            gap = Gap(**self._about(part, participant, began, ended), reason=reason)
            await self._append(KeptLine(gap=gap))

    def _about(self, part: int, participant: str, began: float, ended: float) -> dict[str, Any]:
        return {
            "n": len(self.lines),
            "part": part,
            "participant": ParticipantId(participant),
            "began_at": moment(began),
            "ended_at": moment(ended),
            "previous": self.head,
        }

    async def _append(self, line: KeptLine) -> None:
        name, told = line_name(line.about.n), line.model_dump_json().encode()
        ref = await self._vault.put_once(self._procedure, name, told, "application/json")
        kept = KeptLine.model_validate_json(await self._vault.get(self._procedure, ref))
        self.lines.append(kept)
        if kept != line:
            raise TryAgain("somebody else has written this line of the recording")


def moment(at: float) -> datetime:
    """To the millisecond, as the chain tells it."""
    return datetime.fromtimestamp(round(at, 3), UTC)
