"""A recorder without media: each part is one segment of each of two people, in the vault, chained as a real one."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.errors import TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.ports.documents import DocumentVault
from domain.ports.recording import RecordedSoFar
from domain.procedure.recording import FIRST, KeptLine, Segment
from domain.recorded import kept_lines, line_name

_LENGTH = timedelta(seconds=30)
_BEGAN = datetime(2026, 11, 22, 10, tzinfo=UTC)


@dataclass
class MemoryRecorder:
    """Remembers what it was asked."""

    vault: DocumentVault
    recording: set[tuple[ProcedureId, int]] = field(default_factory=set)
    away: bool = False
    """True: nobody answers."""
    sound_only: list[bool] = field(default_factory=list)
    """Of each beginning that it was asked for."""
    lost: float = 0.0
    """What it will say that it has lost."""

    async def start(self, procedure: ProcedureId, part: int, *, sound_only: bool = False) -> datetime:
        if self.away:
            raise TryAgain("the recorder is away")
        self.sound_only.append(sound_only)
        self.recording.add((procedure, part))
        return _BEGAN + part * 2 * _LENGTH

    async def stop(self, procedure: ProcedureId, part: int) -> RecordedSoFar:
        if self.away:
            raise TryAgain("the recorder is away")
        began = _BEGAN + part * 2 * _LENGTH
        lines = await kept_lines(self.vault, procedure)
        for participant in ("p1", "p2") if (procedure, part) in self.recording else ():
            lines.append(await self._keep(procedure, part, ParticipantId(participant), began, lines))
        self.recording.discard((procedure, part))
        head = lines[-1].hash if lines else FIRST
        return RecordedSoFar(lines=len(lines), head=head, lost=self.lost, ended_at=began + _LENGTH)

    async def end(self, procedure: ProcedureId) -> None:
        self.recording = {(known, part) for known, part in self.recording if known != procedure}

    async def _keep(
        self, procedure: ProcedureId, part: int, participant: ParticipantId, began: datetime, lines: list[KeptLine]
    ) -> KeptLine:
        media = hashlib.sha256(f"{procedure} {part} {participant}".encode()).digest()
        content = await self.vault.put(procedure, media, "video/webm")
        segment = Segment(
            n=len(lines),
            part=part,
            participant=participant,
            began_at=began,
            ended_at=began + _LENGTH,
            media_type="video/webm",
            sha256=content.sha256,
            size=content.size,
            previous=lines[-1].hash if lines else FIRST,
        )
        line = KeptLine(segment=segment, content=content)
        told = line.model_dump_json().encode()
        await self.vault.put_once(procedure, line_name(segment.n), told, "application/json")
        return line
