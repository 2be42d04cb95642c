"""Finding by name against a real PostgreSQL: written with the journal, filled in afterwards, gone with the key."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.name_tokens import fill_name_tokens
from adapters.postgres.register import RegisterPostgres
from domain.access.register import Board
from domain.codes.name_tokens import tokens_of
from domain.ids import AdministrationId, ProcedureId
from domain.journal.register import PersonLine, PrivatePart, RegisterRow
from domain.procedure.people import Presence
from domain.types.vocabulary import Privacy
from tests.adapters.conftest import ORDERED, new_procedure
from tests.adapters.test_register_postgres import story
from tests.adapters.written import ATLANTIA, NAME_KEY, chain, head_of, row_after

Place = Callable[..., Any]


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


@pytest.fixture
def found(database: Database, keys: KeysPostgres, journal: JournalPostgres) -> Place:
    register = RegisterPostgres(database, keys, journal, NAME_KEY)

    async def find(name: str, administration: str = ATLANTIA) -> list[ProcedureId]:
        asked = Board(administration=AdministrationId(administration), name=name)
        return [row.procedure for row in (await register.board(asked)).rows]

    return find


def people(*names: str, found_by_name: bool = True) -> PrivatePart:
    lines = (
        PersonLine(id=f"p{n}", role="party", name=name, presence=Presence.EXPECTED, found_by_name=found_by_name)
        for n, name in enumerate(names)
    )
    return PrivatePart(people=tuple(lines))


async def enter(keys: KeysPostgres, journal: JournalPostgres, **changes: Any) -> RegisterRow:
    line = chain(await new_procedure(keys), 1)[0]
    row = row_after(line, **changes)
    await journal.append([line], row)
    return row


async def test_a_procedure_is_found_by_the_names_that_may_be_read(
    keys: KeysPostgres, journal: JournalPostgres, found: Place
) -> None:
    marta = await enter(keys, journal, private=people("Marta Lago Prieto", "Anxo Ruiz"))
    await enter(keys, journal, private=people("Marta Lago Prieto", found_by_name=False))
    await enter(keys, journal, administration=AdministrationId("meseta"), private=people("Marta Lago Prieto"))

    for typed in ("lágo", "PRI mar", "anxo lago"):
        assert await found(typed) == [marta.procedure], typed
    for typed in ("lagos", "ma", "", "marta sousa"):
        assert await found(typed) == [], typed


async def test_names_follow_the_journal(
    database: Database, keys: KeysPostgres, journal: JournalPostgres, found: Place
) -> None:
    row = await enter(keys, journal, private=people("Marta Lago"))
    (first,) = await journal.read(row.procedure)
    second = chain(row.procedure, 1, head=head_of(first))[0]
    await journal.append([second], row_after(second, private=people("Marta Prieto")))

    assert await found("prieto") == [row.procedure]
    assert await found("lago") == []
    kept = await database.row("SELECT tokens FROM name_tokens WHERE procedure = $1", row.procedure)
    assert kept is not None and kept["tokens"] == tokens_of(NAME_KEY, ATLANTIA, ("Marta Prieto",))


async def test_what_was_registered_before_there_were_tokens_is_filled_in_once(
    database: Database, keys: KeysPostgres, journal: JournalPostgres, found: Place
) -> None:
    told: dict[Privacy, ProcedureId] = {}
    for privacy in (Privacy.ORDINARY, Privacy.PROTECTED):
        told[privacy] = await new_procedure(keys)
        entries = story(told[privacy], privacy, sealed=False)
        await journal.append(entries, row_after(entries[-1]))
    erased = await enter(keys, journal, private=people("Brais Oteiro"))
    await database.execute("DELETE FROM name_tokens")
    await keys.destroy(erased.procedure, *ORDERED)

    assert await fill_name_tokens(database, journal, NAME_KEY) == 2
    assert await fill_name_tokens(database, journal, NAME_KEY) == 0
    assert await found("canaria") == [told[Privacy.ORDINARY]]


async def test_when_the_key_of_names_has_changed_all_are_found_with_the_new_one(
    database: Database, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    procedure, new = await new_procedure(keys), b"o" * 32
    entries = story(procedure, Privacy.ORDINARY, sealed=False)
    await journal.append(entries, row_after(entries[-1]))
    register = RegisterPostgres(database, keys, journal, new)
    asked = Board(administration=ATLANTIA, name="canaria")
    assert (await register.board(asked)).rows == ()

    assert await fill_name_tokens(database, journal, new) == 0
    assert await fill_name_tokens(database, journal, new, anew=True) == 1
    assert [row.procedure for row in (await register.board(asked)).rows] == [procedure]


async def test_with_its_key_a_procedure_loses_its_tokens_for_ever(
    database: Database, ring: KeyRing, keys: KeysPostgres, journal: JournalPostgres, found: Place
) -> None:
    row = await enter(keys, journal, private=people("Marta Lago"))
    (first,) = await journal.read(row.procedure)
    # Another process keeps the key in memory for a while, and writes one line more.
    late = JournalPostgres(database, KeysPostgres(database, ring), NAME_KEY)
    await late.read(row.procedure)
    await keys.destroy(row.procedure, *ORDERED)
    assert await found("lago") == []

    second = chain(row.procedure, 1, head=head_of(first))[0]
    await late.append([second], row_after(second, private=people("Marta Lago")))
    assert await found("lago") == []
