"""A procedure that is held in memory alone, by the rules and events of real ones: nothing is signed, sent or kept.

What the world would do is taken as done (a document is written, a PIN is right). What the rules refuse is refused.
"""

import hashlib
from datetime import datetime, timedelta

from domain.codes.csv import csv_of
from domain.commands import Command, Receipt, RecordedCommand
from domain.events import Event, apply, begin
from domain.events.minutes import MinutesDrafted, MinutesSealed, SigningFinished
from domain.events.people import ParticipantJoined
from domain.events.summons import ProcedureRequested, SummonsIssued
from domain.ids import ParticipantId, Sha256
from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
from domain.procedure.documents import DocumentRef
from domain.procedure.state import Procedure
from domain.rules.common import acting_role
from domain.rules.table import RULES
from domain.types.vocabulary import Stage
from rehearsal.consequences import CONSEQUENCES, Came, Consequence
from rehearsal.entering import entered_at_once

SEED = b"\x00" * 32
BETWEEN_ACTS = timedelta(seconds=20)
MOST_ACTS = 3000
"""More than any procedure has: a type that needs so many is one that nobody could hold."""


class TooLong(Exception):
    """The scripted people would act for ever."""


class MemoryCourtroom:
    """`Courtroom` over a state that is folded from events."""

    def __init__(self, asked: ProcedureRequested, at: datetime) -> None:
        self._at = at
        self._head = ChainHead()
        self.entries: list[JournalEntry] = []
        self._state = begin(asked, self._stamp("system", "system"))
        self._write(asked, "system", "system")
        self._note(SummonsIssued(scheduled_at=asked.scheduled_at))

    async def perform(self, command: Command) -> Receipt:
        """Raises `Refusal` as the procedure itself would."""
        if len(self.entries) > MOST_ACTS:
            raise TooLong
        RULES[type(command)](self._state, command)
        events, detail = self._comes_to(command)
        author = command.author
        for event in events:
            self._write(event, author.ref, acting_role(self._state, author))
        self._go_on()
        return Receipt(seq=len(self.entries) - 1, stage=self._state.stage.value, detail=detail)

    def _comes_to(self, command: Command) -> Came:
        if isinstance(command, RecordedCommand):
            return command.events(self._state), {}
        consequence: Consequence = CONSEQUENCES[type(command)]
        return consequence(self._state, command, self)

    async def procedure(self) -> Procedure:
        return self._state

    async def reaches(self, *stages: Stage) -> Procedure:
        """Nothing happens by itself later: it is there, or it never will be."""
        if self._state.stage not in stages:
            raise AssertionError(f"{self._state.stage}, not {stages}")
        return self._state

    async def proof(self, challenge: str) -> str:
        return "0" * 64

    async def upload(self, content: bytes) -> DocumentRef:
        return self.written("upload")

    async def joins(self, participant: ParticipantId) -> None:
        self._note(ParticipantJoined(participant=participant))

    def now(self) -> datetime:
        return self._at

    def written(self, name: str) -> DocumentRef:
        """A document of one page that is nowhere, named by what it would be."""
        digest = Sha256(hashlib.sha256(f"{name}/{len(self.entries)}".encode()).hexdigest())
        return DocumentRef(key=digest, version_id="1", sha256=digest, size=1, media_type="application/pdf", pages=1)

    def _go_on(self) -> None:
        """What a procedure does by itself once people have acted."""
        self._note(*entered_at_once(self._state, self.written("receipt"), self._at))
        if self._state.stage is Stage.DRAFTING:
            self._note(MinutesDrafted(draft=self.written("draft"), csv=csv_of(SEED)))
        elif self._state.stage is Stage.SIGNING and not self._awaited():
            self._note(SigningFinished(), MinutesSealed())

    def _awaited(self) -> list[str]:
        minutes = self._state.minutes
        assert minutes is not None and minutes.document is not None
        document = self._state.document(minutes.document)
        signers = [signer for signer in self._state.asked_to_sign(document) if signer != "body"]
        return [signer for signer in signers if not document.signed_by(signer)]

    def _note(self, *events: Event) -> None:
        for event in events:
            self._write(event, "system", "system")

    def _write(self, event: Event, actor: str, role: str) -> None:
        stamp = self._stamp(actor, role)
        if not isinstance(event, ProcedureRequested):
            self._state = apply(self._state, event, stamp)
        line = entry(
            self._head,
            procedure=self._state.id,
            seed=SEED,
            stamp=stamp,
            type=event.type,
            content=event.content(),
            subjects=event.subjects(),
            build="rehearsal",
        )
        self._head = advance(self._head, line)
        self.entries.append(line)

    def _stamp(self, actor: str, role: str) -> Stamp:
        self._at += BETWEEN_ACTS
        return Stamp(actor=actor, role=role, at=self._at)
