"""What docs/api.md tells a newcomer to type works as it stands there, with the key that the seed made."""

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.place import PROJECT
from tests.api.people import IN_TIME, House, open_hours, wait_for

ASKING, LOOKING = re.findall(r"^```sh\n(.*?)^```", (PROJECT / "docs" / "api.md").read_text(), re.DOTALL | re.MULTILINE)[
    :2
]
WHEN = re.compile(r"^when=(.*)$", re.MULTILINE)


@pytest.fixture
def folder(house: House, tmp_path: Path) -> Path:
    """As the project's own, where the address is that of the application under test."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "logins.json").symlink_to(house.logins_file)
    (tmp_path / "var" / "stack.env").write_text(f"ESTRADO_PUBLIC_URL={house.settings.public_url}\n")
    return tmp_path


def typed(folder: Path, block: str, **known: str) -> str:
    done = subprocess.run(
        ["bash", "-eu"], input=block, cwd=folder, env=os.environ | known, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_act_is_asked_for_by_what_the_page_says_and_then_looked_at(house: House, folder: Path) -> None:
    # Another day than the page's: whatever today is, that one must be no holiday.
    open_day = open_hours(datetime.now(UTC) + IN_TIME).isoformat()
    block, replaced = WHEN.subn(f"when={open_day}", ASKING)
    assert replaced == 1

    answer = typed(folder, block)

    assert answer.startswith("HTTP/1.1 201"), answer
    procedure = re.search(r"(?im)^location: /api/v1/procedures/(\S+)", answer)
    assert procedure
    wait_for(house.machine(), procedure[1], "summoned")
    key = re.search(r"^key=.*$", ASKING, re.MULTILINE)
    assert key
    looking = f". var/stack.env\n{key[0]}\n{LOOKING}"
    seen = typed(folder, looking, procedure=procedure[1], etag="")
    etag = re.search(r"(?im)^etag: (\S+)", seen)
    assert seen.startswith("HTTP/1.1 200") and etag
    assert typed(folder, looking, procedure=procedure[1], etag=etag[1]).startswith("HTTP/1.1 304")


def test_the_day_that_the_page_computes_is_to_come(folder: Path) -> None:
    when = WHEN.search(ASKING)
    assert when
    said = datetime.fromisoformat(typed(folder, f"echo {when[1]}").strip())
    assert said > datetime.now(UTC)
