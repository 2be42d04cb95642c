"""Every refusal is declared once, has words in every language, is raised somewhere, and tells what it declares."""

import ast
from collections.abc import Iterator

import pytest

from api.http.problems import has_words, problem_text
from domain.errors import Refusal
from domain.refusals import REGISTRY
from domain.refusals.declared import Settler, declare
from templates.catalogues import LANGUAGES_WITH_WORDS
from tests.architecture.tracked import sources, text

CODE = ("activities", "adapters", "api", "domain", "procedure_types", "workflows")


def raised() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where a refusal is made: (file and line, name of its declaration, names of its parameters)."""
    for path in sources(*CODE):
        for node in ast.walk(ast.parse(text(path))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "Refusal":
                continue
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            if isinstance(node.args[0], ast.Name):
                yield f"{path}:{node.lineno}", node.args[0].id, names


def named() -> set[str]:
    """Every name that code uses, besides where refusals are declared."""
    return {
        node.id
        for path in sources(*CODE)
        if path.parts[:2] != ("domain", "refusals")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Name)
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES_WITH_WORDS))
@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_a_refusal_says_in_words_what_is_refused_and_what_to_do_now(code: str, language: str) -> None:
    assert has_words(code)
    words = problem_text(Refusal(REGISTRY[code]), language)
    assert words.title
    assert words.next


def test_a_refusal_is_raised_somewhere() -> None:
    assert {code.upper() for code in REGISTRY} - named() == set()


def test_a_refusal_tells_what_it_declares_and_no_more() -> None:
    found = list(raised())
    undeclared = [(at, name, told - REGISTRY[name.lower()].params) for at, name, told in found if name.isupper()]
    assert len(undeclared) > 100
    assert [where for where in undeclared if where[2]] == []
    told = {name.lower(): frozenset[str]() for _, name, _ in found}
    for _, name, names in found:
        told[name.lower()] |= names
    # Made from a table or from what the workflow's journal holds, where no call names the parameters.
    elsewhere = {"field_too_short", "field_required", "field_invalid", "pin_exhausted"}
    kept = {code: REGISTRY[code].params - names for code, names in told.items() if code in REGISTRY}
    assert {code: left for code, left in kept.items() if left and code not in elsewhere} == {}


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="host_only is declared twice"):
        declare("host_only", 403, Settler.STAFF)


def test_a_refusal_of_another_version_keeps_its_code() -> None:
    assert Refusal.told("host_only").declared is REGISTRY["host_only"]
    later = Refusal.told("of_a_later_version", person="p1")
    assert (later.code, later.declared.status, later.params) == ("of_a_later_version", 409, {"person": "p1"})
