"""Passkeys against a real PostgreSQL: of two browsers that enrol at once with the password alone, one is the first."""

import asyncio

from adapters.key_ring import KeyRing
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from adapters.postgres.passkeys import PasskeysPostgres
from tests.adapters.test_accounts_postgres import FAST
from tests.adapters.test_keeping_accounts_postgres import KEEPER, NEW, NOW, PASSKEY

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO passkeys%'"


async def test_of_two_that_come_at_once_one_is_the_first(database: Database, ring: KeyRing) -> None:
    """Whoever knows a password that leaked may be the second browser: they need the first one's passkey then."""
    await AccountKeepingPostgres(database, AccountsPostgres(database, FAST), ring).create(NEW, KEEPER, NOW)
    passkeys = PasskeysPostgres(database)
    async with database.transaction() as holding:
        await holding.execute("SELECT id FROM accounts WHERE id = $1 FOR UPDATE", NEW.id)
        both = [
            asyncio.ensure_future(passkeys.add(PASSKEY.but(id=id), only_as_first=True)) for id in ("cred-1", "cred-2")
        ]
        while len(await database.rows(WAITING)) < len(both):  # each has looked before any is there
            assert not any(one.done() for one in both), [one for one in both if one.done()]
            await asyncio.sleep(0.02)
    added = await asyncio.gather(*both)
    assert sorted(added) == [False, True]
    assert len(await passkeys.of(NEW.id)) == 1


async def test_once_the_first_is_gone_another_may_be_the_first(database: Database, ring: KeyRing) -> None:
    await AccountKeepingPostgres(database, AccountsPostgres(database, FAST), ring).create(NEW, KEEPER, NOW)
    passkeys = PasskeysPostgres(database)
    assert await passkeys.add(PASSKEY, only_as_first=True)
    assert await passkeys.add(PASSKEY.but(id="cred-2"), only_as_first=False)
    assert await passkeys.remove(NEW.id, PASSKEY.id, NOW)
    assert not await passkeys.add(PASSKEY.but(id="cred-3"), only_as_first=True)
    assert await passkeys.remove(NEW.id, "cred-2", NOW)
    assert await passkeys.add(PASSKEY.but(id="cred-3"), only_as_first=True)
