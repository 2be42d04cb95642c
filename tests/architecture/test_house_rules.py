"""House rules that no linter knows: sizes of files, clocks and chance, who may use whose library, private addresses."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.architecture.tracked import PACKAGES, PROJECT, files, imports, nodes, sources, text

MOST_LINES = 260

LONGER_FOR_A_REASON = {
    "tests/adapters/test_chain_web3.py": (340, "one contract of one port, scenario by scenario"),
    "tests/adapters/test_register_postgres.py": (350, "one contract of one port, scenario by scenario"),
    "tests/templates/samples.py": (310, "sample procedures as data"),
    "tests/templates/test_minutes.py": (310, "one scenario a paragraph of the minutes"),
}
"""Path -> (most lines, why). Nothing gets in without a reason, and nothing stays that has become short."""

VENDORS = {
    "activities": {"temporalio", "rfc8785", "pydantic"},
    "agenda_types": {"pydantic", "yaml"},
    "conformance": set(),
    "domain": {"dateutil", "pydantic", "pydantic_core", "rfc8785", "zxcvbn"},
    "procedure_types": {"jinja2", "pydantic"},
    "templates": {"babel", "jinja2", "yaml"},
    "territories": {"holidays"},
    "workflows": {"temporalio"},
    "evidence": {"Crypto", "asn1crypto", "cryptography", "pyhanko", "pyhanko_certvalidator", "rfc8785", "typst"},
}
"""Libraries of others that a folder may use; folders that are not here exist to talk to the world."""

CLOCKS_AND_CHANCE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "monotonic"),
    ("uuid", "uuid1"),
    ("uuid", "uuid4"),
    ("os", "urandom"),
}
MODULES_OF_CHANCE = {"random", "secrets", "uuid"}

# In pieces, so that this file is not what it looks for.
PRIVATE = (
    r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot)/\w",
    r"(?<![\w.])/ho" + r"me/[a-z]",
    r"registry\." + r"npmjs",
    r"pypi\." + r"org/simple",
    r"pythonhosted" + r"\.org",
    r'"resol' + r'ved": *"http',
    r"^--(?:extra-)?ind" + r"ex-url",
)


def lines_of(path: Path) -> int:
    return len(text(path).splitlines())


def measured() -> list[Path]:
    return [path for path in files() if path.suffix in (".py", ".js", ".css")]


def test_a_file_is_short_or_has_a_reason() -> None:
    budgets = {name: most for name, (most, _) in LONGER_FOR_A_REASON.items()}

    too_long = {str(p): n for p in measured() if (n := lines_of(p)) > budgets.get(str(p), MOST_LINES)}

    assert too_long == {}


def test_no_reason_outlives_its_file() -> None:
    lengths = {str(path): lines_of(path) for path in measured()}

    assert [name for name in LONGER_FOR_A_REASON if lengths.get(name, 0) <= MOST_LINES] == []
    assert all(reason for _, reason in LONGER_FOR_A_REASON.values())


@pytest.mark.parametrize("path", sources("workflows", "domain"), ids=str)
def test_workflows_and_domain_have_no_clock_and_no_chance(path: Path) -> None:
    used = {
        (node.value.id, node.attr)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }

    assert used & CLOCKS_AND_CHANCE == set()
    assert imports(path) & MODULES_OF_CHANCE == set()


@pytest.mark.parametrize("path", sources("workflows"), ids=str)
def test_workflows_issue_no_command_from_a_set(path: Path) -> None:
    """The order of a set differs from process to process: a loop over one that awaits is not deterministic."""
    loops = [node for node in nodes(path) if isinstance(node, ast.For | ast.AsyncFor)]
    unordered = [loop for loop in loops if isinstance(loop.iter, ast.Set | ast.SetComp) or _makes_a_set(loop.iter)]

    assert [loop.lineno for loop in unordered if any(isinstance(n, ast.Await) for n in ast.walk(loop))] == []


def _makes_a_set(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")


def test_a_generator_that_is_left_early_is_closed() -> None:
    """What it holds open would otherwise be closed later by whichever loop collects it, or hang there."""
    left = [
        f"{path}:{loop.lineno}"
        for path in sources(*PACKAGES, "tests")
        for loop in nodes(path)
        if isinstance(loop, ast.AsyncFor)
        and isinstance(loop.iter, ast.Call)
        and any(isinstance(node, ast.Return | ast.Break) for node in ast.walk(loop))
    ]

    assert left == []


@pytest.mark.parametrize("folder", VENDORS)
def test_a_folder_uses_only_the_libraries_that_it_may(folder: str) -> None:
    ours = {*PACKAGES, "settings", "worker"}
    used = {name.partition(".")[0] for path in sources(folder) for name in imports(path)}

    assert used - ours - set(sys.stdlib_module_names) == VENDORS[folder]


@pytest.mark.parametrize("pattern", PRIVATE)
def test_no_file_tells_where_it_was_made_or_installed_from(pattern: str) -> None:
    searched = re.compile(pattern, re.MULTILINE)
    found = []
    for path in files():
        content = (PROJECT / path).read_bytes()
        if b"\0" not in content and searched.search(content.decode("utf-8", "replace")):
            found.append(str(path))

    assert found == []
