"""Nothing is half there: ports have adapters and tests, settings and types are documented, acts have their rule."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
from temporalio import workflow

import adapters.memory
import agenda_types
import procedure_types
from domain.commands import COMMANDS
from domain.events import EVENTS
from domain.rules.table import RULES
from domain.types.vocabulary import Family
from settings import Settings
from tests.architecture.tracked import PROJECT, files, nodes, sources, text
from workflows.families import EVERY_WORKFLOW, WORKFLOWS


def ports_of(*paths: Path) -> dict[str, set[str]]:
    """Protocols by name with the names of their methods; those that only have properties are values, not ports."""
    protocols = {
        node.name: {part.name for part in node.body if _is_method(part)}
        for path in paths
        for node in ast.parse(text(path)).body
        if isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id == "Protocol" for b in node.bases)
    }
    return {name: methods for name, methods in protocols.items() if methods}


def _is_method(part: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and not part.decorator_list


PORTS = ports_of(*(path for path in sources("domain") if path.parts[1] == "ports"), Path("domain/access/stores.py"))


@cache
def classes() -> dict[str, set[str]]:
    """Classes that talk to the world, with everything that they define."""
    found: dict[str, set[str]] = {}
    for path in sources("adapters", "rooms"):
        if path.parts[1] != "memory":
            for node in nodes(path):
                if isinstance(node, ast.ClassDef):
                    found[node.name] = _defined(node)
    return found


def _defined(node: ast.ClassDef) -> set[str]:
    methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
    fields = {
        part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }
    return methods | fields


@pytest.mark.parametrize("port", PORTS)
def test_a_port_has_a_real_adapter_that_some_test_names(port: str) -> None:
    real = [name for name, defined in classes().items() if PORTS[port] <= defined]
    assert real, f"nothing implements {sorted(PORTS[port])}"

    tests = "".join(text(path) for path in sources("tests"))
    assert any(re.search(rf"\b{name}\b", tests) for name in real), real


def test_the_ports_of_the_activities_are_found() -> None:
    assert {"Journal", "DocumentVault", "Signer", "Chain", "MailRelay"} <= set(PORTS)


UNSHARED = {"MemoryOutbox", "MemoryRecorder", "MemorySystem"}
"""Twins that no shared contract tries yet."""


@pytest.mark.parametrize("twin", sorted(set(adapters.memory.__all__) - {"memory_installation"} - UNSHARED))
def test_a_twin_in_memory_keeps_the_promises_of_the_real_one(twin: str) -> None:
    """One file tries both, through one fixture that gives now the one, now the other."""
    shared = [path for path in sources("tests") if re.search(r"""params=\[.*"memory".*\]""", text(path))]
    assert [path for path in shared if re.search(rf"return {twin}\(|yield {twin}\(|= {twin}\(", text(path))]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_says_what_it_is_for(name: str) -> None:
    assert Settings.model_fields[name].description


def test_every_agenda_item_type_and_procedure_type_says_what_it_is_in_both_languages() -> None:
    titles = [item.titles for item in agenda_types.load().values()]
    titles += [kind.titles for kind in procedure_types.load().values()]
    assert all(words.in_language(language).strip() for words in titles for language in ("es", "en"))
    assert all(kind.information.summary.root for kind in procedure_types.load().values())
    assert all(kind.legal_basis for kind in procedure_types.load().values())


def test_every_workflow_is_served_and_replayed_before_a_deployment() -> None:
    defined = {
        node.name
        for path in sources("workflows")
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        if any(ast.unparse(one).startswith("workflow.defn") for one in node.decorator_list)
    }
    assert defined == {served.__name__ for served in EVERY_WORKFLOW}


@pytest.mark.parametrize("family", WORKFLOWS)
def test_every_human_act_is_an_update_with_a_validator(family: Family) -> None:
    definition = workflow._Definition.from_class(WORKFLOWS[family])
    assert definition is not None

    assert set(definition.updates) == set(COMMANDS)
    assert [name for name, update in definition.updates.items() if update.validator is None] == []


def test_every_command_has_its_rule_by_name() -> None:
    assert {command.update: rule.__name__ for command, rule in RULES.items()} == {
        name: f"may_{name}" for name in COMMANDS
    }


def test_every_event_happens_in_some_workflow() -> None:
    decided = [path for path in sources("domain") if path.parts[1] in {"actions", "rules"}]
    written = "".join(text(path) for path in (*sources("workflows"), *decided))

    unused = {name for name in (k.__name__ for k in EVENTS.values()) if not re.search(rf"\b{name}\b\(", written)}

    assert unused == {"ProcedureRequested"}  # it arrives as it is: whoever asks for a procedure wrote it


def test_live_media_is_looked_for_where_it_is() -> None:
    """`make test` collects the tests of its second part from these places alone: outside them none would be run."""
    listed = re.findall(r"^LIVE_MEDIA = (.+)$", text(Path("Makefile")), re.MULTILINE)
    places = {Path(place) for line in listed for place in line.split()}
    spoken = {path for path in sources("tests") if re.search(r"\blive_media\b", text(path))}
    # The media processes of the rooms mark whoever asks for them; nothing outside the folder can.
    assert {path for path in spoken if not places & {path, *path.parents}} == set()
    assert spoken and all((PROJECT / place).exists() for place in places)
    assert Path("tests/rooms") in places


def test_documents_speak_only_of_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", text(Path("Makefile")), re.MULTILINE))
    pages = [path for path in files() if path.suffix == ".md"]
    # In prose «make» is a verb too: a target stands in a code span or at the beginning of a line of code.
    spoken = {
        (str(path), target)
        for path in pages
        for target in re.findall(r"(?:`|^ {4}|^\$ )make ([a-z][\w-]*)", text(path), re.MULTILINE)
    }

    assert {(page, target) for page, target in spoken if target not in targets} == set()
    assert pages and (PROJECT / "Makefile").is_file()
