"""What a new version says otherwise than the one before: each thing that was added, taken away or changed, by its name.

A list is compared by what its lines are about and not by their place, so that a line which only moved up is no change
of another; where order means something, that it changed is said once.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from domain.base import Texts, Value
from domain.languages import BASE_LANGUAGES, DEFAULT_LANGUAGE
from domain.types.item_type import AgendaItemType
from domain.types.procedure_type import ProcedureType
from procedure_types.offered import Offered

_NAMED_BY = (
    ("code",),
    ("name",),
    ("rule",),
    ("outcome",),
    ("document", "signers"),
    ("item", "role"),
    ("first",),
    ("place", "outcomes"),
    ("roles", "items"),
    ("roles",),
)
"""What tells one line of a list from another: the first of these that every line has."""


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Difference(Value):
    of: str
    """The id of the procedure type or the code of the item type."""
    change: Change
    part: str
    """The key at the top of the file: `roles`, `agenda`."""
    path: tuple[str, ...] = ()
    """Which of them, and what about it: `witness`, `maximum`."""
    before: str = ""
    now: str = ""


def differences(before: ProcedureType | None, now: ProcedureType) -> tuple[Difference, ...]:
    """None before: it is new, and all of it is."""
    if before is None:
        return (
            Difference(
                of=now.id, change=Change.ADDED, part="procedure_type", now=now.titles.in_language(DEFAULT_LANGUAGE)
            ),
        )
    old, new = (_plain(kind) for kind in (before, now))
    return tuple(found for found in _group(now.id, (), old, new) if found.part != "version")


def all_differences(
    offered: Offered, procedures: tuple[ProcedureType, ...], items: tuple[AgendaItemType, ...]
) -> tuple[Difference, ...]:
    """Of all that is uploaded together, against what was published before."""
    found = [_new(item.code, "item_type", item.titles) for item in items]
    for kind in procedures:
        found += differences(offered.version(kind.id, kind.version - 1), kind)
    return tuple(found)


def _new(of: str, part: str, titles: Texts) -> Difference:
    return Difference(of=of, change=Change.ADDED, part=part, now=titles.in_language(DEFAULT_LANGUAGE))


def _plain(kind: ProcedureType) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(kind.model_dump_json(exclude_defaults=True))
    return plain


def _group(of: str, path: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        here = (*path, key)
        if key not in old:
            yield _said(of, Change.ADDED, here, None, new[key])
        elif key not in new:
            yield _said(of, Change.REMOVED, here, old[key], None)
        else:
            yield from _values(of, here, old[key], new[key])


def _values(of: str, path: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _group(of, path, old, new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(of, path, old, new)
    else:
        yield _said(of, Change.CHANGED, path, old, new)


def _lists(of: str, path: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterator[Difference]:
    names = next((names for names in _NAMED_BY if _tell_apart(names, old) and _tell_apart(names, new)), None)
    if names is None and any(isinstance(one, dict) for one in (*old, *new)):
        yield _said(of, Change.CHANGED, path, old, new)
        return
    before = {_name(one, names): one for one in old}
    now = {_name(one, names): one for one in new}
    yield from _group(of, path, before, now)
    stayed = [name for name in now if name in before]
    if [name for name in before if name in now] != stayed:
        yield _said(of, Change.MOVED, path, list(before), list(now))


def _tell_apart(names: tuple[str, ...], lines: list[Any]) -> bool:
    if not all(isinstance(line, dict) for line in lines) or not lines:
        return not lines
    told = [_name(line, names) for line in lines if names[0] in line]
    return len(told) == len(lines) == len(set(told))


def _name(line: Any, names: tuple[str, ...] | None) -> str:
    if names is None:
        return _short(line)
    return " ".join(_short(line[name]) for name in names if name in line)


def _said(of: str, change: Change, path: tuple[str, ...], old: Any, new: Any) -> Difference:
    return Difference(of=of, change=change, part=path[0], path=path[1:], before=_short(old), now=_short(new))


def _short(value: Any) -> str:
    """A text by its Spanish words, a list by its entries, a group as it is written."""
    if value is None:
        return ""
    if isinstance(value, dict):
        if {*BASE_LANGUAGES} <= value.keys():
            return " / ".join(str(words) for words in value.values())
        return ", ".join(f"{key}: {_short(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_short(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
