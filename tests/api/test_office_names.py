"""Whoever sits down at an office is told of in the journal with what the office is called."""

import asyncio
from collections.abc import Mapping
from typing import Any

from adapters.wiring import open_installation
from domain.ids import ProcedureId
from tests.api.people import House, command


def arrival(house: House, procedure: str) -> Mapping[str, Any]:
    async def read() -> Mapping[str, Any]:
        async with open_installation(house.settings) as installation:
            entries = await installation.journal.read(ProcedureId(procedure))
        return next(entry.content for entry in entries if entry.type == "participant_checked_in")

    return asyncio.run(read())


def test_an_office_is_told_by_its_code_and_its_names(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200
    told = arrival(house, procedure)
    assert told["office"] == "ojm-vilar"
    assert told["office_names"]["es"] == "Oficina de Justicia en el Municipio de Vilar"
    assert told["office_names"]["en"] == "Municipal Justice Office of Vilar"


def test_a_device_of_ones_own_is_no_office(house: House) -> None:
    procedure = house.conciliation()
    assert command(house.citizen(procedure, "p1"), procedure, "check_in", participant="p1").status_code == 200
    assert "office_names" not in arrival(house, procedure)
