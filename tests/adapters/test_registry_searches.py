"""Looking for an entry in the civil registry: the promises of the port, and to whom the simulator tells nothing."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.memory import MemoryRegister
from adapters.registers.http import RegisterHttp
from deploy.dicireg.searching import Standing, keep_old
from deploy.simulators.keeping import Folders
from deploy.simulators.troubles import Trouble, order
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.registers import EntryRegister, SearchTold
from domain.procedure.registry_searches import Detail
from tests.adapters.entering import birth, civil_simulator
from tests.adapters.served import TOKEN

ICIA = Standing("RC-1990-7", "birth", "Icía Sieiro Barreiro", "1990-05-02", "Vilar", "99330147R")
OTHER = Standing("RC-1995-9", "birth", "Icía Sieiro Barreiro", "1995-11-30", "Lira", "99442208Y")
ADOPTED = Standing("RC-2001-3", "birth", "Roi Abal Souto", "2001-01-09", "Vilar", "99551936R", protected=True)
DEAD = Standing("RC-1930-2", "birth", "Aurelio Abal Souto", "1930-01-09", "Vilar", "99812246C", True, True)


def asked(**words: Any) -> SearchTold:
    said = {
        "id": "prc_1.d1",
        "body": "civil-registry-ponte-nova",
        "case_number": "32/2026",
        "fact": "birth",
        "registered": "Icía Sieiro Barreiro",
        "place": "Vilar",
        "applicant_name": "Icía Sieiro Barreiro",
        "applicant_id_number": "99330147R",
        "standing": "person_registered",
    }
    return SearchTold.model_validate(said | words)


@pytest.fixture(params=["memory", "http"])
async def register(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EntryRegister]:
    for entry in (ICIA, ADOPTED):
        keep_old(tmp_path, entry)
    if request.param == "memory":
        memory = MemoryRegister("Registro Civil de prueba", "RC")
        memory.found[ICIA.registered] = ((Detail(name="Lugar", value="Vilar"),),)
        yield memory
    else:
        async with civil_simulator(tmp_path) as url:
            yield RegisterHttp("DICIREG", url, TOKEN)


async def test_one_entry_is_told_once_and_the_same_search_has_the_same_answer(register: EntryRegister) -> None:
    first = await register.search(asked())
    assert await register.search(asked()) == first
    assert (first.id, first.found, bool(first.number), bool(first.details)) == ("prc_1.d1", 1, True, True)
    none = await register.search(asked(id="prc_2.d1", registered="Nadie Nunca"))
    assert (none.found, none.number, none.details) == (0, None, ())
    assert none.reference != first.reference


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[RegisterHttp]:
    for entry in (ICIA, OTHER, ADOPTED, DEAD):
        keep_old(tmp_path, entry)
    async with civil_simulator(tmp_path) as url:
        yield RegisterHttp("DICIREG", url, TOKEN)


async def test_of_several_nothing_is_told_until_the_day_or_the_document_says_which(http: RegisterHttp) -> None:
    several = await http.search(asked())
    assert (several.found, several.number, several.details) == (2, None, ())
    narrower: list[dict[str, Any]] = [{"happened_on": date(1990, 5, 2)}, {"registered_id_number": "99330147-R"}]
    for number, which in enumerate(narrower):
        one = await http.search(asked(id=f"prc_3.d{number}", **which))
        assert (one.found, one.number) == (1, ICIA.number)
        assert Detail(name="Lugar", value="Vilar") in one.details


async def test_a_birth_that_was_entered_is_found_whatever_its_accents(http: RegisterHttp) -> None:
    number = (await http.enter(birth())).number
    found = await http.search(asked(registered="ICIA de los Angeles  Sieiro Barreiro"))
    assert (found.found, found.number) == (1, number)


ABOUT_ADOPTED = {"registered": ADOPTED.registered}
ABOUT_DEAD = {"registered": DEAD.registered}
WITHHELD: dict[str, tuple[dict[str, Any], str]] = {
    "of somebody else": (
        {"happened_on": date(1990, 5, 2), "applicant_id_number": "99442208Y"},
        "registry_standing",
    ),
    "protected, and said not to be": ({**ABOUT_ADOPTED, "standing": "no_protected_data"}, "registry_restricted"),
    "protected, and they live": ({**ABOUT_ADOPTED, "standing": "court_leave"}, "registry_restricted"),
    "protected, and nobody is left to authorise it": ({**ABOUT_DEAD, "standing": "authorised"}, "registry_restricted"),
    "asked by nobody": ({"applicant_id_number": ""}, "registry_question"),
    "asked with no right": ({"standing": "no_standing"}, "registry_question"),
    "of no fact": ({"fact": "divorce"}, "registry_question"),
}


@pytest.mark.parametrize("case", WITHHELD)
async def test_whoever_may_not_know_of_an_entry_is_told_nothing(http: RegisterHttp, tmp_path: Path, case: str) -> None:
    words, code = WITHHELD[case]
    with pytest.raises(Refusal) as refused:
        await http.search(asked(**words))
    assert refused.value.code == code
    assert not list(Folders(tmp_path / "searches").every())


@pytest.mark.parametrize(
    "words",
    [
        {**ABOUT_ADOPTED, "applicant_id_number": ADOPTED.id_number},
        {**ABOUT_ADOPTED, "standing": "representative"},
        {**ABOUT_ADOPTED, "standing": "authorised"},
        {**ABOUT_DEAD, "standing": "court_leave"},
    ],
)
async def test_whoever_the_law_names_is_told_what_is_protected(http: RegisterHttp, words: dict[str, Any]) -> None:
    assert (await http.search(asked(**words))).found == 1


async def test_the_registry_is_down_loses_an_answer_and_answers_of_something_else(
    http: RegisterHttp, tmp_path: Path
) -> None:
    for trouble in (Trouble.DOWN, Trouble.ANSWER_LOST):
        order(tmp_path, trouble)
        with pytest.raises(TryAgain):
            await http.search(asked())
    order(tmp_path, Trouble.WRONG_RECEIPT)
    assert (await http.search(asked())).id == "another"  # the activity compares it
    assert len(list(Folders(tmp_path / "searches").every())) == 1
    with pytest.raises(TryAgain):
        await RegisterHttp("DICIREG", "http://127.0.0.1:9", TOKEN).search(asked())
    with pytest.raises(PersonMustAct, match="register_not_connected"):
        await RegisterHttp("DICIREG", "", "").search(asked())
