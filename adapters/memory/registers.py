"""A register outside in memory: enters each id once, and loses answers or refuses when a test has it so."""

from datetime import UTC, datetime

from domain.errors import Refusal, TryAgain
from domain.ids import Sha256
from domain.ports.registers import EntryReceipt, EntryTold, PowerEntry
from domain.refusals.declared import Declared

RECORDED = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class MemoryRegister:
    def __init__(self, name: str = "Registro de poderes de prueba", sign: str = "AP") -> None:
        self._name = name
        self._sign = sign
        self.entered: dict[str, EntryTold] = {}
        self.asked = 0
        """How often somebody wanted something entered."""
        self.down = False
        self.loses_answers = 0
        """How many receipts are lost on their way, once what they prove is entered."""
        self.refuses: Declared | None = None
        self.answers_wrongly = 0
        """How many receipts are of another document."""

    async def enter(self, told: EntryTold) -> EntryReceipt:
        self.asked += 1
        if self.down:
            raise TryAgain("the register does not answer")
        if self.refuses is not None:
            raise Refusal(self.refuses)
        known = self.entered.setdefault(told.id, told)
        if self.loses_answers:
            self.loses_answers -= 1
            raise TryAgain("no answer")
        wrong = self.answers_wrongly > 0
        self.answers_wrongly -= wrong
        number = f"{self._sign}-{list(self.entered).index(told.id) + 1:06d}"
        return EntryReceipt(
            id=known.id,
            register_name=self._name,
            number=number,
            document_sha256=Sha256("0" * 64) if wrong else known.document_sha256,
            recorded_at=RECORDED,
            valid_until=known.valid_until if isinstance(known, PowerEntry) else None,
            content=b"%PDF receipt " + number.encode(),
        )
