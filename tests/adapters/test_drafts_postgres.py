"""Drafts against a real PostgreSQL: the last keystroke stays, nobody overwrites another, nothing is readable."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.drafts import DraftsPostgres
from adapters.postgres.keys import KeysPostgres
from domain.access.accounts import others_typing
from domain.ids import ItemId, ProcedureId
from tests.adapters.written import CANARY

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ITEM = ItemId("i1")


@pytest.fixture
def drafts(database: Database, keys: KeysPostgres) -> DraftsPostgres:
    return DraftsPostgres(database, keys)


async def test_a_draft_comes_back_as_it_was_typed_last(drafts: DraftsPostgres, procedure: ProcedureId) -> None:
    await drafts.save(procedure, ITEM, "acc_1", {"words": "The par"}, NOW)
    await drafts.save(procedure, ITEM, "acc_1", {"words": "The parties…", "rows": [{"n": 1}]}, NOW + SECOND)
    [draft] = await drafts.read(procedure, ITEM)
    assert draft.values == {"words": "The parties…", "rows": [{"n": 1}]}
    assert (draft.author, draft.saved_at) == ("acc_1", NOW + SECOND)


async def test_a_late_request_does_not_undo_what_was_typed_after_it(
    drafts: DraftsPostgres, procedure: ProcedureId
) -> None:
    await drafts.save(procedure, ITEM, "acc_1", {"words": "new"}, NOW + SECOND)
    await drafts.save(procedure, ITEM, "acc_1", {"words": "old"}, NOW)
    [draft] = await drafts.read(procedure, ITEM)
    assert draft.values == {"words": "new"}


async def test_what_was_typed_over_an_older_text_does_not_undo_what_was_typed_over_a_newer_one(
    drafts: DraftsPostgres, procedure: ProcedureId
) -> None:
    await drafts.save(procedure, ITEM, "acc_1", {"words": "new"}, NOW, revision=2)
    await drafts.save(procedure, ITEM, "acc_1", {"words": "late"}, NOW + SECOND, revision=1)
    [draft] = await drafts.read(procedure, ITEM)
    assert (draft.values, draft.revision) == ({"words": "new"}, 2)


async def test_two_authors_keep_their_own_and_see_each_other(drafts: DraftsPostgres, procedure: ProcedureId) -> None:
    await drafts.save(procedure, ITEM, "acc_1", {"words": "one"}, NOW)
    await drafts.save(procedure, ITEM, "acc_2", {"words": "two"}, NOW + SECOND)
    both = await drafts.read(procedure, ITEM)
    assert [draft.author for draft in both] == ["acc_2", "acc_1"]
    assert others_typing(both, "acc_1", NOW + SECOND) == ("acc_2",)
    assert others_typing(both, "acc_3", NOW + SECOND) == ("acc_2", "acc_1")
    assert others_typing(both, "acc_1", NOW + timedelta(minutes=1)) == ()


async def test_drafts_are_not_readable_in_the_table(
    drafts: DraftsPostgres, database: Database, procedure: ProcedureId
) -> None:
    await drafts.save(procedure, ITEM, "acc_1", {"words": CANARY}, NOW)
    [row] = await database.rows("SELECT row_to_json(drafts)::text AS said FROM drafts")
    assert CANARY not in row["said"]
    assert CANARY.encode().hex() not in row["said"]


@pytest.mark.parametrize(
    ("which", "left"),
    [
        ({"item": ITEM, "author": "acc_1"}, {("i1", "acc_2"), ("i2", "acc_1")}),
        ({"item": ITEM}, {("i2", "acc_1")}),
        ({}, set()),
    ],
)
async def test_drafts_are_forgotten_by_author_by_item_or_all(
    drafts: DraftsPostgres, procedure: ProcedureId, which: dict[str, str], left: set[tuple[str, str]]
) -> None:
    for item, author in (("i1", "acc_1"), ("i1", "acc_2"), ("i2", "acc_1")):
        await drafts.save(procedure, ItemId(item), author, {}, NOW)
    await drafts.delete(procedure, **which)  # type: ignore[arg-type]
    found = {(item, draft.author) for item in ("i1", "i2") for draft in await drafts.read(procedure, ItemId(item))}
    assert found == left
