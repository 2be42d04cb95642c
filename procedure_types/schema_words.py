"""Every key of a type file and every word that may stand there, from the models themselves: for `docs/types.md`.

What a key means is the sentence that stands under it in the model.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.base import Texts
from domain.types.item_type import AgendaItemType
from domain.types.procedure_type import ProcedureType

HEADING = "## Every word · Todas las palabras"
_PLAIN = {
    str: "text · texto",
    int: "number · número",
    bool: "`true` / `false`",
    timedelta: "`PT30M`, `P5D`",
    Texts: "`{es: …, en: …}`",
}
_OF = (("Procedure type · Tipo de procedimiento", ProcedureType), ("Agenda item type · Tipo de punto", AgendaItemType))


class Key(NamedTuple):
    path: str
    """`roles[].code`."""
    holds: str
    required: bool
    means: str


def keys_of(model: type[BaseModel], within: str = "", seen: tuple[type, ...] = ()) -> Iterator[Key]:
    """Every key of `model` and of what it holds, in the order in which the model has them."""
    for name, field in model.model_fields.items():
        path = f"{within}{name}"
        yield Key(path, _holds(field.annotation, field), field.is_required(), _meanings(model).get(name, ""))
        inner, ending = _model_in(field.annotation)
        if inner is not None and inner not in seen and inner is not model:
            yield from keys_of(inner, f"{path}{ending}.", (*seen, model))


def page() -> str:
    """The section of `docs/types.md`."""
    lines = [
        HEADING,
        "",
        "Written by `python -m procedure_types words` from the models; a test compares it. Bold keys are required.",
        "*Lo escribe `python -m procedure_types words` a partir de los modelos. En negrita, lo obligatorio.*",
    ]
    for title, model in _OF:
        lines += ["", f"### {title}", "", "| key · clave | holds · contiene | means · significa |", "|---|---|---|"]
        lines += [
            f"| {f'**`{key.path}`**' if key.required else f'`{key.path}`'} | {key.holds} | {key.means} |"
            for key in keys_of(model)
        ]
    return "\n".join(lines) + "\n"


def _holds(annotation: Any, field: FieldInfo | None = None) -> str:
    if annotation in _PLAIN:
        return _PLAIN[annotation] + (_bounds(field) if field else "")
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ", ".join(f"`{word.value}`" for word in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "group · grupo"
    inner = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    if get_origin(annotation) is tuple:
        return f"list · lista: {_holds(inner[0])}"
    if get_origin(annotation) is dict:
        return f"by name · por nombre: {_holds(inner[1])}"
    return _holds(inner[0], field)


def _bounds(field: FieldInfo) -> str:
    """A pattern that only lists words is a vocabulary."""
    patterns = [pattern for one in field.metadata if (pattern := getattr(one, "pattern", None))]
    if patterns and (words := re.fullmatch(r"\^\(([a-z_|]+)\)\$", patterns[0])):
        return ": " + ", ".join(f"`{word}`" for word in words[1].split("|"))
    least = [one.ge for one in field.metadata if hasattr(one, "ge")]
    most = [one.le for one in field.metadata if hasattr(one, "le")]
    return f" {least[0]}…{most[0] if most else ''}" if least else ""


def _model_in(annotation: Any) -> tuple[type[BaseModel] | None, str]:
    """The model that a key holds, and how its place is spelled below the key."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not Texts:
        return annotation, ""
    ending = {tuple: "[]", dict: ".*"}.get(get_origin(annotation), "")
    for part in get_args(annotation):
        inner, further = _model_in(part)
        if inner is not None:
            return inner, ending + further
    return None, ""


@cache
def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """The sentence under each field, as its author wrote it."""
    (tree,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        said = below.value if isinstance(below, ast.Expr) else None
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(said, ast.Constant):
            found[field.target.id] = re.sub(r"\s+", " ", str(said.value)).replace("|", "\\|")
    return found
