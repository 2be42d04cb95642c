"""One YAML file as plain data that still knows its lines: no tags, no aliases, no guesses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from agenda_types.problems import Problem, problem

Loc = tuple[int | str, ...]

LARGEST = 256 * 1024
"""Bytes. A type is written by hand; anything larger is not one."""

DEEPEST = 100
"""So many groups and lists within one another; a type has about ten."""

_BOOLEAN, _NUMBER, _NULL, _TEXT = (f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "null", "str"))
_CONTAINERS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _AliasUsed(Exception):
    def __init__(self, name: str, line: int) -> None:
        super().__init__(name)
        self.name, self.line = name, line


class _WordsLoader(yaml.CSafeLoader):
    """YAML in which only `true`, `false`, `null` and whole numbers are not text.

    Scar: YAML 1.1 reads `no` as false, `10:30` as 630 and `2026-01-15` as a date; a text must not change so.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012  (PyYAML declares it so)


_WordsLoader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(true|false)$"), ["t", "f"])
_WordsLoader.add_implicit_resolver(_NUMBER, re.compile(r"^(0|-?[1-9][0-9]*)$"), list("-0123456789"))
_WordsLoader.add_implicit_resolver(_NULL, re.compile(r"^(null|~|)$"), ["n", "~", ""])


@dataclass
class Source:
    """What one file says and where it says it."""

    file: str
    content: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    scalars: dict[Loc, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: Loc) -> int:
        """The line of `loc`, or of the nearest thing that holds it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def find(self, word: str, within: Loc = ()) -> Loc:
        """Where `word` first stands inside `within`, as a value or else as a key; `within` itself when it does not."""
        values = (loc for loc, value in self.scalars.items() if value == word and loc[: len(within)] == within)
        keys = (loc for loc in self.lines if loc[-1:] == (word,) and loc[: len(within)] == within)
        return next(values, next(keys, within))

    def problem(self, loc: Loc, code: str, word: object = "", known: tuple[str, ...] = ()) -> Problem:
        return problem(self.file, self.line(loc), spelled(loc), code, word, known)


def spelled(loc: Loc) -> str:
    """`("roles", 1, "code")` as `roles[1].code`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).removeprefix(".")


def read(path: Path, name: str | None = None) -> Source:
    """The file as data, called `name` in problems (its own name when None).

    When its YAML is wrong, `problems` says so and `content` is no good.
    """
    return parsed(path.read_bytes(), name or path.name)


def parsed(raw: bytes, name: str) -> Source:
    """The same of what stands in no file."""
    source = Source(file=name)
    if len(raw) > LARGEST:
        source.problems.append(source.problem((), "too_large", LARGEST))
        return source
    try:
        node = _composed(raw.decode("utf-8"))
    except _AliasUsed as used:
        source.problems.append(problem(source.file, used.line, "", "alias_refused", used.name))
        return source
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        source.problems.append(_syntax_problem(source.file, error))
        return source
    if not isinstance(node, yaml.MappingNode):
        source.problems.append(source.problem((), "not_a_mapping"))
        return source
    source.content = _value(source, node, ())
    return source


def _composed(text: str) -> yaml.Node | None:
    """The text as nodes. Refuses aliases, a few lines of which can unfold into gigabytes, and depths without end."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_WordsLoader):
        if anchor := getattr(event, "anchor", None):
            raise _AliasUsed(anchor, event.start_mark.line + 1)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise RecursionError
    return yaml.compose(text, Loader=_WordsLoader)


def _syntax_problem(file: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or type(error).__name__
    return problem(file, mark.line + 1 if mark else 1, "", "not_yaml", what)


def _value(source: Source, node: yaml.Node, loc: Loc) -> Any:
    source.lines.setdefault(loc, node.start_mark.line + 1)
    if node.tag not in (_BOOLEAN, _NUMBER, _NULL, _TEXT, *_CONTAINERS):
        source.problems.append(source.problem(loc, "tag_refused", node.tag))
        return None
    if isinstance(node, yaml.MappingNode):
        return {key: _value(source, child, (*loc, key)) for key, child in _entries(source, node, loc)}
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, child, (*loc, index)) for index, child in enumerate(node.value)]
    source.scalars[loc] = _scalar(node)
    return source.scalars[loc]


def _scalar(node: yaml.Node) -> Any:
    if node.tag == _BOOLEAN:
        return node.value == "true"
    if node.tag == _NUMBER:
        return int(node.value)
    return None if node.tag == _NULL else node.value


def _entries(source: Source, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, yaml.Node]]:
    seen = set()
    for key, child in node.value:
        line = key.start_mark.line + 1
        word = str(key.value)
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TEXT:
            source.problems.append(problem(source.file, line, spelled(loc), "key_not_text", word))
        elif word in seen:
            source.problems.append(problem(source.file, line, spelled((*loc, word)), "key_twice", word))
        else:
            seen.add(word)
            source.lines[(*loc, word)] = line
            yield word, child
