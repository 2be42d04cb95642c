"""Whoever signs in is told when they did before, against a real PostgreSQL."""

from datetime import UTC, datetime, timedelta

from adapters.postgres.database import Database
from adapters.postgres.sessions import SessionsPostgres
from domain.ids import AccountId

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WHO = AccountId("acc_previous")


async def test_each_session_knows_the_access_before_it(database: Database) -> None:
    await database.execute(
        "INSERT INTO accounts (id, login, password_hash, administration, name, email, roles, offices, locale, active)"
        " VALUES ($1, 'previous', 'none', 'atlantia', 'Uxía', 'previous@x.example', '{clerk}', '{}', 'es', true)",
        WHO,
    )
    sessions = SessionsPostgres(database)

    first = await sessions.open_staff(WHO, NOW)
    second = await sessions.open_staff(WHO, NOW + timedelta(hours=1))
    await sessions.end(second.token)
    third = await sessions.open_staff(WHO, NOW + timedelta(hours=3))
    found = await sessions.find(third.token, NOW + timedelta(hours=3, minutes=1))

    told = [one.session.previous_access_at for one in (first, second, third)]
    assert told == [None, NOW, NOW + timedelta(hours=1)]
    assert found is not None and found.previous_access_at == NOW + timedelta(hours=1)
