"""Messages to regional systems against a real PostgreSQL: written with the journal, each once, taken in order."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.webhooks import WebhooksPostgres
from domain.access.accounts import Account
from domain.access.coverage import Coverage
from domain.access.webhooks import BOTH_SECRETS_FOR, KEPT_FOR, MOST_ENDPOINTS, Endpoint
from domain.codes.webhook_signatures import secret_text
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId, OfficeId, ProcedureId
from domain.journal.chain import JournalEntry
from domain.types.vocabulary import StaffRole
from tests.adapters.conftest import new_procedure
from tests.adapters.written import ATLANTIA, CANARY, NAME_KEY, NOON, chain, head_of, row_after

ROI = AccountId("acc_roi")
URL = "https://sgp.atlantia.example/hooks"


@pytest.fixture
async def webhooks(database: Database, ring: KeyRing) -> WebhooksPostgres:
    roi = Account(id=ROI, administration=ATLANTIA, name="Roi", email="roi@x.example", roles=(StaffRole.ADMINISTRATOR,))
    await AccountsPostgres(database).create(roi, "roi", "una contraseña larga")
    return WebhooksPostgres(database, ring)


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


@pytest.fixture
async def endpoint(webhooks: WebhooksPostgres) -> Endpoint:
    return (await webhooks.register(ATLANTIA, "Sistema", URL, ROI, NOON)).endpoint


def story(procedure: ProcedureId, *types: str) -> list[JournalEntry]:
    lines: list[JournalEntry] = []
    for type in types:
        lines += chain(procedure, 1, type=type, head=head_of(lines[-1]) if lines else None)
    return lines


async def write(journal: JournalPostgres, lines: Sequence[JournalEntry]) -> None:
    await journal.append(lines, row_after(lines[-1], external_id="SGP-7"))


async def told(webhooks: WebhooksPostgres, endpoint: Endpoint) -> list[str]:
    """Everything that waits, in order, each taken."""
    events = []
    while message := await webhooks.next(endpoint.id, NOON):
        events.append(message.event)
        await webhooks.delivered(message.id, "204", NOON)
    return events


async def test_what_is_told_is_written_with_the_line_and_once_however_often_the_line_is(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    lines = story(procedure, "procedure_requested", "item_filled", "summons_issued", "room_opened")
    for part in (lines[:1], lines[:1], lines[1:3], lines[:3], lines, lines):
        await write(journal, part)

    assert await webhooks.waiting() == (endpoint.id,)
    message = await webhooks.next(endpoint.id, NOON)
    assert message is not None
    name = f"estrado-webhook.v1:{endpoint.id}:{procedure}:0"
    assert message.id == f"msg_{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    assert (message.url, message.external_id, message.happened_at) == (URL, "SGP-7", NOON)
    assert CANARY not in message.body().decode()
    assert await told(webhooks, endpoint) == ["procedure.requested", "procedure.summoned", "session.opened"]
    assert await webhooks.waiting() == ()


async def test_a_line_that_continues_nothing_tells_nobody(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    lines = story(procedure, "procedure_requested", "summons_issued")
    with pytest.raises(Exception, match="journal_gap"):
        await write(journal, lines[1:])
    assert await webhooks.waiting() == ()


async def test_each_administration_hears_of_its_own_from_the_moment_it_asks_to_the_moment_it_asks_no_more(
    webhooks: WebhooksPostgres, journal: JournalPostgres, keys: KeysPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    theirs = (await webhooks.register(AdministrationId("meseta"), "Meseta", URL, ROI, NOON)).endpoint
    lines = story(procedure, "procedure_requested", "summons_issued", "procedure_closed")
    await write(journal, lines[:1])
    late = (await webhooks.register(ATLANTIA, "Segundo", URL, ROI, NOON)).endpoint
    await write(journal, lines[1:2])
    await webhooks.remove(endpoint.id, NOON)
    await write(journal, lines[2:])

    assert await told(webhooks, theirs) == await told(webhooks, endpoint) == []
    assert await told(webhooks, late) == ["procedure.summoned", "procedure.closed"]
    assert [kept.id for kept in await webhooks.of_administration(ATLANTIA)] == [late.id]
    assert await new_procedure(keys) != procedure


async def test_an_address_is_told_what_it_covers_by_office_and_by_type(
    webhooks: WebhooksPostgres, journal: JournalPostgres, procedure: ProcedureId
) -> None:
    lines = story(procedure, "procedure_requested", "summons_issued")
    row = row_after(lines[0])
    here, there, of_type, other_type = [
        (await webhooks.register(ATLANTIA, "Sistema", URL, ROI, NOON, coverage)).endpoint
        for coverage in (
            Coverage(offices=(OfficeId("ojm-nowhere"), row.offices[-1])),
            Coverage(offices=(OfficeId("ojm-nowhere"),), types=(row.type,)),
            Coverage(types=(row.type,)),
            Coverage(offices=row.offices, types=("another",)),
        )
    ]
    await write(journal, lines[:1])
    for endpoint in (here, of_type):
        assert await told(webhooks, endpoint) == ["procedure.requested"]
    await webhooks.cover(there.id, here.coverage)
    await webhooks.cover(here.id, other_type.coverage)
    await write(journal, lines[1:])

    assert await told(webhooks, there) == ["procedure.summoned"]
    assert await told(webhooks, here) == await told(webhooks, other_type) == []
    kept = {one.id: one.coverage for one in await webhooks.of_administration(ATLANTIA)}
    assert (kept[here.id], kept[there.id], kept[of_type.id]) == (other_type.coverage, here.coverage, of_type.coverage)


async def test_what_is_not_taken_stays_first_until_it_is_given_up_and_may_be_sent_again(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    await write(journal, story(procedure, "procedure_requested", "summons_issued"))
    first = await webhooks.next(endpoint.id, NOON)
    assert first is not None
    for give_up in (False, False, True):
        assert (await webhooks.next(endpoint.id, NOON)) is not None
        await webhooks.failed(first.id, "503", NOON, give_up=give_up)
    assert await told(webhooks, endpoint) == ["procedure.summoned"]
    [kept] = await webhooks.of_administration(ATLANTIA)
    assert (kept.waiting, kept.given_up) == (0, 1)
    shown, _ = await webhooks.deliveries(endpoint.id)
    assert [(one.event, one.attempts, one.answer) for one in shown] == [
        ("procedure.summoned", 1, "204"),
        ("procedure.requested", 3, "503"),
    ]

    later = NOON + timedelta(days=4)
    assert await webhooks.send_again(endpoint.id, first.id, later)
    again = await webhooks.next(endpoint.id, later)
    assert again is not None and (again.id, again.attempts) == (first.id, 0) and again.waits_since == later
    assert not await webhooks.send_again("whe_other", first.id, later)


async def test_a_message_that_was_taken_is_not_failed_afterwards(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    await write(journal, story(procedure, "procedure_requested"))
    message = await webhooks.next(endpoint.id, NOON)
    assert message is not None
    await webhooks.delivered(message.id, "200", NOON)
    await webhooks.failed(message.id, "no_answer", NOON, give_up=True)
    [shown], _ = await webhooks.deliveries(endpoint.id)
    assert (shown.answer, shown.given_up_at) == ("200", None)


async def test_deliveries_are_shown_page_by_page_and_forgotten_after_a_month(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    await write(journal, story(procedure, "procedure_requested", "summons_issued", "room_opened"))
    first, cursor = await webhooks.deliveries(endpoint.id, limit=2)
    rest, end = await webhooks.deliveries(endpoint.id, after=cursor, limit=2)
    assert [one.event for one in (*first, *rest)] == ["session.opened", "procedure.summoned", "procedure.requested"]
    assert end is None
    with pytest.raises(Refusal, match="bad_cursor"):
        await webhooks.deliveries(endpoint.id, after="x")
    assert await webhooks.purge_webhooks(NOON + KEPT_FOR) == 0
    await told(webhooks, endpoint)
    assert await webhooks.purge_webhooks(NOON + KEPT_FOR) == 3


async def test_what_nobody_ever_took_is_forgotten_too(
    webhooks: WebhooksPostgres, journal: JournalPostgres, endpoint: Endpoint, procedure: ProcedureId
) -> None:
    await write(journal, story(procedure, "procedure_requested", "summons_issued", "room_opened"))
    message = await webhooks.next(endpoint.id, NOON)
    assert message is not None
    await webhooks.failed(message.id, "no_answer", NOON, give_up=True)
    assert await webhooks.purge_webhooks(NOON + KEPT_FOR) == 1
    await webhooks.remove(endpoint.id, NOON)
    assert await webhooks.purge_webhooks(NOON + KEPT_FOR) == 2, "of an address that is told nothing more"


async def test_a_secret_is_shown_once_kept_sealed_and_signs_beside_the_next_one_for_a_day(
    webhooks: WebhooksPostgres, journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    registered = await webhooks.register(ATLANTIA, "Sistema", URL, ROI, NOON)
    await write(journal, story(procedure, "procedure_requested"))
    new = await webhooks.new_secret(registered.endpoint.id, NOON)
    soon = await webhooks.next(registered.endpoint.id, NOON + BOTH_SECRETS_FOR - timedelta(seconds=1))
    later = await webhooks.next(registered.endpoint.id, NOON + BOTH_SECRETS_FOR)
    assert soon is not None and later is not None
    assert [secret_text(secret) for secret in soon.secrets] == [new, registered.secret]
    assert [secret_text(secret) for secret in later.secrets] == [new]
    [row] = await database.rows("SELECT row_to_json(webhook_endpoints)::text AS said FROM webhook_endpoints")
    assert soon.secrets[0].hex() not in row["said"] and soon.secrets[1].hex() not in row["said"]


async def test_secrets_are_sealed_anew_when_the_master_key_is_rotated(
    webhooks: WebhooksPostgres, journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    old, new = b"o" * 32, b"n" * 32
    before, both, after = (WebhooksPostgres(database, KeyRing(content)) for content in (old, new + old, new))
    registered = await before.register(ATLANTIA, "Sistema", URL, ROI, NOON)
    second = await before.new_secret(registered.endpoint.id, NOON)
    await write(journal, story(procedure, "procedure_requested"))

    assert (await both.reseal(), await both.reseal()) == (1, 0)
    message = await after.next(registered.endpoint.id, NOON)
    assert message is not None
    assert [secret_text(secret) for secret in message.secrets] == [second, registered.secret]


async def test_an_administration_has_no_more_than_so_many_addresses(webhooks: WebhooksPostgres) -> None:
    for _ in range(MOST_ENDPOINTS):
        await webhooks.register(ATLANTIA, "Sistema", URL, ROI, NOON)
    with pytest.raises(Refusal, match="too_many_webhooks"):
        await webhooks.register(ATLANTIA, "Sistema", URL, ROI, NOON)
