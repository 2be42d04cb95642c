"""Notices of changes of accounts against a real PostgreSQL: written with the change, each taken once, links sealed."""

from datetime import timedelta

import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.account_notices import AccountNoticesPostgres
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from adapters.postgres.passkeys import PasskeysPostgres
from adapters.postgres.sign_in_requests import SignInRequestsPostgres
from domain.access.keeping_accounts import AccountAct, NoticeState
from domain.errors import PersonMustAct, Refusal
from domain.ids import AccountId
from tests.adapters.test_accounts_postgres import FAST
from tests.adapters.test_keeping_accounts_postgres import KEEPER, NEW, NOW, PASSKEY, PASSWORD

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def keeping(database: Database, ring: KeyRing) -> AccountKeepingPostgres:
    return AccountKeepingPostgres(database, AccountsPostgres(database, FAST), ring)


@pytest.fixture
def notices(database: Database, ring: KeyRing) -> AccountNoticesPostgres:
    return AccountNoticesPostgres(database, ring)


async def acts(notices: AccountNoticesPostgres) -> list[tuple[AccountAct, AccountId | None, bool]]:
    """What waits to be told: what was done, by whom, and whether the mail tells a link."""
    found = [await notices.get(number) for number in await notices.waiting(100)]
    return [(one.change.act, one.change.by, one.link is not None) for one in found if one]


async def test_each_change_is_told_and_a_link_by_the_mail_alone(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres, database: Database
) -> None:
    passkeys, providers = PasskeysPostgres(database), SignInRequestsPostgres(database)
    await keeping.create(NEW, KEEPER, NOW)
    await keeping.change(NEW.but(body="court-2"), KEEPER, NOW)
    await keeping.new_link(NEW.id, KEEPER, NOW)
    newest = await notices.get((await notices.waiting(100))[-1])
    assert newest and newest.link
    await keeping.choose_password(newest.link, PASSWORD, NOW)
    await keeping.change_password(NEW.id, "something else", "no session", NOW)
    assert await passkeys.add(PASSKEY, only_as_first=True)
    assert not await passkeys.add(PASSKEY.but(id="cred-2"), only_as_first=True)
    assert await passkeys.remove(NEW.id, PASSKEY.id, NOW)
    assert not await passkeys.remove(NEW.id, PASSKEY.id, NOW)
    assert not await passkeys.remove_all(NEW.id, KEEPER, NOW)
    for one in (PASSKEY, PASSKEY.but(id="cred-2")):
        assert await passkeys.add(one, only_as_first=False)
    assert await passkeys.remove_all(NEW.id, KEEPER, NOW)
    await providers.bind(NEW, "https://accounts.example", "carla")
    await providers.unbind(NEW.id, KEEPER, NOW)
    await providers.unbind(NEW.id, KEEPER, NOW)
    await keeping.set_active(NEW.id, False, KEEPER, NOW)
    await keeping.set_active(NEW.id, False, KEEPER, NOW)
    await keeping.set_active(NEW.id, True, KEEPER, NOW)

    told = await acts(notices)

    assert told == [
        (AccountAct.CREATED, KEEPER, True),
        (AccountAct.CHANGED, KEEPER, False),
        (AccountAct.LINK_MADE, KEEPER, True),
        (AccountAct.PASSWORD_CHOSEN, NEW.id, False),
        (AccountAct.PASSWORD_CHANGED, NEW.id, False),
        (AccountAct.PASSKEY_ADDED, NEW.id, False),
        (AccountAct.PASSKEY_REMOVED, NEW.id, False),
        (AccountAct.PASSKEY_ADDED, NEW.id, False),
        (AccountAct.PASSKEY_ADDED, NEW.id, False),
        (AccountAct.PASSKEYS_REMOVED, KEEPER, False),
        (AccountAct.PROVIDER_FORGOTTEN, KEEPER, False),
        (AccountAct.DEACTIVATED, KEEPER, False),
        (AccountAct.REACTIVATED, KEEPER, False),
    ]
    assert {one.act for one in await keeping.changes(NEW.administration, 100)} == set(AccountAct)


async def test_what_was_refused_is_told_to_nobody(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres
) -> None:
    await keeping.create_by_command(NEW, NOW)
    for refused in (NEW.but(id=AccountId("acc_2")), NEW.but(id=AccountId("acc_3"), email="CARLA@example.org")):
        with pytest.raises(Refusal):
            await keeping.create(refused, KEEPER, NOW)
    assert await acts(notices) == [(AccountAct.CREATED, None, False)]


async def test_a_link_lies_sealed_and_is_gone_with_the_mail(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres, database: Database
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    await keeping.new_link(NEW.id, KEEPER, NOW)
    first, second = await notices.waiting(100)
    notice = await notices.get(first)
    assert notice and notice.link
    lying = str([dict(row) for row in await database.rows("SELECT * FROM account_notices")])
    assert notice.link not in lying

    await notices.sent(first, "250 kept", NOW)
    await notices.sent(first, "250 again", LATER)
    await notices.give_up(second, "550 nobody", LATER)

    assert (await notices.waiting(100), await notices.get(first), await notices.get(second)) == ((), None, None)
    rows = await database.rows("SELECT answer, sent_at, given_up_at, master_key, link FROM account_notices ORDER BY 1")
    assert [tuple(row) for row in rows] == [
        ("250 kept", NOW, None, None, None),
        ("550 nobody", None, LATER, None, None),
    ]
    states = [one.notice for one in await keeping.changes(NEW.administration, 10)]
    assert states == [NoticeState.GIVEN_UP, NoticeState.SENT]


async def test_a_link_opens_for_its_own_mail_alone(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres, database: Database
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    await keeping.new_link(NEW.id, KEEPER, NOW)
    first, second = await notices.waiting(100)
    swap = "UPDATE account_notices SET link = (SELECT link FROM account_notices WHERE change = $2) WHERE change = $1"
    await database.execute(swap, first, second)
    with pytest.raises(PersonMustAct, match="content_altered"):
        await notices.get(first)


async def test_links_that_wait_go_over_to_a_new_master_key(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres, database: Database
) -> None:
    old, new = b"\x01" * 32, b"\x02" * 32
    before = AccountKeepingPostgres(database, AccountsPostgres(database, FAST), KeyRing(old))
    await before.create(NEW, KEEPER, NOW)
    (number,) = await notices.waiting(100)
    told = await AccountNoticesPostgres(database, KeyRing(old)).get(number)
    both = AccountNoticesPostgres(database, KeyRing(new + old))

    assert (await both.reseal(), await both.reseal()) == (1, 0)

    assert await AccountNoticesPostgres(database, KeyRing(new)).get(number) == told
    with pytest.raises(PersonMustAct, match="unknown_key"):
        await AccountNoticesPostgres(database, KeyRing(old)).get(number)


async def test_what_was_kept_before_there_were_notices_is_told_to_nobody(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres, database: Database
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    await database.execute("DELETE FROM account_notices")
    assert await notices.waiting(100) == ()
    assert [one.notice for one in await keeping.changes(NEW.administration, 10)] == [None]
