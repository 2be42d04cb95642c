"""Types that Administrations publish. Append-only; the tables refuse everything else."""

from collections import defaultdict
from datetime import date

import asyncpg

from adapters.postgres.database import Connection, Database, lock
from domain.access.publishing import (
    Act,
    Decision,
    Definition,
    Publication,
    PublicationAct,
    may_follow,
)
from domain.errors import Refusal
from domain.refusals.publishing import DEFINITION_TAKEN


class PublicationsPostgres:
    """`Publications` over the tables `type_publications`, `type_definitions`, `type_publication_acts`, `type_names`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest(self) -> int:
        row = await self._database.row("SELECT count(*) AS acts FROM type_publication_acts")
        assert row is not None
        return int(row["acts"])

    async def every(self) -> tuple[Publication, ...]:
        async with self._database.transaction() as connection:
            # One look: a publication whose acts are read a moment later could be two states at once.
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return await _read(connection)

    async def propose(self, publication: Publication) -> None:
        async with self._database.transaction() as connection:
            status = await connection.execute(
                "INSERT INTO type_publications"
                " (id, administration, approved_by, approved_on, document, bodies, offices)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
                publication.id,
                publication.administration,
                publication.decision.approved_by,
                publication.decision.approved_on,
                publication.decision.document,
                publication.decision.bodies,
                publication.decision.offices,
            )
            if status.endswith(" 0"):
                return
            await connection.executemany(
                "INSERT INTO type_definitions (publication, place, kind, name, id, version, text, sha256)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                [
                    (publication.id, place, one.kind.value, one.name, one.id, one.version, one.text, one.sha256)
                    for place, one in enumerate(publication.definitions)
                ],
            )
            await _write(connection, publication.id, publication.acts[0])

    async def add(self, publication: str, act: PublicationAct, day: date) -> Publication:
        async with self._database.transaction() as connection:
            await lock(connection, "type_publications")
            known = {one.id: one for one in await _read(connection, publication)}[publication]
            may_follow(known, act.act, act.by, day, act.effective_on)
            if act.act is Act.APPROVED:
                await _name(connection, known)
            await _write(connection, publication, act)
        return known.but(acts=(*known.acts, act))


async def _name(connection: Connection, publication: Publication) -> None:
    for one in publication.definitions:
        status = await connection.execute(
            "INSERT INTO type_names (kind, name, id, version, publication) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT DO NOTHING",
            one.kind.value,
            one.name,
            one.id,
            one.version,
            publication.id,
        )
        if status.endswith(" 0"):
            raise Refusal(DEFINITION_TAKEN, name=one.name)


async def _write(connection: Connection, publication: str, act: PublicationAct) -> None:
    await connection.execute(
        "INSERT INTO type_publication_acts (publication, act, done_by, at, why, effective_on)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        publication,
        act.act.value,
        act.by,
        act.at,
        act.why,
        act.effective_on,
    )


async def _read(connection: Connection, id: str | None = None) -> tuple[Publication, ...]:
    rows = await connection.fetch(
        "SELECT id, administration, approved_by, approved_on, document, bodies, offices FROM type_publications"
        " WHERE $1::text IS NULL OR id = $1 ORDER BY number",
        id,
    )
    texts = await connection.fetch(
        "SELECT publication, kind, name, id, version, text FROM type_definitions"
        " WHERE $1::text IS NULL OR publication = $1 ORDER BY publication, place",
        id,
    )
    acts = await connection.fetch(
        "SELECT publication, act, done_by, at, why, effective_on FROM type_publication_acts"
        " WHERE $1::text IS NULL OR publication = $1 ORDER BY number",
        id,
    )
    texts_of, acts_of = _grouped(texts), _grouped(acts)
    return tuple(
        Publication(
            id=row["id"],
            administration=row["administration"],
            decision=Decision.model_validate(dict(row)),
            definitions=tuple(Definition.model_validate(dict(text)) for text in texts_of[row["id"]]),
            acts=tuple(PublicationAct.model_validate({**act, "by": act["done_by"]}) for act in acts_of[row["id"]]),
        )
        for row in rows
    )


def _grouped(rows: list[asyncpg.Record]) -> dict[str, list[asyncpg.Record]]:
    grouped: dict[str, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        grouped[row["publication"]].append(row)
    return grouped
