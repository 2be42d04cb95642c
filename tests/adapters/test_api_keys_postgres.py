"""Keys of regional systems against a real PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.api_keys import ApiKeysPostgres
from adapters.postgres.database import Database
from domain.access.api_keys import IssuedApiKey
from domain.access.coverage import EVERYTHING, Coverage
from domain.ids import AdministrationId, OfficeId

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ATLANTIA = AdministrationId("atlantia")


def text_of(issued: IssuedApiKey) -> str:
    assert issued.text is not None
    return issued.text


@pytest.fixture
def api_keys(database: Database) -> ApiKeysPostgres:
    return ApiKeysPostgres(database)


async def test_an_issued_key_is_recognised_with_its_scopes(api_keys: ApiKeysPostgres, database: Database) -> None:
    issued = await api_keys.issue(ATLANTIA, "Minerva", ("procedures:start", "procedures:read"), NOW)
    assert text_of(issued).startswith(f"estrado_{issued.key.id}_")
    assert await api_keys.find(text_of(issued)) == issued.key
    assert (issued.key.administration, issued.key.scopes) == (ATLANTIA, ("procedures:start", "procedures:read"))
    [row] = await database.rows("SELECT row_to_json(api_keys)::text AS said FROM api_keys")
    assert text_of(issued).removeprefix(f"estrado_{issued.key.id}_") not in row["said"]


async def test_what_a_key_covers_is_kept_and_changed(api_keys: ApiKeysPostgres) -> None:
    coverage = Coverage(offices=(OfficeId("ojm-lira"),), types=("conciliation", "mediation"))
    issued = await api_keys.issue(ATLANTIA, "Minerva", (), NOW, coverage=coverage)
    whole = await api_keys.issue(ATLANTIA, "Todo", (), NOW)
    assert (issued.key.coverage, whole.key.coverage) == (coverage, EVERYTHING)
    await api_keys.cover(issued.key.id, EVERYTHING)
    await api_keys.cover(whole.key.id, coverage)
    found = await api_keys.find(text_of(issued)), await api_keys.get(whole.key.id)
    assert [one.coverage for one in found if one] == [EVERYTHING, coverage]


async def test_who_had_no_answer_and_asks_again_has_the_same_key_and_no_other(api_keys: ApiKeysPostgres) -> None:
    first = await api_keys.issue(ATLANTIA, "Minerva", (), NOW, seed=b"s" * 32)
    again = await api_keys.issue(ATLANTIA, "Minerva", (), NOW + timedelta(minutes=1), seed=b"s" * 32)
    other = await api_keys.issue(ATLANTIA, "Minerva", (), NOW, seed=b"t" * 32)
    assert again == first and await api_keys.find(text_of(again)) == first.key
    assert text_of(other) != text_of(first)
    assert {one.id for one in await api_keys.of_administration(ATLANTIA)} == {first.key.id, other.key.id}


async def test_the_secret_of_one_key_does_not_open_another(api_keys: ApiKeysPostgres) -> None:
    one, other = [await api_keys.issue(ATLANTIA, "x", (), NOW) for _ in range(2)]
    assert await api_keys.find(text_of(one).replace(one.key.id, other.key.id)) is None


@pytest.mark.parametrize("text", ["", "estrado_", "estrado_0123456789abcdef_", "bearer x", "x" * 10_000])
async def test_what_is_no_key_is_refused(api_keys: ApiKeysPostgres, text: str) -> None:
    assert await api_keys.find(text) is None


async def test_a_changed_or_lengthened_key_is_refused(api_keys: ApiKeysPostgres) -> None:
    text = text_of(await api_keys.issue(ATLANTIA, "x", (), NOW))
    assert await api_keys.find(text + "\n") is None
    assert await api_keys.find(text[:-1] + ("A" if text[-1] != "A" else "B")) is None
    assert await api_keys.find(text.upper()) is None


async def test_a_revoked_key_opens_nothing_and_stays_in_the_list(api_keys: ApiKeysPostgres) -> None:
    issued = await api_keys.issue(ATLANTIA, "x", (), NOW)
    for hours in (1, 2):
        await api_keys.revoke(issued.key.id, NOW + timedelta(hours=hours))
    assert await api_keys.find(text_of(issued)) is None
    revoked = issued.key.but(revoked_at=NOW + timedelta(hours=1))
    assert await api_keys.of_administration(ATLANTIA) == (revoked,)
    assert await api_keys.of_administration(AdministrationId("meseta")) == ()
