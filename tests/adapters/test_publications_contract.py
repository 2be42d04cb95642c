"""What every store of publications does, in PostgreSQL and in memory: nothing is changed, and a name means one text."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from adapters.memory import MemoryPublications
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.publications import PublicationsPostgres
from domain.access.accounts import Account
from domain.access.publishing import (
    Act,
    Decision,
    Definition,
    DefinitionKind,
    Publication,
    PublicationAct,
    Publications,
    State,
)
from domain.errors import Refusal
from domain.ids import AccountId
from domain.types.vocabulary import StaffRole
from tests.adapters.written import ATLANTIA, NOON

ROI, SABELA = AccountId("acc_roi"), AccountId("acc_sabela")
TODAY = NOON.date()
DECISION = Decision(approved_by="Dirección General", approved_on=date(2026, 11, 3), document="Resolución 3/2026")


@pytest.fixture
async def postgres(database: Database) -> Publications:
    for id in (ROI, SABELA):
        account = Account(
            id=id, administration=ATLANTIA, name=id, email=f"{id}@x.example", roles=(StaffRole.ADMINISTRATOR,)
        )
        await AccountsPostgres(database).create(account, id, "una contraseña larga")
    return PublicationsPostgres(database)


@pytest.fixture(params=["memory", "postgres"])
def publications(request: pytest.FixtureRequest) -> Publications:
    if request.param == "memory":
        return MemoryPublications()
    store: Publications = request.getfixturevalue("postgres")
    return store


def act(what: Act, by: AccountId = SABELA, on: date = TODAY) -> PublicationAct:
    return PublicationAct(act=what, by=by, at=NOON, why="Lo pide la Consejería", effective_on=on)


def proposal(id: str = "pub_1", name: str = "boundary", version: int = 1, code: str = "Z01") -> Publication:
    procedure = Definition(
        kind=DefinitionKind.PROCEDURE_TYPE, name=name, id=name, version=version, text=f"id: {name} # ñ\n"
    )
    item = Definition(kind=DefinitionKind.ITEM_TYPE, name=code, id=f"item_{code.lower()}", text=f"code: {code}\n")
    return Publication(
        id=id,
        administration=ATLANTIA,
        decision=DECISION,
        definitions=(item, procedure),
        acts=(act(Act.PROPOSED, ROI),),
    )


async def test_what_is_proposed_comes_back_as_it_was(publications: Publications) -> None:
    assert (await publications.latest(), await publications.every()) == (0, ())
    await publications.propose(proposal())
    await publications.propose(proposal("pub_2", "other", code="Z02"))
    assert await publications.every() == (proposal(), proposal("pub_2", "other", code="Z02"))
    assert await publications.latest() == 2


async def test_where_a_type_is_held_comes_back_as_it_was(publications: Publications) -> None:
    some = proposal().but(decision=DECISION.but(bodies=("peace-court-lira",), offices=("ojm-lira", "ojm-vilar")))
    await publications.propose(some)
    assert await publications.every() == (some,)


async def test_two_people_publish(publications: Publications) -> None:
    await publications.propose(proposal())
    with pytest.raises(Refusal, match="second_person_needed"):
        await publications.add("pub_1", act(Act.APPROVED, ROI), TODAY)
    approved = await publications.add("pub_1", act(Act.APPROVED), TODAY)
    assert approved.state(TODAY) is State.IN_FORCE
    assert await publications.every() == (approved,)
    for again in (Act.APPROVED, Act.REJECTED):
        with pytest.raises(Refusal, match="publication_settled"):
            await publications.add("pub_1", act(again), TODAY)


async def test_it_is_withdrawn_from_a_day_that_is_not_past(publications: Publications) -> None:
    await publications.propose(proposal())
    with pytest.raises(Refusal, match="publication_settled"):
        await publications.add("pub_1", act(Act.WITHDRAWN), TODAY)
    await publications.add("pub_1", act(Act.APPROVED), TODAY)
    with pytest.raises(Refusal, match="start_in_the_past"):
        await publications.add("pub_1", act(Act.WITHDRAWN, on=TODAY - timedelta(days=1)), TODAY)
    tomorrow = TODAY + timedelta(days=1)
    withdrawn = await publications.add("pub_1", act(Act.WITHDRAWN, on=tomorrow), TODAY)
    assert (withdrawn.state(TODAY), withdrawn.state(tomorrow)) == (State.IN_FORCE, State.WITHDRAWN)


async def test_what_is_rejected_leaves_its_names_free(publications: Publications) -> None:
    await publications.propose(proposal())
    await publications.propose(proposal("pub_2"))
    await publications.add("pub_1", act(Act.REJECTED, ROI), TODAY)
    assert (await publications.add("pub_2", act(Act.APPROVED), TODAY)).state(TODAY) is State.IN_FORCE


@pytest.mark.parametrize(
    "second",
    [
        proposal("pub_2", code="Z02"),
        proposal("pub_2", name="other"),
        proposal("pub_2", version=2),
    ],
)
async def test_a_name_is_approved_once(publications: Publications, second: Publication) -> None:
    await publications.propose(proposal())
    await publications.propose(second)
    await publications.add("pub_1", act(Act.APPROVED), TODAY)
    with pytest.raises(Refusal, match="definition_taken"):
        await publications.add("pub_2", act(Act.APPROVED), TODAY)
    assert [one.state(TODAY) for one in await publications.every()] == [State.IN_FORCE, State.PROPOSED]


async def test_of_two_rivals_one_is_approved(publications: Publications) -> None:
    rivals = [f"pub_{number}" for number in range(6)]
    for id in rivals:
        await publications.propose(proposal(id))
    ends = await asyncio.gather(
        *(publications.add(id, act(Act.APPROVED), TODAY) for id in rivals), return_exceptions=True
    )
    assert [isinstance(end, Publication) for end in ends].count(True) == 1


async def test_nothing_is_changed_or_removed_in_the_tables(database: Database) -> None:
    for statement in (
        "TRUNCATE type_names",
        "TRUNCATE type_definitions",
        "TRUNCATE type_publication_acts",
        "TRUNCATE type_publications CASCADE",
    ):
        with pytest.raises(asyncpg.PostgresError, match="append-only"):
            await database.execute(statement)
