"""Reading the register: lists, look-ups by the codes people hold, the public verification, and changes as they come.

It reads what the journal's writer left and keeps summons codes; it never changes where a procedure stands.
"""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.journal import CHANNEL
from domain.access.accounts import Seat
from domain.access.stores import Board, BoardPage, RegisterChange, Verification, verification_of
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.events import state_of
from domain.ids import AdministrationId, ParticipantId, ProcedureId
from domain.journal.register import PrivatePart, RegisterRow
from domain.ports.journal import Journal, KeyStore

LONGEST_PAGE = 200
RECONNECT_AFTER = 1.0
"""Seconds between attempts to listen again."""
STILL_THERE = 30.0
"""Seconds of silence after which the listening connection is asked whether it still is one."""


class RegisterPostgres:
    """`Register` and `SummonsCodes` over the tables `register` and `summons`."""

    def __init__(self, database: Database, keys: KeyStore, journal: Journal) -> None:
        self._database = database
        self._keys = keys
        self._journal = journal

    async def board(self, board: Board, *, after: str | None = None, limit: int = 50) -> BoardPage:
        limit = max(1, min(limit, LONGEST_PAGE))
        scheduled_at, procedure = _read_cursor(after) if after else (None, None)
        records = await self._database.rows(
            "SELECT procedure, scheduled_at, public, private FROM register WHERE administration = $1"
            " AND ($2::text IS NULL OR $2 = ANY(offices)) AND ($3::text IS NULL OR body = $3)"
            " AND (cardinality($4::text[]) = 0 OR stage = ANY($4))"
            " AND ($5::timestamptz IS NULL OR scheduled_at >= $5) AND ($6::timestamptz IS NULL OR scheduled_at < $6)"
            " AND ($7::timestamptz IS NULL OR (scheduled_at, procedure) > ($7, $8::text))"
            " ORDER BY scheduled_at, procedure LIMIT $9",
            board.administration,
            board.office,
            board.body,
            [stage.value for stage in board.stages],
            board.since,
            board.until,
            scheduled_at,
            procedure,
            limit + 1,
        )
        shown = records[:limit]
        rows = tuple([await self._row(record) for record in shown])
        return BoardPage(rows=rows, cursor=_cursor(shown[-1]) if len(records) > limit else None)

    async def get(self, procedure: ProcedureId) -> RegisterRow | None:
        return await self._find("procedure = $1", procedure)

    async def by_external_id(self, administration: AdministrationId, external_id: str) -> RegisterRow | None:
        # Procedure ids are UUIDv7: the smallest was started first.
        return await self._find(
            "administration = $1 AND external_id = $2 ORDER BY procedure LIMIT 1", administration, external_id
        )

    async def by_csv(self, csv: str) -> RegisterRow | None:
        return await self._find("csv = $1 ORDER BY procedure LIMIT 1", csv)

    async def verification(self, csv: str) -> Verification | None:
        row = await self.by_csv(csv)
        if row is None:
            return None
        entries = await self._journal.read(row.procedure)
        return verification_of(state_of(entries))

    async def by_summons_code(self, code_hmac: str) -> Seat | None:
        row = await self._database.row("SELECT procedure, participant FROM summons WHERE code_hmac = $1", code_hmac)
        return Seat(procedure=row["procedure"], participant=row["participant"]) if row else None

    async def keep_summons_code(self, procedure: ProcedureId, participant: ParticipantId, code_hmac: str) -> None:
        try:
            await self._database.execute(
                "INSERT INTO summons (procedure, participant, code_hmac) VALUES ($1, $2, $3)"
                " ON CONFLICT (procedure, participant) DO NOTHING",
                procedure,
                participant,
                code_hmac,
            )
        except asyncpg.UniqueViolationError as fault:
            raise PersonMustAct("summons_code_taken", procedure=procedure, participant=participant) from fault

    async def listen(self) -> AsyncGenerator[RegisterChange | None, None]:
        while True:
            try:
                async with self._database.own_connection() as connection:
                    heard = await _subscribe(connection)
                    yield None
                    while (change := await _next(connection, heard)) is not None:
                        yield change
            except TryAgain:
                pass
            await asyncio.sleep(RECONNECT_AFTER)

    async def _find(self, condition: str, *values: Any) -> RegisterRow | None:
        # `condition` is one of the constants above, never what somebody typed.
        record = await self._database.row(f"SELECT procedure, public, private FROM register WHERE {condition}", *values)  # noqa: S608
        return await self._row(record) if record else None

    async def _row(self, record: asyncpg.Record) -> RegisterRow:
        try:
            private = json.loads(await self._keys.decrypt(record["procedure"], record["private"]))
        except PersonMustAct as trouble:
            if trouble.code != "content_erased":
                raise
            # An erased procedure stays in lists as a number and a stage: one of them must not empty a whole page.
            private = PrivatePart(people=()).model_dump()
        return RegisterRow.model_validate({**record["public"], "private": private})


async def _subscribe(connection: "asyncpg.Connection[asyncpg.Record]") -> asyncio.Queue[str | None]:
    """What is notified from now on, in order; None when the connection ends."""
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    connection.add_termination_listener(lambda _: heard.put_nowait(None))
    await connection.add_listener(CHANNEL, lambda _connection, _pid, _channel, text: heard.put_nowait(str(text)))
    return heard


async def _next(
    connection: "asyncpg.Connection[asyncpg.Record]", heard: asyncio.Queue[str | None]
) -> RegisterChange | None:
    """The next change; None when the connection is gone, which a silent network does not say by itself."""
    while True:
        try:
            text = await asyncio.wait_for(heard.get(), STILL_THERE)
        except TimeoutError:
            await connection.execute("SELECT 1")
            continue
        return RegisterChange.model_validate_json(text) if text is not None else None


def _cursor(record: asyncpg.Record) -> str:
    place = json.dumps([record["scheduled_at"].isoformat(), record["procedure"]])
    return base64.urlsafe_b64encode(place.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, procedure = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(at), str(procedure)
    except (ValueError, TypeError) as fault:
        raise Refusal("bad_cursor") from fault
