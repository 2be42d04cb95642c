"""What may be asked for: at each moment, in each Administration, on each day, and what is said where it may not."""

from datetime import timedelta

import pytest

import territories
from adapters.memory import MemoryPublications
from domain.access.publishing import Act, Definition
from domain.errors import Refusal
from domain.types.territory import Administration
from procedure_types.offered import Offered
from tests.procedure_types.publishing import (
    ATLANTIA,
    MESETA,
    TODAY,
    approved,
    catalogue,
    done,
    offered_with,
    proposed,
    shipped,
)
from tests.workflows.test_new_types import BOUNDARY, VISIT

PASTED = f"{VISIT}---\n{BOUNDARY}"
SECOND = BOUNDARY.replace("version: 1", "version: 2").replace("retention_years: 10", "retention_years: 12")
HERE, THERE = (territories.load()[id] for id in (ATLANTIA, MESETA))
ID = "boundary_marking"


def refused(offered: Offered, administration: Administration, type_id: str = ID) -> str:
    with pytest.raises(Refusal) as refusal:
        offered.asked_for(administration, type_id, TODAY)
    return refusal.value.code


async def test_a_publication_is_seen_with_the_next_question() -> None:
    store = MemoryPublications()
    types = catalogue(store)
    assert refused(await types.now(), HERE) == "procedure_type_unknown"
    await store.propose(proposed(PASTED))
    assert refused(await types.now(), HERE) == "procedure_type_unknown"
    await store.add("pub_1", done(Act.APPROVED), TODAY)
    offered = await types.now()
    assert offered.asked_for(HERE, ID, TODAY).version == 1
    assert await types.now() is offered
    await store.add("pub_1", done(Act.WITHDRAWN), TODAY)
    assert refused(await types.now(), HERE) == "type_withdrawn"


def test_each_reason_has_its_refusal() -> None:
    assert refused(offered_with(), HERE, "nothing") == "procedure_type_unknown"
    assert refused(offered_with(), THERE, "victim_appointment") == "type_not_enabled"
    assert refused(offered_with(approved(PASTED)), THERE) == "type_of_another"
    assert refused(offered_with(approved(PASTED, starts_on=TODAY + timedelta(days=1))), HERE) == "type_not_yet_in_force"
    assert refused(offered_with(proposed(PASTED)), THERE) == "procedure_type_unknown"


def test_the_newest_version_in_force_is_the_one_that_begins() -> None:
    first = approved(PASTED)
    second = approved(SECOND, "pub_2", offered=offered_with(first))
    tomorrow = approved(SECOND, "pub_2", TODAY + timedelta(days=1), offered_with(first))
    assert offered_with(first, second).asked_for(HERE, ID, TODAY).version == 2
    assert offered_with(first, tomorrow).asked_for(HERE, ID, TODAY).version == 1
    withdrawn = second.but(acts=(*second.acts, done(Act.WITHDRAWN)))
    offered = offered_with(first, withdrawn)
    assert offered.asked_for(HERE, ID, TODAY).version == 1
    # Lists still name what runs on it.
    found = offered.version(ID, 2)
    assert found is not None and found.retention_years == 12
    assert offered.version(ID, 3) is None


def test_what_is_shipped_goes_on_as_it_was() -> None:
    offered = offered_with(approved(PASTED))
    here = [kind.id for _, kind in offered.at(HERE, TODAY)]
    assert here == [*(entry.type for entry in HERE.enabled), ID]
    assert [kind.id for _, kind in offered.at(THERE, TODAY)] == [entry.type for entry in THERE.enabled]
    plain = offered.resolved(offered.shipped["conciliation"])
    assert plain == shipped().resolved(shipped().shipped["conciliation"])


def test_a_code_that_is_shipped_later_changes_no_published_type() -> None:
    offered = offered_with(approved(PASTED))
    own = offered.published_items["Z01"]
    later = Offered(
        offered.shipped, {**offered.shipped_items, "Z01": own.but(id="another_meaning")}, offered.mechanisms,
        offered.published, offered.published_items,
    )  # fmt: skip
    assert later.resolved(later.asked_for(HERE, ID, TODAY)).item("Z01") == own


def test_what_can_no_longer_be_read_stops_nobody_else() -> None:
    old = approved(PASTED)
    broken = old.but(definitions=tuple(_of_before(one) for one in old.definitions))
    offered = offered_with(broken)
    assert offered.unreadable == {"pub_1"}
    assert refused(offered, HERE) == "procedure_type_unknown"
    assert offered.asked_for(HERE, "conciliation", TODAY).id == "conciliation"


def _of_before(definition: Definition) -> Definition:
    """As an earlier version of the product had it, under a key that is gone."""
    return definition.but(text=definition.text + "gone: true\n")


def enabled(**words: object) -> Administration:
    """The profile enables life certificates with these words."""
    entry = next(one for one in HERE.enabled if one.type == "life_certificate")
    return HERE.but(enabled=(entry.but(**words),))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"starts_on": "2026-11-27"}, "type_not_yet_in_force"),
        ({"ends_on": "2026-11-26"}, "type_withdrawn"),
        ({"starts_on": "2026-01-01", "ends_on": "2026-11-25"}, "type_withdrawn"),
    ],
)
def test_a_profile_enables_from_a_day_and_until_one(words: dict[str, str], code: str) -> None:
    assert refused(offered_with(), enabled(**words), "life_certificate") == code
    assert all(kind.id != "life_certificate" for _, kind in offered_with().at(enabled(**words), TODAY))


def test_a_day_within_is_one_on_which_it_may_be_asked_for() -> None:
    here = enabled(starts_on="2026-11-26", ends_on="2026-11-27")
    assert offered_with().asked_for(here, "life_certificate", TODAY).id == "life_certificate"


BODY, OFFICE = "civil-registry-ponte-nova", "ojm-vilar"


def refused_there(offered: Offered, here: Administration, type_id: str, body: str, *offices: str) -> str:
    try:
        offered.held_there(here, type_id, TODAY, body, offices)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_a_decision_says_where_a_shipped_type_is_held() -> None:
    everywhere, here = enabled(), enabled(bodies=(BODY,), offices=(OFFICE,))
    assert refused_there(offered_with(), everywhere, "life_certificate", "peace-court-lira", "ojm-lira") == ""
    assert refused_there(offered_with(), here, "life_certificate", BODY, OFFICE) == ""
    assert refused_there(offered_with(), here, "life_certificate", "peace-court-lira", OFFICE) == "type_not_at_body"
    assert refused_there(offered_with(), here, "life_certificate", BODY, OFFICE, "ojm-lira") == "type_not_at_office"


def test_a_decision_says_where_a_published_type_is_held() -> None:
    one = approved(PASTED)
    there = one.but(decision=one.decision.but(bodies=("peace-court-lira",)))
    assert refused_there(offered_with(one), HERE, ID, BODY) == ""
    assert refused_there(offered_with(there), HERE, ID, "peace-court-lira", OFFICE) == ""
    assert refused_there(offered_with(there), HERE, ID, BODY) == "type_not_at_body"
