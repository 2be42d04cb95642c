"""What activities ask of the staff, in PostgreSQL and in memory: who is this, and with which certificate."""

from collections.abc import Awaitable, Callable

import pytest

from adapters.memory import MemoryAccounts
from adapters.postgres.accounts import AccountsPostgres
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.installation import StaffDirectory
from domain.types.vocabulary import StaffRole

Keep = Callable[[Account], Awaitable[object]]


@pytest.fixture(params=["memory", "postgres"])
def staff(request: pytest.FixtureRequest) -> tuple[StaffDirectory, Keep]:
    """The directory, and how somebody comes into it."""
    if request.param == "memory":
        memory = MemoryAccounts()

        async def keep(account: Account) -> None:
            memory.accounts[account.id] = account

        return memory, keep
    real = AccountsPostgres(request.getfixturevalue("database"))
    return real, lambda account: real.create(account, account.email, "una contraseña larga")


async def test_whoever_was_taken_on_is_known_and_nobody_else(staff: tuple[StaffDirectory, Keep]) -> None:
    directory, keep = staff
    clerk = Account(
        id=AccountId("acc_1"),
        administration=AdministrationId("atlantia"),
        name="Carla Ejemplo",
        email="clerk@example.org",
        roles=(StaffRole.CLERK,),
        certificate="iria-outeiro",
    )
    await keep(clerk)
    assert await directory.get(clerk.id) == clerk
    assert await directory.get(AccountId("acc_2")) is None
