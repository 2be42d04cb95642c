"""A register outside in memory: enters each id once, and loses answers or refuses when a test has it so."""

from datetime import UTC, datetime

from domain.errors import Refusal, TryAgain
from domain.ids import Sha256
from domain.ports.registers import (
    EntryReceipt,
    EntryTold,
    PowerEnding,
    PowerEntry,
    SearchResult,
    SearchTold,
    Standing,
)
from domain.procedure.registry_searches import Detail
from domain.refusals.declared import Declared
from domain.refusals.register_entries import REGISTER_POWER_ENDED, REGISTER_POWER_OF_ANOTHER, REGISTER_POWER_UNKNOWN

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
        self.changes_nothing = 0
        """How often what was ended still stands when it is asked for."""
        self.found: dict[str, tuple[tuple[Detail, ...], ...]] = {}
        """By name of the person registered, what stands of them."""
        self.searched: dict[str, SearchResult] = {}
        self.answers_wrongly = 0
        """How many receipts are of another document."""

    async def enter(self, told: EntryTold) -> EntryReceipt:
        self.asked += 1
        if self.down:
            raise TryAgain("the register does not answer")
        if self.refuses is not None:
            raise Refusal(self.refuses)
        if isinstance(told, PowerEnding) and told.id not in self.entered:
            self._may_end(told)
        known = self.entered.setdefault(told.id, told)
        if self.loses_answers:
            self.loses_answers -= 1
            raise TryAgain("no answer")
        wrong = self.answers_wrongly > 0
        self.answers_wrongly -= wrong
        number = self._number(told.id)
        return EntryReceipt(
            id=known.id,
            register_name=self._name,
            number=number,
            document_sha256=Sha256("0" * 64) if wrong else known.document_sha256,
            recorded_at=RECORDED,
            valid_until=known.valid_until if isinstance(known, PowerEntry) else None,
            content=b"%PDF receipt " + number.encode(),
        )

    async def standing(self, number: str) -> Standing:
        if self.down:
            raise TryAgain("the register does not answer")
        power = self._power(number)
        if power is None:
            raise TryAgain("no such number")
        gone = {one.declarant_id_number: one.kind for one in self._endings(number)}
        if self.changes_nothing:
            self.changes_nothing -= 1
            gone = {}
        revoked = "revocation" in gone.values()
        left = tuple(one.id_number for one in power.attorneys if one.id_number not in gone)
        if revoked:
            return Standing(number=number, state="revoked")
        return Standing(number=number, state="in_force" if left else "renounced", acting=left)

    async def search(self, told: SearchTold) -> SearchResult:
        self.asked += 1
        if self.down:
            raise TryAgain("the register does not answer")
        if self.refuses is not None:
            raise Refusal(self.refuses)
        entries = self.found.get(told.registered, ())
        one = entries[0] if len(entries) == 1 else ()
        result = SearchResult(
            id=told.id,
            register_name=self._name,
            reference=f"C-{len(self.searched) + 1:06d}",
            searched_at=RECORDED,
            found=len(entries),
            number=f"{self._sign}-2001-1" if one else None,
            details=one,
        )
        result = self.searched.setdefault(told.id, result)
        wrong = self.answers_wrongly > 0
        self.answers_wrongly -= wrong
        return result.but(id="another") if wrong else result

    def _number(self, id: str) -> str:
        return f"{self._sign}-{list(self.entered).index(id) + 1:06d}"

    def _power(self, number: str) -> PowerEntry | None:
        powers = (one for one in self.entered.values() if isinstance(one, PowerEntry))
        return next((one for one in powers if self._number(one.id) == number), None)

    def _endings(self, number: str) -> list[PowerEnding]:
        endings = [one for one in self.entered.values() if isinstance(one, PowerEnding)]
        return [one for one in endings if one.power_number == number]

    def _may_end(self, told: PowerEnding) -> None:
        """Raises `Refusal`."""
        power, who = self._power(told.power_number), told.declarant_id_number
        if power is None:
            raise Refusal(REGISTER_POWER_UNKNOWN)
        may = [power.grantor] if told.kind == "revocation" else power.attorneys
        if who not in [one.id_number for one in may]:
            raise Refusal(REGISTER_POWER_OF_ANOTHER)
        ended = self._endings(told.power_number)
        if any(one.kind == "revocation" or one.declarant_id_number == who for one in ended):
            raise Refusal(REGISTER_POWER_ENDED)
