"""Whatever of a procedure is shown to whoever may see it, one line says so: each address that can be read is tried."""

import asyncio

import httpx
import pytest

from adapters.postgres.database import Database
from domain.types.vocabulary import Stage
from tests.api.people import AUDITOR, CLERK, OFFICE, House, fresh
from tests.api.stages import at_stage
from tests.api.test_permissions import routes

SHOWS_NOTHING_OF_IT = {
    "/trust.zip": "roots and a checkpoint that everybody may know",
    "/accesses": "who looked, for the auditor: told by the page of evidence",
    "/recording/video": "whether a video is made, and nothing that is in it",
}

THERE = {
    "procedure": "",
    "document": "d1",
    "page": "1",
    "number": "1",
    "item": "i1",
    "participant": "p1",
    "key": "none",
}

SHOWN = {
    "", "/progress", "/timeline", "/minutes", "/documents", "/documents/{document}.pdf", "/drafts/{item}",
    "/documents/{document}/pages/{page}.png", "/documents/{document}/pages/{page}.txt",
    "/documents/{document}/receipt.pdf", "/documents/{document}/brought/{number}", "/bundle.zip", "/file.zip",
}  # fmt: skip
"""What a closed act has to show, below `/procedures/{procedure}`: less would try less."""


@pytest.fixture(scope="module")
def procedure(house: House) -> str:
    return at_stage(house, Stage.CLOSED)[0]


def with_a_reason(house: House, procedure: str) -> httpx.Client:
    auditor = house.another(AUDITOR)
    why = {"why": "Queja 14/2026 de la defensa sobre el acta."}
    assert auditor.post(f"/api/v1/procedures/{procedure}/reasons", json=why, headers=fresh()).status_code == 201
    return auditor


def test_nothing_is_shown_without_a_line_that_says_so(house: House, procedure: str) -> None:
    callers = {
        "clerk": house.another(CLERK),
        "office": house.another(OFFICE),
        "auditor": with_a_reason(house, procedure),
        "key of the case": house.machine(),
    }
    read = [r.path for r in routes(house) if r.methods == {"GET"} and "{procedure}" in r.path]
    assert len(read) > 25
    shown, unsaid = set(), []
    for path in read:
        below = path.partition("/procedures/{procedure}")[2]
        if below in SHOWS_NOTHING_OF_IT:
            continue
        for name, client in callers.items():
            before = asyncio.run(lines(house, procedure))
            answer = client.get(path.format_map(There(procedure)), headers={"Accept": "application/json, text/html"})
            if answer.status_code != 200:
                continue
            shown.add(below)
            if asyncio.run(lines(house, procedure)) <= before:
                unsaid.append(f"{name}: {path}")
    assert unsaid == []
    assert shown >= SHOWN, SHOWN - shown


class There(dict[str, str]):
    def __init__(self, procedure: str) -> None:
        super().__init__(THERE | {"procedure": procedure})

    def __missing__(self, name: str) -> str:
        return "none-such"


async def lines(house: House, procedure: str) -> int:
    async with Database.connect(house.settings.database_url, connections=1) as database:
        row = await database.row("SELECT count(*) AS lines FROM read_audit WHERE procedure = $1", procedure)
        return int(row["lines"]) if row else 0
