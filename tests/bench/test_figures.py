"""The report says what was measured, in the form that others read, and hides nothing."""

import json
import math
from pathlib import Path

import pytest

from bench.measures.figures import Aim, Figure, quantile, table, write_report
from bench.measures.history import busy_seconds

WITHIN = Figure("quick", 3.0, "s", 2.0, "the floor", Aim(1.5, of="ratio"))
BEYOND = Figure("slow", 30.0, "1/min", 90.0, "the floor", Aim(60, at_least=True))


def test_the_report_names_value_unit_floor_and_ratio_of_each_measure(tmp_path: Path) -> None:
    write_report(tmp_path / "new" / "report.json", [WITHIN, BEYOND])

    assert json.loads((tmp_path / "new" / "report.json").read_text()) == {
        "quick": {"value": 3.0, "unit": "s", "against": 2.0, "ratio": 1.5},
        "slow": {"value": 30.0, "unit": "1/min", "against": 90.0, "ratio": 0.3333},
    }


def test_a_figure_without_a_floor_has_no_ratio_and_the_report_stays_json(tmp_path: Path) -> None:
    alone = Figure("alone", 1.0, "s", 0.0, "nothing")
    write_report(tmp_path / "report.json", [alone])

    assert math.isnan(alone.ratio)
    assert json.loads((tmp_path / "report.json").read_text())["alone"]["ratio"] is None


def test_a_figure_beyond_its_aim_is_shown_as_such() -> None:
    header, within, beyond = table([WITHIN, BEYOND]).splitlines()

    assert header.split()[:5] == ["measure", "value", "floor", "ratio", "unit"]
    assert "within ratio <= 1.5" in within
    assert "BEYOND >= 60" in beyond


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.95, 19), (1.0, 20), (0.0, 1)])
def test_a_quantile_is_a_value_that_was_measured(share: float, expected: float) -> None:
    assert quantile([float(number) for number in range(20, 0, -1)], share) == expected


def test_work_that_overlaps_is_counted_once_and_waiting_is_not_counted() -> None:
    assert busy_seconds([(10.0, 12.0), (0.0, 4.0), (1.0, 2.0), (3.0, 5.0)]) == 7.0
