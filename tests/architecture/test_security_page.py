"""What `docs/security.md` says of a requirement is shown by a test that is there, or has its reason."""

import json
import re
from pathlib import Path

import pytest

from settings import Settings
from tests.architecture.tracked import PROJECT, text

ROW = re.compile(r"^\| (V\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall(text(Path("docs/security.md")))
OWN_KEYS = sorted(name for name in Settings.model_fields if name.endswith("_key_file") and "client" not in name)


def test_every_chapter_of_the_standard_is_there_in_order() -> None:
    chapters = [int(chapter[1:]) for chapter, *_ in ROWS]
    assert chapters == sorted(chapters)
    assert set(chapters) == set(range(1, 18))


@pytest.mark.parametrize(("chapter", "subject", "so", "shown"), ROWS)
def test_a_requirement_is_shown_by_a_test_or_has_its_reason(chapter: str, subject: str, so: str, shown: str) -> None:
    assert so in {"yes", "part", "no", "installation", "does not apply"}
    named = re.findall(r"`([\w./-]+/[\w./-]+)`", shown)
    assert [path for path in named if not (PROJECT / path).exists()] == []
    tests = [path for path in named if path.startswith("tests/")]
    assert tests or so not in ("yes", "part"), (chapter, subject)
    assert tests or len(shown.split()) >= 4, (chapter, subject)


def test_every_dependency_is_pinned_by_hash() -> None:
    pinned = re.split(r"^(?=[\w.-]+(?:\[.*\])?==)", text(Path("requirements.lock")), flags=re.MULTILINE)[1:]
    assert len(pinned) > 100
    assert [one.split()[0] for one in pinned if "--hash=sha256:" not in one] == []
    packages = json.loads(text(Path("package-lock.json")))["packages"]
    assert [name for name, found in packages.items() if name and not found.get("integrity", "").startswith("sha")] == []


@pytest.mark.parametrize("name", OWN_KEYS)
def test_it_is_said_how_a_key_is_changed(name: str) -> None:
    keeping = text(Path("docs/operations.md")).partition("\n## Keeping the keys\n")[2].partition("\n## ")[0]
    assert f"`ESTRADO_{name.upper()}`" in keeping
