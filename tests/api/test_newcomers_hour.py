"""What the pages tell a newcomer to type after the first act: judge its evidence, and write a type of one's own."""

import os
import re
import subprocess
import time
from pathlib import Path

from deploy.place import PROJECT
from domain.types.vocabulary import Stage
from tests.api.conftest import serving
from tests.api.people import House
from tests.api.stages import at_stage

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def block_of(page: str, word: str) -> str:
    """The one block of a page that has that word in it."""
    [found] = [block for block in BLOCK.findall((PROJECT / "docs" / page).read_text("utf-8")) if word in block]
    return str(found)


def typed(folder: Path, block: str, **known: str) -> subprocess.CompletedProcess[str]:
    """As in the project's own folder, where what is written down is somewhere else."""
    for name in (".venv", "evidence", "procedure_types", "agenda_types", "territories", "domain", "templates"):
        if not (folder / name).exists():
            (folder / name).symlink_to(PROJECT / name)
    return subprocess.run(
        ["bash", "-eu"], input=block, cwd=folder, env=os.environ | known, capture_output=True, text=True
    )


def bundle_is_there(house: House, procedure: str) -> None:
    for _ in range(300):
        if house.machine().get(f"/api/v1/procedures/{procedure}/bundle.zip").status_code == 200:
            return
        time.sleep(0.2)
    raise AssertionError("no bundle within a minute")


def test_the_evidence_of_an_act_is_taken_away_and_judged_by_what_the_page_says(house: House, tmp_path: Path) -> None:
    procedure, _ = at_stage(house, Stage.CLOSED)
    bundle_is_there(house, procedure)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "stack.env").write_text(f"ESTRADO_PUBLIC_URL={house.settings.public_url}\n")
    key = house.logins["api_keys"]["atlantia"]["key"]

    done = typed(tmp_path, block_of("api.md", "evidence verify"), procedure=procedure, key=key)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert procedure in done.stdout


def test_a_type_of_one_s_own_is_written_checked_and_offered_by_what_the_page_says(house: House, tmp_path: Path) -> None:
    block = block_of("types.md", "proof_of_life")
    *written, started = block.strip().splitlines()
    assert started == "ESTRADO_TYPES_DIRS=$PWD/own make run"

    done = typed(tmp_path, "\n".join(written) + "\n")

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("ok"), done.stdout
    offering = house.settings.model_copy(update={"types_dirs": (tmp_path / "own",)})
    with serving(offering, house.logins_file) as own:
        offered = own.client().get("/api/v1/administrations/mine/types", headers={"Accept-Language": "es"})
    assert [one["title"] for one in offered.json() if one["id"] == "proof_of_life"] == ["Prueba de vida"]
