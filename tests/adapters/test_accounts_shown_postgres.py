"""An account that was shown again serves five minutes, for one request, in its session and for its person."""

from datetime import timedelta

from adapters.key_ring import KeyRing
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.accounts_shown import AccountsShownPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from domain.access.account_providers import ToShowAgain
from domain.access.accounts_shown import SHOWN_LASTS, ShownAccount
from domain.ids import AccountId
from tests.adapters.test_accounts_postgres import FAST
from tests.adapters.test_keeping_accounts_postgres import KEEPER, NEW, NOW


async def test_it_serves_once_and_not_for_long(database: Database, ring: KeyRing) -> None:
    await AccountKeepingPostgres(database, AccountsPostgres(database, FAST), ring).create(NEW, KEEPER, NOW)
    shown = AccountsShownPostgres(database)
    what = ToShowAgain(session="ses_1", account=NEW.id, about="0" * 64)
    just, late = NOW + SHOWN_LASTS - timedelta(seconds=1), NOW + SHOWN_LASTS
    await shown.keep(ShownAccount(what=what, shown_at=NOW))
    assert [one.what for one in await shown.unused("ses_1", just)] == [what]
    assert await shown.unused("ses_1", late) == ()
    others = (what.but(session="ses_2"), what.but(account=AccountId("acc_2")), what.but(about="1" * 64))
    for other in others:
        assert not await shown.use(other, "key-1", just)
    assert not await shown.use(what, "key-1", late)
    assert await shown.use(what, "key-1", just)
    assert await shown.use(what, "key-1", just), "the same request, asked again"
    assert not await shown.use(what, "key-2", just)
    assert await shown.unused("ses_1", just) == ()
    await shown.purge(late)
    assert not await shown.use(what, "key-1", just)
