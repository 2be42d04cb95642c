"""Reading the register: lists, look-ups by number, the public verification, and changes as they come.

It reads what the journal's writer left; it never changes where a procedure stands.
"""

import base64
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from typing import Any

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.devices import DESKS
from adapters.postgres.journal import CHANNEL
from adapters.postgres.listening import listen
from domain.access.register import Board, BoardPage, DeskCalled, RegisterChange, Verification, verification_of
from domain.codes.name_tokens import tokens_to_find
from domain.errors import PersonMustAct, Refusal
from domain.events import state_of
from domain.ids import AdministrationId, ProcedureId
from domain.journal.register import PrivatePart, RegisterRow
from domain.ports.journal import Journal, KeyStore
from domain.refusals.requests import BAD_CURSOR

LONGEST_PAGE = 200
LAST_SIGN = "\U0010ffff"
"""What sorts after every sign that is written."""


class RegisterPostgres:
    """`Register` over the table of that name."""

    def __init__(self, database: Database, keys: KeyStore, journal: Journal, name_key: bytes) -> None:
        """`name_key`: the one with which the journal's writer makes tokens."""
        self._database = database
        self._keys = keys
        self._journal = journal
        self._name_key = name_key

    async def board(self, board: Board, *, after: str | None = None, limit: int = 50) -> BoardPage:
        limit = max(1, min(limit, LONGEST_PAGE))
        statement, values = _statement(board, _read_cursor(after) if after else None, self._name_key, limit + 1)
        records = await self._database.rows(statement, *values)
        shown = records[:limit]
        await self._keys.fetch(record["procedure"] for record in shown)
        rows = tuple([await self._row(record) for record in shown])
        return BoardPage(rows=rows, cursor=_cursor(shown[-1]) if len(records) > limit else None)

    async def get(self, procedure: ProcedureId) -> RegisterRow | None:
        return await self._find("procedure = $1", procedure)

    async def by_external_id(self, administration: AdministrationId, external_id: str) -> RegisterRow | None:
        return await self._find(
            "administration = $1 AND external_id = $2 ORDER BY scheduled_at, procedure LIMIT 1",
            administration,
            external_id,
        )

    async def by_csv(self, csv: str) -> RegisterRow | None:
        return await self._find("csv = $1 ORDER BY procedure LIMIT 1", csv)

    async def verification(self, csv: str) -> Verification | None:
        row = await self.by_csv(csv)
        if row is None:
            return None
        entries = await self._journal.read(row.procedure)
        return verification_of(state_of(entries))

    async def listen(self) -> AsyncGenerator[RegisterChange | DeskCalled | None, None]:
        async with aclosing(listen(self._database, *_HEARD)) as heard:
            async for told in heard:
                yield _HEARD[told[0]].model_validate_json(told[1]) if told is not None else None

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


def _statement(board: Board, after: tuple[datetime, str] | None, name_key: bytes, limit: int) -> tuple[str, list[Any]]:
    """The rows of a list, `limit` at most, and the values of its places."""
    conditions, values = _conditions(board, after, name_key)
    # Only what is asked for stands in the statement: PostgreSQL plans no index for «or the parameter is null».
    order = "scheduled_at DESC, procedure DESC" if board.newest_first else "scheduled_at, procedure"
    end = f"ORDER BY {order} LIMIT {limit}"
    rows = f"SELECT procedure, scheduled_at, public, private FROM register WHERE {' AND '.join(conditions)}"  # noqa: S608
    if not board.stages:
        return f"{rows} {end}", values
    # Stage by stage along the index: once the statement is prepared for any values, PostgreSQL expects so many rows
    # of a list of stages that it rather walks through everything that is over.
    values.append([stage.value for stage in board.stages])
    each = f"{rows} AND stage = wanted.stage {end}"
    wanted = f"unnest(${len(values)}::text[]) AS wanted (stage)"
    return f"SELECT found.* FROM {wanted} CROSS JOIN LATERAL ({each}) AS found {end}", values  # noqa: S608


def _conditions(board: Board, after: tuple[datetime, str] | None, name_key: bytes) -> tuple[list[str], list[Any]]:
    """What a list asks of each row, whatever its stage: constants of ours with places for values, and the values."""
    conditions, values = ["administration = $1"], list[Any]([board.administration])

    def ask(condition: str, *given: Any) -> None:
        places = range(len(values) + 1, len(values) + len(given) + 1)
        conditions.append(condition.format(*(f"${place}" for place in places)))
        values.extend(given)

    if board.office is not None:
        ask("offices @> ARRAY[{0}::text]", board.office)
    if board.body is not None:
        ask("body = {0}", board.body)
    if board.since is not None:
        ask("scheduled_at >= {0}", board.since)
    if board.until is not None:
        ask("scheduled_at < {0}", board.until)
    if board.number is not None:
        # Two bounds and no pattern: of a pattern that comes as a value PostgreSQL makes no search in the index.
        number = "public->>'case_number'"
        ask(f"{number} ~>=~ {{0}}::text AND {number} ~<~ {{1}}::text", board.number, f"{board.number}{LAST_SIGN}")
    if board.name is not None:
        tokens = tokens_to_find(name_key, board.administration, board.name)
        found = "procedure IN (SELECT procedure FROM name_tokens WHERE tokens @> {0}::bigint[])"
        ask(f"{found} AND cardinality({{0}}::bigint[]) > 0", tokens)
    if after is not None:
        ask(f"(scheduled_at, procedure) {'<' if board.newest_first else '>'} ({{0}}::timestamptz, {{1}}::text)", *after)
    return conditions, values


_HEARD: dict[str, type[RegisterChange | DeskCalled]] = {CHANNEL: RegisterChange, DESKS: DeskCalled}


def _cursor(record: asyncpg.Record) -> str:
    place = json.dumps([record["scheduled_at"].isoformat(), record["procedure"]])
    return base64.urlsafe_b64encode(place.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, procedure = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(at), str(procedure)
    except (ValueError, TypeError) as fault:
        raise Refusal(BAD_CURSOR) from fault
