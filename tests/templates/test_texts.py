import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from domain.errors import PersonMustAct, Refusal
from domain.events import EVENTS
from domain.procedure.people import Presence
from domain.refusals.pins import PIN_WRONG
from domain.types import vocabulary
from domain.types.item_type import Requirement
from templates.catalogues import catalogue, names, placeholders
from templates.texts import has_text, refusal_text, text

PROJECT = Path(__file__).parents[2]
SOURCES = ("activities", "adapters", "agenda_types", "api", "deploy", "domain", "procedure_types", "rooms",
           "templates", "territories", "workflows")  # fmt: skip
RAISED = {"Refusal", "PersonMustAct", "RoomRefusal", "RoomRefused", "RoomTokenRefused"}
CATALOGUES = names()


def code_files() -> Iterator[Path]:
    yield PROJECT / "worker.py"
    for folder in SOURCES:
        yield from sorted((PROJECT / folder).rglob("*.py"))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the tree whose first argument is a plain string: what is called, the string, the call."""
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ():
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if isinstance(word := node.args[0].value, str):
                    yield name, word, node


def raised() -> dict[str, list[set[str]]]:
    """Refusal codes -> for each place that raises one, the parameters it gives."""
    found: dict[str, list[set[str]]] = {}
    for name, word, call in calls():
        of_parent = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call)
        if name in RAISED or (name == "__init__" and of_parent and word.isidentifier()):
            found.setdefault(word, []).append({given.arg or "**" for given in call.keywords})
    return found


def test_every_refusal_in_the_code_has_words() -> None:
    codes = set(raised()) | {f"requires_{requirement}" for requirement in Requirement}
    known = {code for code in codes if has_text(f"refusals.{code}.title") or has_text(f"problems.{code}.title")}
    assert sorted(codes - known) == []


def test_every_refusal_says_what_to_do_now() -> None:
    codes = {key.split(".")[0] for key in catalogue("refusals", "es")}
    assert sorted(code for code in codes if not has_text(f"refusals.{code}.next")) == []


def test_words_of_a_refusal_use_only_what_every_place_gives() -> None:
    wrong = []
    for code, places in raised().items():
        for part in ("title", "why", "next"):
            words = catalogue("refusals", "es").get(f"{code}.{part}", "")
            wrong += [(code, part) for given in places if "**" not in given and placeholders(words) - given]
    assert wrong == []


def test_a_page_that_explains_a_problem_is_never_one() -> None:
    assert refusal_text(PersonMustAct("never_heard_of"), "es").title == text("refusals.unknown.title", "es")
    assert "—" in refusal_text(Refusal(PIN_WRONG), "en").next
    assert "2" in refusal_text(Refusal(PIN_WRONG, left=2), "gl").next


def test_every_word_of_the_vocabularies_has_a_text() -> None:
    enums: list[type[StrEnum]] = [Presence]
    enums += [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    keys = [f"vocabulary.{snake(enum.__name__)}.{word.value}" for enum in enums for word in enum]
    assert len(keys) > len(enums)
    assert [key for key in keys if not has_text(key)] == []


def test_every_event_has_a_sentence_for_the_timeline() -> None:
    assert sorted(name for name in EVENTS if not has_text(f"vocabulary.event.{name}")) == []


def test_every_text_that_the_code_names_exists() -> None:
    named = {word for name, word, _ in calls() if name == "text" and word.split(".")[0] in CATALOGUES and "." in word}
    assert "sms.pin_identity" in named
    assert sorted(key for key in named if not has_text(key)) == []


def snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
