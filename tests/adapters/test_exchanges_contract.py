"""What every keeper of what browsers carry to providers of identity does, in PostgreSQL and in memory."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory import MemoryExchanges
from adapters.postgres.database import Database
from adapters.postgres.exchanges import ExchangesPostgres
from adapters.postgres.keys import KeysPostgres
from domain.errors import PersonMustAct
from domain.ids import ParticipantId, ProcedureId
from domain.ports.exchanges import Exchange, IdentityExchanges, ProviderAnswer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)
PROCEDURE = ProcedureId("prc_exchange")
ASKED = Exchange(
    reference="idn_1",
    procedure=PROCEDURE,
    participant=ParticipantId("p1"),
    message="_request",
    address="https://provider.example/sso",
    fields={"SAMLRequest": "signed", "RelayState": "relay"},
    expires_at=LATER,
)


@pytest.fixture(params=["memory", "postgres"])
async def exchanges(request: pytest.FixtureRequest, database: Database, keys: KeysPostgres) -> IdentityExchanges:
    return MemoryExchanges() if request.param == "memory" else await over(database, keys)


async def over(database: Database, keys: KeysPostgres) -> ExchangesPostgres:
    await keys.create(PROCEDURE)
    return ExchangesPostgres(database, keys)


async def test_a_request_is_found_again_and_the_first_stays(exchanges: IdentityExchanges) -> None:
    assert await exchanges.find("idn_1") is None
    assert await exchanges.open(ASKED, "relay") == ASKED
    again = ASKED.but(message="_another", fields={"SAMLRequest": "another"})
    assert await exchanges.open(again, "another relay") == ASKED
    assert await exchanges.find("idn_1") == ASKED


async def test_a_reference_is_one_persons(exchanges: IdentityExchanges) -> None:
    await exchanges.open(ASKED, "relay")
    with pytest.raises(PersonMustAct, match="identity_exchange_reused"):
        await exchanges.open(ASKED.but(participant=ParticipantId("p2")), "relay 2")


async def test_an_answer_is_for_whoever_brought_it(exchanges: IdentityExchanges) -> None:
    await exchanges.open(ASKED, "relay")
    receipt = await exchanges.keep_answer("relay", "<answer/>", NOW)

    assert receipt is not None and len(receipt) == 43
    assert await exchanges.answer("idn_1", receipt) == ProviderAnswer(
        text="<answer/>", message="_request", received_at=NOW
    )
    assert await exchanges.answer("idn_1", "guessed") is None
    assert await exchanges.answer("idn_2", receipt) is None


async def test_a_later_answer_takes_the_place_of_an_earlier_one(exchanges: IdentityExchanges) -> None:
    await exchanges.open(ASKED, "relay")
    first = await exchanges.keep_answer("relay", "<first/>", NOW)
    second = await exchanges.keep_answer("relay", "<second/>", NOW)

    assert await exchanges.answer("idn_1", str(first)) is None
    kept = await exchanges.answer("idn_1", str(second))
    assert kept is not None and kept.text == "<second/>"


async def test_what_nobody_asked_for_or_comes_too_late_is_not_kept(exchanges: IdentityExchanges) -> None:
    await exchanges.open(ASKED, "relay")
    assert await exchanges.keep_answer("another", "<answer/>", NOW) is None
    assert await exchanges.keep_answer("relay", "<answer/>", LATER) is None


async def test_a_message_is_used_once_and_by_the_same_attempt_again(exchanges: IdentityExchanges) -> None:
    assert await exchanges.use("assertion 1", "idn_1", "a1", LATER)
    assert await exchanges.use("assertion 1", "idn_1", "a1", LATER)
    assert not await exchanges.use("assertion 1", "idn_1", "a2", LATER)
    assert not await exchanges.use("assertion 1", "idn_2", "a1", LATER)
    assert await exchanges.use("assertion 2", "idn_1", "a2", LATER)


async def test_what_is_over_is_forgotten_a_day_later_and_not_before(exchanges: IdentityExchanges) -> None:
    await exchanges.open(ASKED, "relay")
    assert await exchanges.use("assertion 1", "idn_1", "a1", LATER)
    await exchanges.purge(LATER + timedelta(hours=23))
    assert await exchanges.find("idn_1") == ASKED
    assert not await exchanges.use("assertion 1", "idn_1", "a2", LATER)
    await exchanges.purge(LATER + timedelta(hours=25))
    assert await exchanges.find("idn_1") is None
    assert await exchanges.use("assertion 1", "idn_1", "a2", LATER)


async def test_a_process_that_starts_anew_remembers_what_was_used(database: Database, keys: KeysPostgres) -> None:
    before = await over(database, keys)
    await before.open(ASKED, "relay")
    assert await before.use("assertion 1", "idn_1", "a1", LATER)

    after = await over(database, keys)
    assert not await after.use("assertion 1", "idn_1", "a2", LATER)
    assert await after.find("idn_1") == ASKED


async def test_the_database_holds_neither_the_answer_nor_what_opens_it(database: Database, keys: KeysPostgres) -> None:
    exchanges = await over(database, keys)
    await exchanges.open(ASKED, "relay")
    receipt = str(await exchanges.keep_answer("relay", "<answer/>", NOW))
    (row,) = await database.rows("SELECT * FROM identity_exchanges")
    kept = b" ".join(value for value in row.values() if isinstance(value, bytes))
    for secret in (receipt, "relay", "<answer/>", "signed", "provider.example"):
        assert secret.encode() not in kept
