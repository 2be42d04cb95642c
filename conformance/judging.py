"""Whether an answer is what the description of the interface says."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from conformance.connection import Answer
from conformance.report import Wrong

KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "null": type(None),
}  # fmt: skip
PROBLEM = "application/problem+json"


@cache
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "description.json").read_text("utf-8"))
    return found


def faults(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value is not as its schema says: JSON Pointers (RFC 6901), `/` for the whole."""
    if "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tried = [list(faults(value, one, at)) for one in schema["anyOf"]]
        yield from min(tried, key=len)
        return
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield at or "/"
    elif isinstance(value, dict):
        yield from (f"{at}/{name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from faults(value[name], inner, f"{at}/{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), f"{at}/{number}")
    elif isinstance(value, str) and not text_fits(value, schema):
        yield at or "/"


def text_fits(value: str, schema: dict[str, Any]) -> bool:
    if value not in schema.get("enum", (value,)) or not re.search(schema.get("pattern", ""), value):
        return False
    if schema.get("format") == "date-time":
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    return True


def expect(answer: Answer, status: int, asked: str) -> Answer:
    """Raises `Wrong`."""
    if answer.status != status:
        problem = answer.problem()
        said = " ".join(str(problem[name]) for name in ("code", "detail") if name in problem)
        raise Wrong("status_other", asked=asked, expected=status, answered=answer.status, said=said or "-")
    return answer


def shaped(answer: Answer, shape: str, asked: str) -> Any:
    """The content, which is of that shape of the description. Raises `Wrong`."""
    try:
        said = answer.json()
    except ValueError:
        raise Wrong("not_json", asked=asked) from None
    if found := list(faults(said, {"$ref": f"#/components/schemas/{shape}"})):
        raise Wrong("shape_other", asked=asked, shape=shape, where=", ".join(found[:5]))
    return said


def header(answer: Answer, name: str, asked: str) -> str:
    """Raises `Wrong`."""
    value = answer.headers.get(name.lower())
    if not value:
        raise Wrong("header_missing", asked=asked, header=name)
    return value


def problem(answer: Answer, status: int, code: str, asked: str) -> dict[str, Any]:
    """A refusal as RFC 9457 has it, with the code that programs decide by. Raises `Wrong`."""
    expect(answer, status, asked)
    kind = header(answer, "Content-Type", asked).partition(";")[0]
    if kind != PROBLEM:
        raise Wrong("not_a_problem", asked=asked, kind=kind)
    said: dict[str, Any] = shaped(answer, "Problem", asked)
    if said["code"] != code:
        raise Wrong("code_other", asked=asked, expected=code, answered=said["code"])
    return said
