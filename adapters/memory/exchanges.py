"""Requests to providers of identity and their answers, in memory."""

import secrets
from datetime import datetime, timedelta

from domain.errors import PersonMustAct
from domain.ports.exchanges import Exchange, ProviderAnswer

KEPT = timedelta(days=1)


class MemoryExchanges:
    def __init__(self) -> None:
        self._opened: dict[str, tuple[Exchange, str]] = {}
        self._answers: dict[str, tuple[str, ProviderAnswer]] = {}
        self._used: dict[str, tuple[str, str, datetime]] = {}

    async def open(self, exchange: Exchange, relay: str) -> Exchange:
        kept, _ = self._opened.setdefault(exchange.reference, (exchange, relay))
        if (kept.procedure, kept.participant) != (exchange.procedure, exchange.participant):
            raise PersonMustAct("identity_exchange_reused", reference=exchange.reference)
        return kept

    async def find(self, reference: str) -> Exchange | None:
        kept = self._opened.get(reference)
        return kept[0] if kept else None

    async def keep_answer(self, relay: str, text: str, at: datetime) -> str | None:
        exchange = next((one for one, known in self._opened.values() if known == relay and one.expires_at > at), None)
        if exchange is None:
            return None
        receipt = secrets.token_urlsafe(32)
        answer = ProviderAnswer(text=text, message=exchange.message, received_at=at)
        self._answers[exchange.reference] = (receipt, answer)
        return receipt

    async def answer(self, reference: str, receipt: str) -> ProviderAnswer | None:
        known, answer = self._answers.get(reference, ("", None))
        return answer if known == receipt else None

    async def use(self, message: str, reference: str, attempt: str, until: datetime) -> bool:
        return self._used.setdefault(message, (reference, attempt, until))[:2] == (reference, attempt)

    async def purge(self, now: datetime) -> None:
        self._opened = {name: kept for name, kept in self._opened.items() if kept[0].expires_at >= now - KEPT}
        self._used = {name: used for name, used in self._used.items() if used[2] >= now - KEPT}
