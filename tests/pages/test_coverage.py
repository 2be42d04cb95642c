"""The ticks of what a key covers: what stands there stays ticked, or saving would cover something else."""

import re
from typing import Any

import pytest

from api.pages.rendering import render
from domain.access.coverage import EVERYTHING, Coverage
from domain.ids import OfficeId
from tests.pages.shown import looks
from tests.pages.systems import API_KEYS

LOOK = next(look for look in looks() if look.language == "es")


def ticked(coverage: Coverage) -> dict[str, list[str]]:
    shown: dict[str, Any] = API_KEYS[-1] | {"shown": API_KEYS[-1]["shown"].but(coverage=coverage)}
    html = render("api_keys.html", LOOK, path="/administration/api-keys", kinds=(), titles={}, **shown)
    boxes = re.findall(r'id="now-[^"]+" name="(\w+)" type="checkbox" value="([^"]+)" checked', html)
    return {
        name: sorted(value for field, value in boxes if field == name)
        for name in ("offices", "types", "every_office", "every_type")
    }


@pytest.mark.parametrize(
    "coverage",
    [
        EVERYTHING,
        Coverage(types=("withdrawn",)),
        Coverage(offices=(OfficeId("closed-since"),)),
        Coverage(offices=(OfficeId("closed-since"), OfficeId("ojm-lira")), types=("conciliation", "withdrawn")),
    ],
)
def test_what_is_offered_no_more_stays_ticked(coverage: Coverage) -> None:
    assert ticked(coverage) == {
        "offices": sorted(coverage.offices or ()),
        "types": sorted(coverage.types or ()),
        "every_office": [] if coverage.offices else ["true"],
        "every_type": [] if coverage.types else ["true"],
    }
