"""A type is rehearsed in memory: every shipped one is held to its end, and one that cannot be says where and why."""

import time
from datetime import UTC, datetime, timedelta

import pytest

import agenda_types
import procedure_types
import territories
from domain.ids import AdministrationId
from domain.procedure.minutes import Paragraph
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Family, Stage
from procedure_types.uploading import examine, parts_of
from rehearsal.acting import Play
from rehearsal.casting import request
from rehearsal.in_memory import MemoryCourtroom
from rehearsal.plausible import plausible_values
from rehearsal.rehearsing import Rehearsal, rehearse, sample_of
from tests.domain.samples import in_session
from tests.procedure_types.publishing import ATLANTIA, TODAY, approved, offered_with, shipped
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


PASTED_SECOND = BOUNDARY.replace("version: 1", "version: 2")


def opened(resolved: ResolvedType, number: int) -> tuple[MemoryCourtroom, Play]:
    accounts = {"clerk": "acc_clerk"}
    asked = request(resolved, HERE, id=f"prc_{number:032x}", scheduled_at=AT, accounts=accounts)
    court = MemoryCourtroom(asked, AT)
    return court, Play(court, f"open-{number}")


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
    assert ended.items[-1] == ("A24", "planned")


async def test_an_agenda_without_end_is_not_acted_for_ever() -> None:
    lines = "    - {item: A11, role: applicant}\n" * 1500
    last = "    - {item: A27, role: neighbour}\n"
    ended = await rehearsed(own(PASTED.replace(last, lines + last)))
    assert ended.too_long and not ended.held


async def test_requests_to_other_states_are_not_rehearsed() -> None:
    abroad = next(kind for kind in TYPES.values() if kind.family is Family.COOPERATION)
    ended = await rehearsed(procedure_types.resolve(abroad, ITEMS))
    assert not ended.rehearsable and not ended.held


async def test_fifty_that_are_open_when_a_version_is_published_end_on_theirs() -> None:
    """What a procedure begins with it carries: nobody looks its type up again."""
    first, second = own(PASTED), own(PASTED.replace("retention_years: 10", "retention_years: 12"))
    plays = [opened(first, number) for number in range(50)]
    for court, play in plays[:25]:
        await play.arrive()
        await play.enter()
        assert (await court.procedure()).stage is Stage.IN_SESSION
    published = offered_with(approved(PASTED))
    later = approved(PASTED_SECOND, "pub_2", offered=published)
    offered = published.with_publications((*published.publications, later))
    assert offered.asked_for(HERE, "boundary_marking", TODAY).version == 2
    for number, (court, play) in enumerate(plays):
        if number >= 25:
            await play.arrive()
            await play.enter()
        await play.identify()
        await play.hold_agenda()
        await play.close()
        await play.approve_and_sign()
        ended = await court.procedure()
        assert (ended.stage, ended.type.sha256) == (Stage.ANCHORING, first.sha256)
    assert first.sha256 != second.sha256


def test_an_act_that_is_held_before_its_day_tells_of_nothing_that_is_still_to_come() -> None:
    """A regional system asks for acts weeks ahead, and scripted people hold them at once."""
    early = in_session("birth_declaration")
    early = early.but(scheduled_at=early.scheduled_at + timedelta(weeks=13))
    item = next(one for one in early.agenda if one.code == "A46")
    born_on = plausible_values(early.type.item("A46"), early, item)["born_on"]
    assert early.changed_at is not None and born_on < early.changed_at.date().isoformat()
