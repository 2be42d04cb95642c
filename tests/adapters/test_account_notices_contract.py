"""What every store of notices of accounts does, in PostgreSQL and in memory: each is taken once."""

import pytest

from adapters.key_ring import KeyRing
from adapters.memory import MemoryAccountNotices
from adapters.postgres.account_notices import AccountNoticesPostgres
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from domain.access.account_notices import AccountNotice, AccountNotices
from domain.access.keeping_accounts import AccountAct, AccountChange
from tests.adapters.test_accounts_postgres import FAST
from tests.adapters.test_keeping_accounts_postgres import KEEPER, NEW, NOW


@pytest.fixture
async def postgres(database: Database, ring: KeyRing) -> AccountNotices:
    keeping = AccountKeepingPostgres(database, AccountsPostgres(database, FAST), ring)
    await keeping.create(NEW, KEEPER, NOW)
    for _ in range(2):
        await keeping.new_link(NEW.id, KEEPER, NOW)
    return AccountNoticesPostgres(database, ring)


def memory() -> AccountNotices:
    twin = MemoryAccountNotices()
    for number, act in enumerate((AccountAct.CREATED, AccountAct.LINK_MADE, AccountAct.LINK_MADE), 1):
        change = AccountChange(account=NEW.id, act=act, by=KEEPER, at=NOW, afterwards=NEW)
        twin.notices[number] = AccountNotice(number=number, message=f"m{number}", change=change, link=f"link-{number}")
    return twin


@pytest.fixture(params=["memory", "postgres"])
def notices(request: pytest.FixtureRequest) -> AccountNotices:
    """Three that wait: a new account, and two links."""
    if request.param == "memory":
        return memory()
    store: AccountNotices = request.getfixturevalue("postgres")
    return store


async def test_the_oldest_are_found_first_and_no_more_than_asked_for(notices: AccountNotices) -> None:
    numbers = await notices.waiting(100)
    assert len(numbers) == 3
    assert list(numbers) == sorted(numbers)
    assert await notices.waiting(2) == numbers[:2]


async def test_each_is_about_its_change(notices: AccountNotices) -> None:
    numbers = await notices.waiting(100)
    found = [await notices.get(number) for number in numbers]
    acts = (AccountAct.CREATED, AccountAct.LINK_MADE, AccountAct.LINK_MADE)
    assert [(one.number, one.change.act) for one in found if one] == list(zip(numbers, acts, strict=True))
    assert len({one.message for one in found if one}) == len({one.link for one in found if one}) == 3


async def test_what_is_sent_or_given_up_waits_no_more(notices: AccountNotices) -> None:
    first, second, third = await notices.waiting(100)
    await notices.sent(first, "250 kept", NOW)
    await notices.give_up(first, "550", NOW)
    await notices.give_up(second, "550", NOW)
    await notices.sent(second, "250 kept", NOW)
    assert await notices.waiting(100) == (third,)
    assert [await notices.get(number) for number in (first, second)] == [None, None]
    assert await notices.get(third) is not None


async def test_what_is_not_there_changes_nothing(notices: AccountNotices) -> None:
    numbers = await notices.waiting(100)
    await notices.sent(10**9, "250 kept", NOW)
    await notices.give_up(10**9, "550", NOW)
    assert await notices.get(10**9) is None
    assert await notices.waiting(100) == numbers
