"""A whole procedure through every real part but media and browser, judged by the offline verifier and the checker."""

from pathlib import Path

import pytest

from bench.papers import scanned_page
from bench.trust import verdict_on
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess

SHIPPED = (
    "apud_acta_power",
    "birth_declaration",
    "conciliation",
    "life_certificate",
    "mediation",
    "oral_hearing_witness",
    "victim_appointment",
)


@pytest.mark.parametrize("type_id", SHIPPED)
async def test_a_procedure_ends_in_evidence_that_a_stranger_can_verify(
    house: House, worker: WorkerProcess, tmp_path: Path, type_id: str
) -> None:
    room = await house.summon(type_id, f"prc_headless_{type_id}")
    closed = await Play(room, f"headless-{type_id}", paper=scanned_page()).whole()

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []

    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
