"""The key of summons codes is changed by an order, and no code that somebody holds on paper stops working."""

import asyncio
from pathlib import Path

import pytest

from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.summons import SummonsPostgres
from deploy.code_keys import StillOut, end, obey, retire, rotate
from domain.access.accounts import Seat
from domain.codes.key_files import keys_in
from domain.codes.pins import summons_code_hmac, summons_code_of
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.types.vocabulary import Stage
from tests.adapters.conftest import new_procedure
from tests.adapters.written import NAME_KEY, chain, row_after

PERSON, OTHER = ParticipantId("p1"), ParticipantId("p2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "code.key"
    file.write_bytes(b"1" * 32)
    return file


def private(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0


def in_force(path: Path) -> tuple[bytes, ...]:
    return keys_in(path.read_bytes())


@pytest.fixture
def summons(database: Database, path: Path) -> SummonsPostgres:
    return SummonsPostgres(database, lambda: in_force(path))


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


async def entered(keys: KeysPostgres, journal: JournalPostgres, stage: Stage) -> ProcedureId:
    procedure = await new_procedure(keys)
    line = chain(procedure, 1)[0]
    await journal.append([line], row_after(line, stage=stage))
    return procedure


async def test_a_code_that_is_out_while_the_key_changes_goes_on_opening_its_seat(
    summons: SummonsPostgres, path: Path
) -> None:
    procedure, before = ProcedureId("prc_1"), in_force(path)[0]
    code = await summons.issue(procedure, PERSON)
    rotate(path)
    rotate(path)

    assert await summons.seat_of(code) == Seat(procedure=procedure, participant=PERSON)
    assert await summons.issue(procedure, PERSON) == code  # printed again, in a mail of another date
    other = await summons.issue(procedure, OTHER)
    assert other == summons_code_of(in_force(path)[0], procedure, OTHER)
    assert await summons.seat_of(other) == Seat(procedure=procedure, participant=OTHER)
    # A code that nobody issued opens nothing, whichever key of ours it was made with.
    assert await summons.seat_of(summons_code_of(before, procedure, OTHER)) is None


async def test_a_code_of_before_keys_were_named_was_made_by_the_oldest(
    summons: SummonsPostgres, database: Database, path: Path
) -> None:
    procedure = ProcedureId("prc_1")
    code = await summons.issue(procedure, PERSON)
    await database.execute("UPDATE summons SET made_with = NULL")
    assert await summons.end_of_keys_before() == 0
    rotate(path)
    assert await summons.issue(procedure, PERSON) == code


async def test_the_key_before_does_not_leave_while_a_code_of_it_is_good(
    summons: SummonsPostgres, path: Path, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    over, open_ = [await entered(keys, journal, stage) for stage in (Stage.CANCELLED, Stage.IN_SESSION)]
    for procedure in (over, open_):
        await summons.issue(procedure, PERSON)
    rotate(path)
    await summons.issue(over, OTHER)

    with pytest.raises(StillOut, match="1 codes"):
        await retire(path, summons)
    assert len(in_force(path)) == 2
    (line,) = chain(open_, 2)[1:]
    await journal.append([line], row_after(line, stage=Stage.CLOSED))
    await retire(path, summons)
    assert len(in_force(path)) == 1


async def test_a_key_that_others_have_ends_with_its_codes_and_the_next_letter_has_a_new_one(
    summons: SummonsPostgres, path: Path
) -> None:
    procedure = ProcedureId("prc_1")
    code = await summons.issue(procedure, PERSON)
    rotate(path)
    kept = await summons.issue(procedure, OTHER)

    assert await end(path, summons) == 1
    assert await summons.seat_of(code) is None
    assert await summons.seat_of(kept) is not None
    again = await summons.issue(procedure, PERSON)
    assert again != code and await summons.seat_of(again) == Seat(procedure=procedure, participant=PERSON)


async def test_a_process_that_lacks_the_key_of_a_code_makes_no_other_one(
    summons: SummonsPostgres, database: Database, path: Path
) -> None:
    behind = SummonsPostgres(database, lambda: (b"1" * 32,))
    rotate(path)
    code = await summons.issue(ProcedureId("prc_1"), PERSON)
    with pytest.raises(TryAgain):
        await behind.issue(ProcedureId("prc_1"), PERSON)
    assert await summons.seat_of(code) is not None


async def test_one_code_never_opens_two_seats(summons: SummonsPostgres, database: Database, path: Path) -> None:
    same = summons_code_hmac(in_force(path)[0], summons_code_of(in_force(path)[0], ProcedureId("prc_1"), PERSON))
    await database.execute("INSERT INTO summons (procedure, participant, code_hmac) VALUES ('prc_2', 'p1', $1)", same)
    with pytest.raises(PersonMustAct, match="summons_code_taken"):
        await summons.issue(ProcedureId("prc_1"), PERSON)


async def test_the_orders_are_given_by_name(path: Path, database_url: str, database: Database) -> None:
    for what, left in (("rotate", 2), ("retire", 1), ("rotate", 2), ("end", 1)):
        assert await asyncio.wait_for(obey(what, path, database_url), 30)
        assert len(in_force(path)) == left
    assert private(path)
