"""Requests to providers of identity, their answers, and which messages were used (migration 24)."""

import hashlib
import json
import secrets
from datetime import datetime, timedelta

from adapters.postgres.database import Database
from domain.errors import PersonMustAct
from domain.ids import ParticipantId, ProcedureId
from domain.ports.exchanges import Exchange, ProviderAnswer
from domain.ports.journal import KeyStore

KEPT = timedelta(days=1)
"""After an exchange expired: a step that is tried again so long after its answer finds it still."""


class ExchangesPostgres:
    """`IdentityExchanges` over the tables `identity_exchanges` and `identity_messages_used`."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    async def open(self, exchange: Exchange, relay: str) -> Exchange:
        request = json.dumps({"address": exchange.address, "fields": exchange.fields}).encode()
        await self._database.execute(
            "INSERT INTO identity_exchanges (reference, procedure, participant, message, relay, request, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (reference) DO NOTHING",
            exchange.reference,
            exchange.procedure,
            exchange.participant,
            exchange.message,
            _digest(relay),
            await self._keys.encrypt(exchange.procedure, request),
            exchange.expires_at,
        )
        kept = await self.find(exchange.reference)
        if kept is None or (kept.procedure, kept.participant) != (exchange.procedure, exchange.participant):
            raise PersonMustAct("identity_exchange_reused", reference=exchange.reference)
        return kept

    async def find(self, reference: str) -> Exchange | None:
        rows = await self._database.rows(
            "SELECT procedure, participant, message, request, expires_at FROM identity_exchanges WHERE reference = $1",
            reference,
        )
        if not rows:
            return None
        row = rows[0]
        return Exchange(
            reference=reference,
            procedure=ProcedureId(row["procedure"]),
            participant=ParticipantId(row["participant"]),
            message=row["message"],
            expires_at=row["expires_at"],
            **json.loads(await self._keys.decrypt(ProcedureId(row["procedure"]), row["request"])),
        )

    async def keep_answer(self, relay: str, text: str, at: datetime) -> str | None:
        rows = await self._database.rows(
            "SELECT procedure FROM identity_exchanges WHERE relay = $1 AND expires_at > $2", _digest(relay), at
        )
        if not rows:
            return None
        receipt = secrets.token_urlsafe(32)
        await self._database.execute(
            "UPDATE identity_exchanges SET answer = $2, receipt = $3, received_at = $4 WHERE relay = $1",
            _digest(relay),
            await self._keys.encrypt(ProcedureId(rows[0]["procedure"]), text.encode()),
            _digest(receipt),
            at,
        )
        return receipt

    async def answer(self, reference: str, receipt: str) -> ProviderAnswer | None:
        rows = await self._database.rows(
            "SELECT procedure, message, answer, received_at FROM identity_exchanges"
            " WHERE reference = $1 AND receipt = $2",
            reference,
            _digest(receipt),
        )
        if not rows:
            return None
        row = rows[0]
        text = await self._keys.decrypt(ProcedureId(row["procedure"]), row["answer"])
        return ProviderAnswer(text=text.decode(), message=row["message"], received_at=row["received_at"])

    async def use(self, message: str, reference: str, attempt: str, until: datetime) -> bool:
        await self._database.execute(
            "INSERT INTO identity_messages_used (message, reference, attempt, used_until) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (message) DO NOTHING",
            message,
            reference,
            attempt,
            until,
        )
        rows = await self._database.rows(
            "SELECT reference, attempt FROM identity_messages_used WHERE message = $1", message
        )
        return [tuple(row) for row in rows] == [(reference, attempt)]

    async def purge(self, now: datetime) -> None:
        await self._database.execute("DELETE FROM identity_exchanges WHERE expires_at < $1", now - KEPT)
        await self._database.execute("DELETE FROM identity_messages_used WHERE used_until < $1", now - KEPT)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
