"""What `docs/architecture.md` tells a newcomer: a new thing of five kinds goes to three files at most, and to these."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from domain.commands import COMMANDS, RecordedCommand
from domain.events import EVENTS
from domain.journal.told import TOLD
from tests.architecture.tracked import PACKAGES, PROJECT, files, nodes, sources, text

PRODUCT = tuple(sources(*(folder for folder in PACKAGES if folder not in ("bench", "conformance"))))
ACTIONS = [path for path in PRODUCT if path.parts[:2] == ("domain", "actions") and path.name != "__init__.py"]
TABLE, WIRING, SETTINGS = "api/commands/table.py", "adapters/wiring.py", "settings/shared.py"
ROOM_ROWS = "api/commands/room_rows.py"
"""A part of the table, of the live room."""


@cache
def walk() -> dict[str, list[str]]:
    """Kind -> the file that each of its cells begins with."""
    page = text(Path("docs/architecture.md"))
    rows = page.split("| new | first | second | third |\n")[1].split("\n\n")[0].splitlines()[1:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {kind: [one.split("`")[1] for one in steps if one] for kind, *steps in cells}


def naming(*words: str) -> set[str]:
    """The files of the product in which code uses one of these names, or quotes one of these strings."""
    wanted = set(words)
    return {str(path) for path in PRODUCT if wanted & _said(path)}


@cache
def _said(path: Path) -> frozenset[str]:
    said = set()
    for node in nodes(path):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) | ast.ClassDef(name=name):
                said.add(name)
            case ast.Constant(value=str(words)):
                said.add(words)
    return frozenset(said)


def test_the_walk_tells_of_five_kinds_and_of_three_files_for_each_at_most() -> None:
    kinds = {kind.split(",")[0] for kind in walk()}

    assert kinds == {"identity mechanism", "webhook", "recording store", "language", "command of a citizen"}
    assert {kind: steps for kind, steps in walk().items() if not 1 <= len(steps) <= 3} == {}


@pytest.mark.parametrize("path", [one for steps in walk().values() for one in steps])
def test_where_the_walk_leads_something_of_that_kind_stands_already(path: str) -> None:
    like = re.compile(re.sub(r"<\w+>", r"[\\w-]+", re.escape(path).replace(r"\<", "<").replace(r"\>", ">")))

    assert [file for file in files() if like.match(str(file))]


def test_an_action_is_named_in_its_module_and_in_one_row_for_each_command() -> None:
    assert ACTIONS
    for path in ACTIONS:
        own = {node.name for node in nodes(path) if isinstance(node, ast.ClassDef)}
        commands = {command.__name__ for command in COMMANDS.values()} & own

        assert commands, f"{path} has no command"
        assert len(rows := naming(*own) - {str(path)}) == 1 and rows <= {TABLE, ROOM_ROWS}
        assert not own & {name for other in ACTIONS if other != path for name in _said(other)}


def test_what_an_action_needs_stands_in_its_module() -> None:
    for command in COMMANDS.values():
        if issubclass(command, RecordedCommand):
            module = Path(command.__module__.replace(".", "/") + ".py")
            functions = {node.name for node in nodes(module) if isinstance(node, ast.FunctionDef)}
            assert module in ACTIONS and f"may_{command.update}" in functions
    assert any(event.__module__.startswith("domain.actions.") for event in EVENTS.values())


def test_a_webhook_is_named_in_one_file() -> None:
    (told,) = walk()["webhook, an event that regional systems are told"]

    assert naming(*TOLD.values()) == {told}


def test_a_recording_store_is_named_where_it_is_made_and_where_it_is_chosen() -> None:
    stores = {
        node.name: str(path)
        for path in PRODUCT
        if path.parts[:2] == ("adapters", "storage")
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and node.name.startswith("Vault")
    }

    assert stores
    assert {name: naming(name) for name in stores} == {name: {made, WIRING} for name, made in stores.items()}
    assert walk()["recording store"][1:] == [SETTINGS, WIRING]


def test_a_mechanism_of_identification_is_two_files_at_least_and_its_own_folder() -> None:
    folders = [path.parent for path in files() if path.name == "mechanism.yaml" and path.parts[0] == "adapters"]

    assert folders
    assert [folder for folder in folders if not (PROJECT / folder / "__init__.py").is_file()] == []
