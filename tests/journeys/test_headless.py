"""A whole procedure through every real part but media and browser, judged by the offline verifier and the checker."""

import asyncio
from pathlib import Path

import pytest

from bench.elsewhen import YEARS, exit_code_in
from bench.papers import scanned_page
from bench.trust import verdict_on
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess

WITH_ROOM = (
    "apud_acta_power",
    "apud_acta_power_ending",
    "birth_declaration",
    "commission_session",
    "conciliation",
    "document_delivery",
    "legal_aid_application",
    "life_certificate",
    "marriage_file_hearing",
    "mediation",
    "oral_hearing_witness",
    "ratification",
    "register_certificate",
    "service_at_office",
    "statement_in_investigation",
    "victim_appointment",
    "voluntary_jurisdiction_hearing",
)
OF_EACH_FAMILY = (
    "birth_declaration",
    "conciliation",
    "document_delivery",
    "oral_hearing_witness",
    "victim_appointment",
)
"""One type of each family that has a room."""


@pytest.mark.parametrize("type_id", WITH_ROOM)
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
    for year in YEARS if type_id in OF_EACH_FAMILY else ():
        judged = await asyncio.to_thread(exit_code_in, year, tmp_path / "bundle.zip", tmp_path / "trust")
        assert judged == 0, f"in {year}, without a network"
