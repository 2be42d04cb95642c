"""Accounts against a real PostgreSQL: passwords that are not there, refusals that tell nothing, locks that hold."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from domain.access.accounts import Account
from domain.errors import PersonMustAct, Refusal
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.types.vocabulary import StaffRole

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
# As weak as argon2id may be: the strength is the library's business, the tests are about everything around it.
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
CLERK = Account(
    id=AccountId("acc_1"),
    administration=AdministrationId("atlantia"),
    name="Carla Ejemplo",
    email="clerk@example.org",
    roles=(StaffRole.CLERK, StaffRole.OFFICIAL),
    offices=(OfficeId("marina"),),
    body="court-1",
    certificate="iria-outeiro",
)


@pytest.fixture
async def accounts(database: Database) -> AccountsPostgres:
    accounts = AccountsPostgres(database, FAST)
    await accounts.create(CLERK, "carla", PASSWORD)
    return accounts


async def guess(accounts: AccountsPostgres, times: int, login: str = "carla", now: datetime = NOW) -> Counter[str]:
    """Codes of the refusals of that many wrong passwords at once."""
    ends = await asyncio.gather(
        *[accounts.authenticate(login, f"wrong {n}", now) for n in range(times)], return_exceptions=True
    )
    return Counter(end.code for end in ends if isinstance(end, Refusal))


async def test_the_right_password_gives_the_account(accounts: AccountsPostgres) -> None:
    assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK
    assert await accounts.get(CLERK.id) == CLERK
    assert await accounts.of_administration(CLERK.administration) == (CLERK,)


async def test_an_account_in_use_is_found_by_its_address_where_that_is_one_account_s(
    accounts: AccountsPostgres,
) -> None:
    home, other = CLERK.administration, AdministrationId("meseta")
    assert await accounts.called(home, "  Clerk@Example.ORG ") == CLERK
    assert await accounts.called(home, "clerk_example.org") is None
    away = CLERK.but(id=AccountId("acc_away"), administration=other, active=False)
    await accounts.create(away, "away", PASSWORD)
    assert await accounts.called(other, CLERK.email) is None
    await accounts.create(CLERK.but(id=AccountId("acc_twin")), "twin", PASSWORD)
    assert await accounts.called(home, CLERK.email) is None


async def test_a_login_may_be_typed_with_capitals_and_spaces(accounts: AccountsPostgres) -> None:
    assert await accounts.authenticate("  Carla ", PASSWORD, NOW) == CLERK


async def test_creating_again_changes_nothing(accounts: AccountsPostgres) -> None:
    changed = CLERK.but(id=AccountId("acc_2"), name="Somebody Else")
    ends = await asyncio.gather(*[accounts.create(changed, "CARLA", "another password") for _ in range(3)])
    assert ends == [CLERK] * 3
    assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK
    assert await accounts.get(AccountId("acc_2")) is None


async def test_an_id_cannot_have_two_logins(accounts: AccountsPostgres) -> None:
    with pytest.raises(PersonMustAct, match="account_id_taken"):
        await accounts.create(CLERK, "other", PASSWORD)


async def test_accounts_created_at_once_under_one_login_are_one(database: Database) -> None:
    accounts = AccountsPostgres(database, FAST)
    rivals = [CLERK.but(id=AccountId(f"acc_{n}")) for n in range(6)]
    ends = await asyncio.gather(*[accounts.create(rival, "carla", PASSWORD) for rival in rivals])
    assert len(set(ends)) == 1


async def test_passwords_are_not_in_the_tables(accounts: AccountsPostgres, database: Database) -> None:
    [row] = await database.rows("SELECT row_to_json(accounts)::text AS said FROM accounts")
    assert PASSWORD not in row["said"]
    assert "$argon2id$" in row["said"]


async def test_wrong_unknown_and_inactive_are_refused_alike(accounts: AccountsPostgres) -> None:
    await accounts.create(CLERK.but(id=AccountId("acc_2"), active=False), "gone", PASSWORD)
    refusals = []
    for login, password in (("carla", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD), ("carla", "x" * 5000)):
        with pytest.raises(Refusal) as refused:
            await accounts.authenticate(login, password, NOW)
        refusals.append((refused.value.code, refused.value.params))
    assert refusals == [("sign_in_refused", {})] * 4


async def test_failures_are_forgotten_after_a_day_without_any(accounts: AccountsPostgres, database: Database) -> None:
    await guess(accounts, 2, "nobody")
    assert await accounts.forget_failures(NOW + timedelta(hours=23)) == 0
    assert await accounts.forget_failures(NOW + timedelta(hours=25)) == 1
    assert await database.rows("SELECT * FROM sign_in_failures") == []


@pytest.mark.parametrize("login", ["carla", "nobody"])
async def test_after_five_failures_a_login_is_locked_for_fifteen_minutes(
    accounts: AccountsPostgres, login: str
) -> None:
    assert await guess(accounts, 5, login) == {"sign_in_refused": 5}
    for password in ("wrong", PASSWORD):
        with pytest.raises(Refusal, match="sign_in_locked") as refused:
            await accounts.authenticate(login, password, NOW + timedelta(minutes=14))
        assert refused.value.params["until"] == NOW + timedelta(minutes=15)


async def test_the_lock_opens_by_itself_and_counts_anew(accounts: AccountsPostgres) -> None:
    await guess(accounts, 5)
    later = NOW + timedelta(minutes=15)
    assert await guess(accounts, 4, now=later) == {"sign_in_refused": 4}
    assert await accounts.authenticate("carla", PASSWORD, later) == CLERK


async def test_a_success_forgets_earlier_failures(accounts: AccountsPostgres) -> None:
    for _ in range(3):
        assert await guess(accounts, 4) == {"sign_in_refused": 4}
        assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK


async def test_fifty_guesses_at_once_are_five(accounts: AccountsPostgres) -> None:
    assert await guess(accounts, 50) == {"sign_in_refused": 5, "sign_in_locked": 45}


async def test_a_lock_is_one_logins_alone(accounts: AccountsPostgres) -> None:
    await guess(accounts, 9, "nobody")
    assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK


async def test_a_password_hashed_with_older_parameters_is_hashed_again(
    accounts: AccountsPostgres, database: Database
) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    await AccountsPostgres(database, stronger).authenticate("carla", PASSWORD, NOW)
    [row] = await database.rows("SELECT password_hash FROM accounts")
    assert "m=16,t=2" in row["password_hash"]
    assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK


@pytest.mark.parametrize("password", ["", "x" * 1025])
async def test_a_password_of_no_or_absurd_length_is_not_set(accounts: AccountsPostgres, password: str) -> None:
    with pytest.raises(ValueError, match="1 to 1024"):
        await accounts.create(CLERK, "new", password)


async def test_a_lock_at_the_door_locks_nobody_who_is_in(accounts: AccountsPostgres) -> None:
    await guess(accounts, 5)
    await accounts.confirm(CLERK.id, "ses_1", PASSWORD, NOW)


async def test_each_session_counts_its_own_failures(accounts: AccountsPostgres) -> None:
    async def confirm(session: str, password: str) -> str:
        try:
            await accounts.confirm(CLERK.id, session, password, NOW)
        except Refusal as refused:
            return refused.code
        return "right"

    assert [await confirm("ses_1", "wrong") for _ in range(6)] == ["sign_in_refused"] * 5 + ["sign_in_locked"]
    assert await confirm("ses_1", PASSWORD) == "sign_in_locked"
    assert await confirm("ses_2", PASSWORD) == "right"
    assert await accounts.authenticate("carla", PASSWORD, NOW) == CLERK


async def test_nobody_at_the_door_can_count_against_a_session(accounts: AccountsPostgres) -> None:
    await guess(accounts, 5, "SESSION ses_1")
    await accounts.confirm(CLERK.id, "ses_1", PASSWORD, NOW)
