"""The journal in PostgreSQL, and with it the register: what happened and where it leads are written together or not.

The only writer of them. It never changes a line; the table would refuse. Citizens' sessions end with the line
that ends their procedure.
"""

import json
from collections.abc import Sequence
from typing import Any

import asyncpg

from adapters.postgres.database import Connection, Database, lock
from domain.access.accounts import LAST_PAGE
from domain.codes.name_tokens import tokens_of
from domain.ids import ProcedureId, Sha256
from domain.journal.chain import GENESIS, JournalEntry
from domain.journal.continuity import one_chain, previous, unwritten
from domain.journal.measured import as_record
from domain.journal.register import RegisterRow, as_json
from domain.journal.told import told_of
from domain.ports.journal import KeyStore

CHANNEL = "estrado"
"""Where listeners of the register hear of a change (`pg_notify`)."""

WRITE = """
WITH appended AS (
    INSERT INTO journal (procedure, seq, hash, prev, type, line, content)
    SELECT $1, line.* FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[]) AS line
    WHERE ($2[1] = 0 AND $4[1] = $20)
       OR EXISTS (SELECT FROM journal WHERE procedure = $1 AND seq = $2[1] - 1 AND hash = $4[1])
    RETURNING seq
), registered AS (
    INSERT INTO register AS kept (procedure, seq, administration, offices, body, stage, scheduled_at, external_id, csv,
                                  public, private)
    SELECT $1, $8::bigint, $9, $10::text[], $11, $12, $13::timestamptz, $14, $15, $16::jsonb, $17::bytea
    WHERE EXISTS (SELECT FROM appended)
    ON CONFLICT (procedure) DO UPDATE SET
        seq = excluded.seq, administration = excluded.administration, offices = excluded.offices,
        body = excluded.body, stage = excluded.stage, scheduled_at = excluded.scheduled_at,
        external_id = excluded.external_id, csv = excluded.csv, public = excluded.public,
        private = excluded.private, written_at = clock_timestamp()
    WHERE kept.seq < excluded.seq
    RETURNING procedure
), findable AS (
    INSERT INTO name_tokens AS kept (procedure, tokens)
    SELECT procedure, $22::bigint[] FROM registered
    WHERE EXISTS (SELECT FROM procedure_keys WHERE procedure = $1 AND destroyed_at IS NULL)
    ON CONFLICT (procedure) DO UPDATE SET tokens = excluded.tokens WHERE kept.tokens <> excluded.tokens
), told AS (
    INSERT INTO webhook_messages (endpoint, procedure, seq, id, event, external_id, happened_at)
    SELECT told.endpoint, $1, line.seq, 'msg_' || substr(encode(sha256(convert_to(
               'estrado-webhook.v1:' || told.endpoint || ':' || $1 || ':' || line.seq, 'UTF8')), 'hex'), 1, 32),
           line.event, $14, line.at
    FROM unnest($23::bigint[], $24::text[], $25::timestamptz[]) AS line (seq, event, at)
    CROSS JOIN (SELECT id AS endpoint FROM webhook_endpoints
                WHERE administration = $9 AND removed_at IS NULL AND (offices IS NULL OR offices && $10::text[])
                  AND (types IS NULL OR $16::jsonb->>'type' = ANY (types))) AS told
    WHERE EXISTS (SELECT FROM appended WHERE appended.seq = line.seq)
    ORDER BY line.seq
), counted AS (
    INSERT INTO indicators
    SELECT (jsonb_populate_record(NULL::indicators, $26::jsonb || jsonb_build_object('requested_at', coalesce(
               CASE WHEN $2[1] = 0 THEN $6[1]::jsonb->>'at' END,
               (SELECT line::jsonb->>'at' FROM journal WHERE procedure = $1 AND seq = 0))))).*
    FROM registered WHERE $26::jsonb IS NOT NULL
    ON CONFLICT DO NOTHING
), left_behind AS (
    UPDATE sessions SET ends_at = least(ends_at, $21::timestamptz)
    WHERE procedure = $1 AND kind = 'citizen' AND EXISTS (SELECT FROM appended)
)
SELECT pg_notify($18, $19) WHERE EXISTS (SELECT FROM appended)
"""
"""Lines, register row, name tokens, messages to regional systems, what is counted of an act that has ended, end of
sessions and notice in one statement; none when the first line continues nothing."""

Line = tuple[JournalEntry, bytes]
"""A journal line with its content, encrypted."""


class JournalPostgres:
    """`Journal` over the tables `journal`, `register` and `name_tokens`."""

    def __init__(self, database: Database, keys: KeyStore, name_key: bytes) -> None:
        """`name_key`: as `domain.codes.name_tokens.name_key` makes it."""
        self._database = database
        self._keys = keys
        self._name_key = name_key

    async def append(self, entries: Sequence[JournalEntry], row: RegisterRow) -> None:
        """As the port says; also raises `PersonMustAct('journal_gap')` when lines are missing before these, and
        `PersonMustAct('journal_malformed')` when these are not one chain that ends where `row` stands.
        """
        procedure = one_chain(entries, row)
        lines = [(entry, await self._keys.encrypt(procedure, _json(entry.content))) for entry in entries]
        private = await self._keys.encrypt(procedure, row.private.model_dump_json().encode())
        tokens = tokens_of(self._name_key, row.administration, row.names_to_find)
        if not await self._appended_at_once(lines, row, private, tokens):
            await self._append_what_is_missing(lines, row, private, tokens)

    async def _appended_at_once(
        self, lines: Sequence[Line], row: RegisterRow, private: bytes, tokens: list[int]
    ) -> bool:
        """One trip, for lines that continue what is there; False, with nothing written, when they do not."""
        try:
            return bool(await self._database.execute(WRITE, *_written(lines, row, private, tokens)))
        except asyncpg.UniqueViolationError:
            return False

    async def _append_what_is_missing(
        self, lines: Sequence[Line], row: RegisterRow, private: bytes, tokens: list[int]
    ) -> None:
        """Some were written before, or this is a gap or a fork: look, with everybody else kept out."""
        async with self._database.transaction() as connection:
            await lock(connection, "journal", row.procedure)
            stored = await _stored(connection, row.procedure, lines[0][0].seq)
            missing = {entry.seq for entry in unwritten(stored, [entry for entry, _ in lines])}
            if missing:
                late = [(entry, content) for entry, content in lines if entry.seq in missing]
                await connection.execute(WRITE, *_written(late, row, private, tokens))

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        rows = await self._database.rows(
            "SELECT seq, hash, type, line, content FROM journal"
            " WHERE procedure = $1 AND seq >= $2 AND ($3::bigint IS NULL OR seq <= $3) ORDER BY seq",
            procedure,
            first,
            up_to,
        )
        return [
            JournalEntry(
                procedure=procedure,
                seq=row["seq"],
                hash=Sha256(row["hash"]),
                type=row["type"],
                line=row["line"],
                content=json.loads(await self._keys.decrypt(procedure, row["content"])),
            )
            for row in rows
        ]


async def _stored(connection: Connection, procedure: ProcedureId, first: int) -> dict[int, str]:
    """The hashes in the table from the line before `first` on."""
    rows = await connection.fetch(
        "SELECT seq, hash FROM journal WHERE procedure = $1 AND seq >= $2", procedure, first - 1
    )
    return {row["seq"]: row["hash"] for row in rows}


def _written(lines: Sequence[Line], row: RegisterRow, private: bytes, tokens: list[int]) -> tuple[Any, ...]:
    """The values of `WRITE`."""
    told = [line for entry, _ in lines if (line := told_of(entry))]
    change = {
        "procedure": row.procedure,
        "administration": row.administration,
        "offices": list(row.offices),
        "seq": row.seq,
        "stage": row.stage.value,
    }
    return (
        row.procedure,
        [entry.seq for entry, _ in lines],
        [entry.hash for entry, _ in lines],
        [previous(entry) for entry, _ in lines],
        [entry.type for entry, _ in lines],
        [entry.line for entry, _ in lines],
        [content for _, content in lines],
        row.seq,
        row.administration,
        list(row.offices),
        row.body,
        row.stage.value,
        row.scheduled_at,
        row.external_id,
        row.csv,
        as_json(row),
        private,
        CHANNEL,
        json.dumps(change),
        GENESIS,
        row.changed_at + LAST_PAGE if row.stage.ended else None,
        tokens,
        [line.seq for line in told],
        [line.event for line in told],
        [line.at for line in told],
        as_record(row.measured) if row.measured else None,
    )


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
