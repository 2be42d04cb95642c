"""What somebody typed never stands in a statement to the database: it goes there as a value, beside it."""

import ast
import re
from pathlib import Path

from tests.architecture.tracked import PROJECT, files

STATEMENT = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|ORDER BY)\b")
CONSTANT = re.compile(r"_?[A-Z][A-Z_]*")

BUILT = {
    ("adapters/postgres/accounts.py", "column"): "a Literal of two columns",
    ("adapters/postgres/account_changes.py", "change"): "a constant of the method that hands it over",
    ("adapters/postgres/account_changes.py", "first"): "likewise, or nothing",
    ("adapters/postgres/keys.py", "self._table"): "a Literal of two tables",
    ("adapters/postgres/register.py", "condition"): "constants of the module",
    ("adapters/postgres/register.py", "' AND '.join(conditions)"): "constants with places for values",
    ("adapters/postgres/register.py", "order"): "one of two constants",
    ("adapters/postgres/register.py", "limit"): "a number between 1 and 200",
    ("adapters/postgres/register.py", "each"): "built of these",
    ("adapters/postgres/register.py", "end"): "built of these",
    ("adapters/postgres/register.py", "wanted"): "a place for a value",
}
"""Every other part of a statement, and what it is."""


def parts() -> set[tuple[str, str]]:
    """What stands between braces in statements: file, and expression as it is written."""
    found = set()
    for path in files():
        if path.suffix != ".py" or path.parts[0] in ("tests", "bench"):
            continue
        for node in ast.walk(ast.parse((PROJECT / path).read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr) and STATEMENT.search(_words(node)):
                inner = [ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)]
                found |= {(path.as_posix(), written) for written in inner}
    return found


def _words(node: ast.JoinedStr) -> str:
    return " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_a_statement_is_made_of_constants() -> None:
    found = {(path, written) for path, written in parts() if not CONSTANT.fullmatch(written)}
    assert found == BUILT.keys()


def test_the_parts_are_seen() -> None:
    assert (Path("adapters/postgres/accounts.py").as_posix(), "COLUMNS") in parts()
