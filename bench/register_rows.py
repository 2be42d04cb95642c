"""Tens of thousands of procedures straight into register and indicators, with keys and name tokens, by no workflow.

Their journals are missing: lists alone can be asked about them.
"""

import json
import random
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from adapters.key_ring import KEY_BYTES, KeyRing
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key, tokens_of
from domain.ids import AdministrationId, OfficeId, ProcedureId, Sha256
from domain.journal.measured import OWN_DEVICE, Step
from domain.journal.register import PersonLine, PrivatePart, RegisterRow, as_json
from domain.procedure.people import Presence
from domain.types.vocabulary import Family, Privacy, Stage
from settings import Settings

ATLANTIA = AdministrationId("atlantia")
BODIES = ("peace-court-lira", "court-ponte-nova", "civil-registry-ponte-nova", "victim-office-ponte-nova")
OFFICES = ("ojm-lira", "ojm-vilar", "ojm-areal", "registry-ponte-nova")
A_DAY = 100
UNDER_WAY = 150
"""What somebody has to do something about, whatever its day."""
CHUNK = 1000
COUNTED = (
    "procedure", "administration", "office", "body", "type", "privacy", "requested_at", "sealed_at", "ended_at",
    "held", "step", "interruptions", "places",
)  # fmt: skip
GIVEN = ("Antía", "Brais", "Carme", "Duarte", "Elvira", "Fiz", "Iago", "Lúa", "Martiño", "Noa", "Olalla", "Paio")
FREQUENT = ("García", "Rodríguez", "Fernández", "López", "Núñez", "Pérez")
SYLLABLES = ("bar", "cas", "dei", "fer", "gon", "lou", "mar", "nei", "our", "pen", "quin", "rei", "sou", "tre", "vil")


def rows_of(count: int, today: datetime) -> Iterator[RegisterRow]:
    """The same for the same `count` and day: a hundred a day, over as many days before today as after it."""
    chance = random.Random(count)
    days = count // A_DAY
    for number in range(count):
        at = today + timedelta(days=number // A_DAY - days // 2, minutes=8 * 60 + 6 * (number % A_DAY))
        over = at < today
        under_way = chance.random() < UNDER_WAY / count
        stage = Stage.INTERRUPTED if under_way else Stage.CLOSED if over else Stage.SUMMONED
        body, office = chance.choice(BODIES), OfficeId(chance.choice(OFFICES))
        people = tuple(_person(f"p{n}", _name(chance)) for n in (1, 2))
        yield RegisterRow(
            procedure=ProcedureId(f"prc_{number:032x}"), type="conciliation", type_version=1, family=Family.ADR,
            privacy=Privacy.ORDINARY, administration=ATLANTIA, office=office, offices=(office,), body=body,
            case_number=f"{number}/{at.year}", external_id=None, stage=stage, scheduled_at=at, seq=20,
            head=Sha256("a" * 64), changed_at=at, private=PrivatePart(people=people), titles={"es": "Conciliación"},
        )  # fmt: skip


def _person(id: str, name: str) -> PersonLine:
    return PersonLine(id=id, role="applicant", name=name, presence=Presence.EXPECTED, found_by_name=True)


def _name(chance: random.Random) -> str:
    """One surname in three is frequent, the other is nearly nobody else's."""
    rare = "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()
    first = chance.choice(FREQUENT) if chance.random() < 1 / 3 else "".join(chance.sample(SYLLABLES, 3)).capitalize()
    return f"{chance.choice(GIVEN)} {first} {rare}"


async def load(settings: Settings, count: int, today: datetime) -> None:
    """Copy `count` rows into an installation that has none of them."""
    ring = KeyRing.read(settings.master_key_file)
    key = name_key(keys_in(settings.token_key_file.read_bytes())[0])
    async with Database.connect(settings.database_url, connections=2) as database, database.own_connection() as copying:
        keys, rows, chance = KeysPostgres(database, ring), list(rows_of(count, today)), random.Random(count)
        for first in range(0, count, CHUNK):
            some = rows[first : first + CHUNK]
            wrapped = [
                (
                    r.procedure,
                    ring.current,
                    ring.seal(secrets.token_bytes(2 * KEY_BYTES), f"procedure-key:{r.procedure}"),
                )
                for r in some
            ]
            await copying.copy_records_to_table(
                "procedure_keys", records=wrapped, columns=("procedure", "master_key", "wrapped"), timeout=None
            )
            await _rows(database, keys, some)
            await copying.copy_records_to_table(
                "name_tokens", records=[(r.procedure, tokens_of(key, ATLANTIA, r.names_to_find)) for r in some],
                columns=("procedure", "tokens"), timeout=None,
            )  # fmt: skip
            await copying.copy_records_to_table(
                "indicators", records=[_counted(r, today, chance) for r in some], columns=COUNTED, timeout=None
            )
        await copying.execute("VACUUM ANALYZE register, name_tokens, procedure_keys, indicators", timeout=None)


def _counted(row: RegisterRow, today: datetime, chance: random.Random) -> tuple[object, ...]:
    """Every one of them as if it had ended already, within the years before today: the most that is ever counted."""
    ended = today - abs(today - row.scheduled_at) - timedelta(days=1)
    held = chance.random() < 0.9
    step = None if held else chance.choice(tuple(Step)).value
    return (
        row.procedure, row.administration, row.office, row.body, row.type, row.privacy.value,
        ended - timedelta(days=chance.randint(2, 90)), ended if held else None, ended, held, step, chance.randint(0, 2),
        [row.office, OWN_DEVICE] if held else [],
    )  # fmt: skip


async def _rows(database: Database, keys: KeysPostgres, rows: list[RegisterRow]) -> None:
    records = [
        (
            r.procedure, r.seq, r.administration, list(r.offices), r.body, r.stage.value, r.scheduled_at, as_json(r),
            await keys.encrypt(r.procedure, r.private.model_dump_json().encode()),
        )
        for r in rows
    ]  # fmt: skip
    columns = ("procedure", "seq", "administration", "offices", "body", "stage", "scheduled_at", "public", "private")
    async with database.transaction() as connection:
        # Binary COPY knows no codec of ours: the column is filled from text.
        await connection.execute("CREATE TEMP TABLE coming (LIKE register) ON COMMIT DROP")
        await connection.execute("ALTER TABLE coming ALTER COLUMN public TYPE text, ALTER written_at DROP NOT NULL")
        texts = [(*record[:7], json.dumps(record[7]), record[8]) for record in records]
        await connection.copy_records_to_table("coming", records=texts, columns=columns, timeout=None)
        await connection.execute(
            f"INSERT INTO register ({', '.join(columns)})"  # noqa: S608
            f" SELECT {', '.join('public::jsonb' if name == 'public' else name for name in columns)} FROM coming"
        )
