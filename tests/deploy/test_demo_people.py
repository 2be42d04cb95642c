"""The people of the demonstration could be summoned: the seed asks for their acts as everybody does."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deploy.demo_people import COMPUTERS, DEMOS, Demo
from deploy.seed import Logins
from domain.codes.id_numbers import has_right_letter
from domain.journal.register import register_row
from tests.domain.samples import summoned


@pytest.mark.parametrize("demo", [demo for demo in DEMOS if demo.people], ids=lambda demo: demo.name)
def test_identity_numbers_have_their_right_letter(demo: Demo) -> None:
    numbers = [person.document_number for person in demo.people if person.document_number]
    assert numbers
    assert [number for number in numbers if not has_right_letter(number)] == []


def test_whoever_is_summoned_has_a_computer_to_sit_at() -> None:
    expected = {(demo.administration, person.office) for demo in DEMOS for person in demo.people}
    assert expected - {(administration, office) for administration, office, _ in COMPUTERS} == set()


@pytest.mark.parametrize(("zone", "hours_behind"), [("Europe/Madrid", 0), ("Atlantic/Canary", 1)])
def test_when_an_act_begins_is_told_in_the_legal_time_of_its_office(
    tmp_path: Path, zone: str, hours_behind: int
) -> None:
    """Scar: `make run` told UTC, and the pages the hour on the wall."""
    row, told = register_row(summoned(), seq=3, head="0" * 64), Logins(tmp_path / "logins.json")  # type: ignore[arg-type]
    told.procedure(DEMOS[0], row, {"p1": "A", "p2": "B", "p3": "C"}, ZoneInfo(zone))
    at = told.section("procedures")[DEMOS[0].name]["at"]
    mainland = row.scheduled_at.astimezone(ZoneInfo("Europe/Madrid"))
    assert at == f"{mainland.hour - hours_behind:02d}:{mainland.minute:02d}"
