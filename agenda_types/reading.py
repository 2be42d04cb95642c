"""From the lines of a type file to a model of the domain, and from the model's refusals back to the lines.

Shared by the loaders of `agenda_types/`, `procedure_types/` and `territories/`; it knows no type.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from agenda_types.problems import Problem, problem
from agenda_types.source import Loc, Source, read
from domain.base import Texts, Value
from domain.languages import BASE_LANGUAGES, LANGUAGE_CODES

Read = TypeVar("Read", bound=Value)

_PLAIN = {
    "string_type": "not_text",
    "int_parsing": "not_a_number",
    "int_type": "not_a_number",
    "int_from_float": "not_a_number",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
    "tuple_type": "not_a_list",
    "model_type": "not_a_group",
    "mapping_type": "not_a_group",
    "dict_type": "not_a_group",
    "time_delta_parsing": "not_a_duration",
    "time_delta_type": "not_a_duration",
    "too_short": "empty",
    "no_host": "no_host",
    "options_and_choice": "options_and_choice",
    "columns_and_rows": "columns_and_rows",
    "not_past_and_date": "not_past_and_date",
    "day_bounds_and_date": "day_bounds_and_date",
    "form_and_line": "form_and_line",
    "pattern_and_line": "pattern_and_line",
    "pattern_or_form": "pattern_or_form",
    "bounds_and_integer": "bounds_and_integer",
    "computed_one_way": "computed_one_way",
    "computed_and_number": "computed_and_number",
    "computed_alone": "computed_alone",
    "rows_in_rows": "rows_in_rows",
}


def yaml_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The type files of `folder` in order of name, and what is wrong with the folder itself."""
    if not folder.is_dir():
        return [], [problem(folder.name, 1, "", "folder_missing", folder.name)]
    strays = [problem(path.name, 1, "", "wrong_ending", path.name) for path in sorted(folder.glob("*.yml"))]
    return sorted(folder.glob("*.yaml")), strays


def read_as(model: type[Read], path: Path, name: str | None = None) -> tuple[Read | None, Source]:
    """The file as `model`, or None and the problems in the source, where it is called `name`."""
    source = read(path, name)
    return as_model(model, source), source


def as_model(model: type[Read], source: Source) -> Read | None:
    """What `source` says as `model`, or None and the problems in it."""
    if source.problems:
        return None
    source.problems.extend(_languages(source))
    try:
        value = model.model_validate(source.content, extra="forbid")
    except ValidationError as error:
        for detail in error.errors():
            source.problems.extend(_problems(model, source, dict(detail)))
        return None
    return None if source.problems else value


def _languages(source: Source) -> Iterator[Problem]:
    """Keys beside the base languages must be languages too: a misspelt one would be a text that nobody sees."""
    for loc, value in _groups(source.content, ()):
        if set(BASE_LANGUAGES) & set(value):
            for key in value:
                if key not in LANGUAGE_CODES:
                    yield source.problem((*loc, key), "unknown_language", key, LANGUAGE_CODES)


def _groups(value: Any, loc: Loc) -> Iterator[tuple[Loc, dict[str, Any]]]:
    if isinstance(value, dict):
        yield loc, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in children:
        yield from _groups(child, (*loc, step))


def _problems(model: type[BaseModel], source: Source, detail: dict[str, Any]) -> Iterator[Problem]:
    """One refusal of pydantic as problems: one each, but a list of undeclared words is one a word."""
    loc: Loc = tuple(step for step in detail["loc"] if step not in ("root", "[key]"))
    kind, context, given = detail["type"], detail.get("ctx") or {}, detail["input"]
    name = loc[-1] if loc else source.file
    if kind == "extra_forbidden":
        yield source.problem(loc, "unknown_key", name, tuple(_model_at(model, loc[:-1]).model_fields))
    elif kind == "missing":
        yield source.problem(loc[:-1], "missing", name)
    elif kind == "not_declared":
        for word in context["words"]:
            yield source.problem(source.find(word, loc), "not_declared", word, tuple(context["known"]))
    elif kind == "enum":
        yield source.problem(loc, "unknown_word", given, tuple(re.findall(r"'([^']+)'", context["expected"])))
    elif kind == "string_pattern_mismatch":
        yield _pattern_problem(source, loc, given, context["pattern"])
    elif kind == "value_error" and (lacks := re.match(r"text lacks (.+)", str(context["error"]))):
        yield source.problem(loc, "text_lacks", lacks[1])
    elif kind in _PLAIN:
        yield source.problem(loc, _PLAIN[kind], name if isinstance(given, dict | list | None) else given)
    elif bounds := [f"{key} {value}" for key, value in context.items() if key in ("ge", "gt", "le", "lt")]:
        yield source.problem(loc, "out_of_bounds", given, tuple(bounds))
    else:
        yield source.problem(loc, "invalid", detail["msg"])


def _pattern_problem(source: Source, loc: Loc, given: Any, pattern: str) -> Problem:
    """A pattern that only lists words is a vocabulary, and is answered like one."""
    if words := re.fullmatch(r"\^\(([a-z_|]+)\)\$", pattern):
        return source.problem(loc, "unknown_word", given, tuple(words[1].split("|")))
    return source.problem(loc, "badly_formed", given, (pattern,))


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model that the keys at `loc` belong to."""
    for step in loc:
        known = model.model_fields.get(step) if isinstance(step, str) else None
        if known is not None:
            model = next(_models_in(known.annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not Texts:
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
