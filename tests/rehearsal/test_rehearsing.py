"""A type is rehearsed in memory: every shipped one is held to its end, and one that cannot be says where and why."""

import time
from datetime import UTC, datetime

import pytest

import agenda_types
import procedure_types
import territories
from domain.ids import AdministrationId
from domain.procedure.minutes import Paragraph
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Family, Stage
from procedure_types.uploading import examine, parts_of
from rehearsal.rehearsing import Rehearsal, rehearse, sample_of
from tests.procedure_types.publishing import ATLANTIA, shipped
from tests.workflows.test_new_types import BOUNDARY, VISIT

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
ITEMS = agenda_types.load()
TYPES = procedure_types.load(items=ITEMS)
HERE = territories.load()[AdministrationId("atlantia")]
PASTED = f"{VISIT}---\n{BOUNDARY}"


def own(pasted: str) -> ResolvedType:
    found = examine(parts_of("", pasted), shipped(), ATLANTIA)
    assert found.problems == ()
    return procedure_types.resolve(found.procedures[0], {**ITEMS, **{item.code: item for item in found.items}})


async def rehearsed(resolved: ResolvedType) -> Rehearsal:
    return await rehearse(resolved, HERE, AT, "es")


@pytest.mark.parametrize("type_id", sorted(id for id, kind in TYPES.items() if kind.family is not Family.COOPERATION))
async def test_every_shipped_type_is_held_to_its_last_signature(type_id: str) -> None:
    began = time.monotonic()
    ended = await rehearsed(procedure_types.resolve(TYPES[type_id], ITEMS))
    assert ended.held, ended.refusal
    assert ended.procedure.stage is Stage.ANCHORING
    assert time.monotonic() - began < 10


async def test_a_type_that_nobody_thought_of_is_rehearsed_and_its_minutes_are_marked() -> None:
    ended = await rehearsed(own(PASTED))
    assert ended.held
    words = sample_of(ended, HERE, "es")
    # The title and the reference stand on every page that follows, the body below the first one.
    assert all(part.startswith("ENSAYO SIN VALOR") for part in (words.title, words.reference, words.body))
    first = words.blocks[0]
    assert isinstance(first, Paragraph) and "no produce ningún efecto" in first.text
    assert words.csv is None and words.verification_url is None
    told = [block.text for block in words.blocks if isinstance(block, Paragraph)]
    assert any("Se ve el lindero en Según consta en autos: 2 metros de alambrada." in text for text in told)
    assert sample_of(ended, HERE, "en").title.startswith("REHEARSAL WITHOUT EFFECT")


async def test_what_cannot_be_held_says_which_rule_stopped_it_and_where() -> None:
    never_left_out = "{item: A24, role: clerk, required: true, legal_basis: LJV art. 145}"
    ended = await rehearsed(own(PASTED.replace("{item: A40, role: clerk}", never_left_out)))
    assert not ended.held and ended.refusal is not None
    assert ended.refusal.code == "item_required"
    assert ended.points[-1] == ("A24", "planned")


async def test_an_agenda_without_end_is_not_acted_for_ever() -> None:
    lines = "    - {item: A11, role: applicant}\n" * 1500
    last = "    - {item: A27, role: neighbour}\n"
    ended = await rehearsed(own(PASTED.replace(last, lines + last)))
    assert ended.too_long and not ended.held


async def test_requests_to_other_states_are_not_rehearsed() -> None:
    abroad = next(kind for kind in TYPES.values() if kind.family is Family.COOPERATION)
    ended = await rehearsed(procedure_types.resolve(abroad, ITEMS))
    assert not ended.rehearsable and not ended.held
