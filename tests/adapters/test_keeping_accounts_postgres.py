"""Keeping accounts against a real PostgreSQL: links that are good once, and who did what."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import asyncpg
import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.account_notices import AccountNoticesPostgres
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from adapters.postgres.passkeys import PasskeysPostgres
from adapters.postgres.sessions import SessionsPostgres
from adapters.postgres.sign_in_requests import SignInRequestsPostgres
from domain.access.accounts import Account
from domain.access.keeping_accounts import PASSWORD_LINK, AccountAct
from domain.access.passkeys import Passkey
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from tests.adapters.test_accounts_postgres import FAST

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEEPER = AccountId("acc_keeper")
NEW = Account(
    id=AccountId("acc_new"),
    administration=AdministrationId("atlantia"),
    name="Carla Ejemplo",
    email="Carla@Example.org",
    roles=(StaffRole.CLERK,),
    body="court-1",
)
PASSWORD = "correct horse battery"
PASSKEY = Passkey(id="cred-1", account=NEW.id, label="Carla", public_key=b"key", uses=0, enrolled_at=NOW)


@pytest.fixture
def accounts(database: Database) -> AccountsPostgres:
    return AccountsPostgres(database, FAST)


@pytest.fixture
def keeping(database: Database, accounts: AccountsPostgres, ring: KeyRing) -> AccountKeepingPostgres:
    return AccountKeepingPostgres(database, accounts, ring)


@pytest.fixture
def notices(database: Database, ring: KeyRing) -> AccountNoticesPostgres:
    return AccountNoticesPostgres(database, ring)


async def mailed(notices: AccountNoticesPostgres) -> str:
    """The link in the newest notice."""
    notice = await notices.get((await notices.waiting(100))[-1])
    assert notice and notice.link
    return notice.link


async def test_a_new_account_opens_nothing_until_its_person_has_chosen_a_password(
    keeping: AccountKeepingPostgres, accounts: AccountsPostgres, notices: AccountNoticesPostgres
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    link = await mailed(notices)
    for password in ("", PASSWORD):
        with pytest.raises(Refusal, match="sign_in_refused"):
            await accounts.authenticate("carla@example.org", password, NOW)
    assert await keeping.linked(link, NOW) == NEW

    assert await keeping.choose_password(link, PASSWORD, NOW) == NEW.id

    assert await accounts.authenticate(" CARLA@example.org", PASSWORD, NOW) == NEW
    assert await keeping.choose_password(link, "another altogether", NOW) is None
    assert await keeping.linked(link, NOW) is None
    assert await accounts.authenticate("carla@example.org", PASSWORD, NOW) == NEW


async def test_of_ten_who_use_a_link_at_once_one_has_chosen(
    keeping: AccountKeepingPostgres, accounts: AccountsPostgres, notices: AccountNoticesPostgres
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    link = await mailed(notices)
    tried = [f"{PASSWORD} {n}" for n in range(10)]
    chosen = await asyncio.gather(*[keeping.choose_password(link, password, NOW) for password in tried])
    assert sorted(map(str, chosen)) == sorted([NEW.id, *["None"] * 9])
    assert await accounts.authenticate("carla@example.org", tried[chosen.index(NEW.id)], NOW) == NEW


async def test_a_link_ends_by_time_by_the_next_one_and_with_the_account(
    keeping: AccountKeepingPostgres, notices: AccountNoticesPostgres
) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    first = await mailed(notices)
    assert await keeping.linked(first, NOW + PASSWORD_LINK - timedelta(seconds=1)) == NEW
    assert await keeping.choose_password(first, PASSWORD, NOW + PASSWORD_LINK) is None
    await keeping.new_link(NEW.id, KEEPER, NOW)
    second = await mailed(notices)
    assert (await keeping.linked(first, NOW), await keeping.linked(second, NOW)) == (None, NEW)
    await keeping.set_active(NEW.id, False, KEEPER, NOW)
    assert await keeping.choose_password(second, PASSWORD, NOW) is None
    with pytest.raises(Refusal, match="account_out_of_use"):
        await keeping.new_link(NEW.id, KEEPER, NOW)
    await keeping.set_active(NEW.id, True, KEEPER, NOW)
    assert await keeping.linked(second, NOW) is None


async def test_an_address_has_one_account_however_it_is_spelled(keeping: AccountKeepingPostgres) -> None:
    await keeping.create(NEW, KEEPER, NOW)
    with pytest.raises(Refusal, match="account_exists"):
        await keeping.create(NEW.but(id=AccountId("acc_2"), email=" carla@EXAMPLE.org "), KEEPER, NOW)


async def test_every_other_session_ends_with_a_new_password_itself(
    keeping: AccountKeepingPostgres, database: Database
) -> None:
    """Whoever is killed between the two would leave in whoever knew the old one."""
    await keeping.create(NEW, KEEPER, NOW)
    sessions = SessionsPostgres(database)
    own, other = [await sessions.open_staff(NEW.id, NOW) for _ in range(2)]
    await keeping.change_password(NEW.id, PASSWORD, own.session.id, NOW)
    assert await sessions.find(own.token, NOW) is not None
    assert await sessions.find(other.token, NOW) is None


async def test_sessions_end_with_the_change_itself(keeping: AccountKeepingPostgres, database: Database) -> None:
    """Whatever becomes of the process after it: a change of what the person may do, another password, the end."""
    link = await keeping.create_by_command(NEW, NOW)
    sessions, passkeys = SessionsPostgres(database), PasskeysPostgres(database)
    providers = SignInRequestsPostgres(database)
    await passkeys.add(PASSKEY, only_as_first=True)
    await providers.bind(NEW, "https://accounts.example", "carla")
    changes: tuple[Callable[[], Awaitable[object]], ...] = (
        partial(keeping.change, NEW.but(body="court-2"), KEEPER, NOW),
        partial(keeping.choose_password, link, PASSWORD, NOW),
        partial(passkeys.remove_all, NEW.id, KEEPER, NOW),
        partial(providers.unbind, NEW.id, KEEPER, NOW),
        partial(keeping.set_active, NEW.id, False, KEEPER, NOW),
    )
    for change in changes:
        opened = await sessions.open_staff(NEW.id, NOW)
        assert await sessions.find(opened.token, NOW) is not None
        await change()
        assert await sessions.find(opened.token, NOW) is None


async def test_what_was_done_is_kept_with_who_and_how_it_was_afterwards(
    keeping: AccountKeepingPostgres, accounts: AccountsPostgres, database: Database
) -> None:
    link = await keeping.create_by_command(NEW, NOW)
    changed = NEW.but(name="Carla Ejemplo Ruiz", roles=(StaffRole.OFFICIAL,), body="court-2", certificate="carla")
    await keeping.change(changed, KEEPER, NOW)
    assert await accounts.get(NEW.id) == changed
    await keeping.choose_password(link, PASSWORD, NOW)
    await keeping.set_active(NEW.id, False, KEEPER, NOW)
    await keeping.set_active(NEW.id, False, KEEPER, NOW)

    kept = await keeping.changes(NEW.administration, 10)

    assert [(one.act, one.by) for one in reversed(kept)] == [
        (AccountAct.CREATED, None),
        (AccountAct.CHANGED, KEEPER),
        (AccountAct.PASSWORD_CHOSEN, NEW.id),
        (AccountAct.DEACTIVATED, KEEPER),
    ]
    assert [one.afterwards for one in reversed(kept)] == [NEW, changed, changed, changed.but(active=False)]
    assert await keeping.changes(AdministrationId("meseta"), 10) == ()
    for change in (
        "UPDATE account_changes SET by = NULL",
        "DELETE FROM account_changes",
        "TRUNCATE account_changes CASCADE",
    ):
        with pytest.raises(asyncpg.RestrictViolationError):
            await database.execute(change)
