"""What comments and pages refer to is there: numbered faults, words of the glossary, folders, tests, pages."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tracked import PACKAGES, PROJECT, files, text

CODE = (".py", ".js", ".css", ".html", ".jinja", ".yaml", ".sql", ".toml", ".typ", ".vy")
NUMBER = re.compile(r"(?<![\w/])(?:F-\d{1,2}|I\d{1,2})(?!\w)")
"""A numbered fault (F-12) or invariant (I3), as `docs/faults.md` has them."""
ELSEWHERE = re.compile(r"\((?:F|R|H|D|L-)\d{1,2}[,)]|(?<![\w-])L-\d{2}\b")
"""Numbers of lists that are not part of the project."""
PAGE = re.compile(r"(?<![\w/.-])(?:docs/)?([a-z0-9-]+(?:/[a-z0-9-]+)*\.md)\b")


@cache
def numbers() -> frozenset[str]:
    """The numbers that `docs/faults.md` explains."""
    return frozenset(re.findall(r"^\| (F-\d+|I\d+) \|", text(Path("docs/faults.md")), re.MULTILINE))


def code() -> list[Path]:
    return [path for path in files() if path.suffix in CODE and path.parts[0] != "docs"]


def test_a_number_in_a_comment_stands_in_the_table_of_faults() -> None:
    cited = {(str(path), number) for path in code() for number in NUMBER.findall(text(path))}

    assert len(cited) > 10
    assert {(path, number) for path, number in cited if number not in numbers()} == set()


def test_no_comment_cites_a_list_that_is_not_here() -> None:
    this = Path(__file__).relative_to(PROJECT)

    assert [(str(p), found) for p in code() if p != this and (found := ELSEWHERE.findall(text(p)))] == []


def test_a_page_that_code_names_exists() -> None:
    pages = {path.relative_to("docs").as_posix() for path in files() if path.parts[0] == "docs"}
    pages |= {str(path) for path in files() if len(path.parts) == 1}
    named = {(str(path), page) for path in code() if path.suffix == ".py" for page in PAGE.findall(text(path))}

    assert {(path, page) for path, page in named if page not in pages} == set()


@pytest.mark.parametrize("page", ["faults.md", "architecture.md", "glossary.md"])
def test_files_that_a_page_names_exist(page: str) -> None:
    """Paths between backquotes; folders too."""
    spoken = re.findall(r"`((?:\w+/)+[\w.]*|\w+\.py|\w+\.toml)`", text(Path("docs") / page))

    assert spoken
    assert [path for path in spoken if not (PROJECT / path).exists()] == []


def test_every_folder_has_its_sentence() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", text(Path("docs/architecture.md")), re.MULTILINE))

    assert set(PACKAGES) - told == set()


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    names = re.findall(r"`([A-Za-z]\w+(?:\.\w+)?)`", text(Path("docs/glossary.md")))
    written = "".join(text(path) for path in code() if path.suffix == ".py" and path.parts[0] != "tests")

    assert len(names) > 30
    assert [name for name in names if not all(re.search(rf"\b{part}\b", written) for part in name.split("."))] == []
