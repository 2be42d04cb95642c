"""Random changes of an evidence bundle by somebody without keys: bits, members, JSON values, lists that fit."""

import json
import random
from collections.abc import Callable
from typing import Any

from evidence.canonical import canonical
from evidence.container import pack, unpack
from evidence.layout import MANIFEST, OUTER, OUTER_FILES
from evidence.manifest import list_file, write_outer

__all__ = ["MUTATIONS", "mutated"]

Members = dict[str, bytes]
ODD_VALUES: tuple[Any, ...] = (None, True, -1, 0, 2**53 - 1, "", "x" * 5000, "\x1b[2J\u202e", [], {}, [[]], 1.5)


def mutated(bundle: bytes, chance: random.Random) -> tuple[str, bytes]:
    """One change of a kind drawn by `chance`: its name, and the bundle with it. The bytes may by luck be the same."""
    name = chance.choice(sorted(MUTATIONS))
    return name, MUTATIONS[name](bundle, chance)


def _bit(bundle: bytes, chance: random.Random) -> bytes:
    return _flipped(bundle, chance)


def _cut(bundle: bytes, chance: random.Random) -> bytes:
    return bundle[: chance.randrange(len(bundle))]


def _member_bit(bundle: bytes, chance: random.Random) -> bytes:
    members = _members(bundle)
    name = _any(members, chance)
    return pack({**members, name: _flipped(members[name], chance)})


def _relisted_bit(bundle: bytes, chance: random.Random) -> bytes:
    members = _members(bundle)
    name = _any({one: content for one, content in members.items() if one not in (MANIFEST, OUTER)}, chance)
    members[name] = _flipped(members[name], chance)
    return _relisted(members)


def _removed(bundle: bytes, chance: random.Random) -> bytes:
    members = _members(bundle)
    del members[_any(members, chance)]
    return _relisted(members)


def _swapped(bundle: bytes, chance: random.Random) -> bytes:
    members = _members(bundle)
    one, other = _any(members, chance), _any(members, chance)
    members[one], members[other] = members[other], members[one]
    return pack(members)


def _added(bundle: bytes, chance: random.Random) -> bytes:
    members = _members(bundle)
    name = chance.choice(("x.txt", "documents/x.pdf", "signatures/x.json", "log/heads.json", "identity/x", "a/b/c"))
    members[name] = chance.choice((b"", b"null", b"[]", b"{}", b"%PDF-1.7", chance.randbytes(99)))
    return _relisted(members)


def _json_value(bundle: bytes, chance: random.Random) -> bytes:
    """Another value somewhere in a JSON member; canonical, and listed."""
    members = _members(bundle)
    name = _any({one: content for one, content in members.items() if one.endswith((".json", ".jsonl"))}, chance)
    lines = members[name].splitlines() if name.endswith(".jsonl") else [members[name]]
    number = chance.randrange(len(lines))
    value = json.loads(lines[number])
    lines[number] = canonical(_changed(value, chance))
    members[name] = b"".join(line + b"\n" for line in lines) if name.endswith(".jsonl") else lines[0]
    return _relisted(members, keep=name)


def _line(bundle: bytes, chance: random.Random) -> bytes:
    """A line of the journal left out, or told twice, or elsewhere."""
    members = _members(bundle)
    name = chance.choice(("log/events.jsonl", "log/data.jsonl"))
    lines = members[name].splitlines(keepends=True)
    position = chance.randrange(len(lines))
    kept = lines.pop(position)
    if chance.random() < 0.5:
        lines.insert(chance.randrange(len(lines) + 1), kept)
    members[name] = b"".join(lines)
    return _relisted(members)


MUTATIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bit of the file": _bit,
    "file cut": _cut,
    "bit of a member": _member_bit,
    "bit of a member, listed anew": _relisted_bit,
    "member removed": _removed,
    "members swapped": _swapped,
    "member added": _added,
    "another JSON value": _json_value,
    "line moved or left out": _line,
}


def _members(bundle: bytes) -> Members:
    return {name: bytes(content) for name, content in unpack(bundle).members.items()}


def _any(members: Members, chance: random.Random) -> str:
    return chance.choice(sorted(members))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    position = chance.randrange(len(data) * 8)
    changed = bytearray(data)
    changed[position // 8] ^= 1 << position % 8
    return bytes(changed)


def _changed(value: Any, chance: random.Random) -> Any:
    """The value with one of its inner values another one."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(sorted(value))
        return {**value, key: _changed(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        position = chance.randrange(len(value))
        return [*value[:position], _changed(value[position], chance), *value[position + 1 :]]
    return chance.choice(ODD_VALUES)


def _relisted(members: Members, keep: str = "") -> bytes:
    """Pack with lists that fit, but for the one to be kept as it is."""
    if MANIFEST in members and keep != MANIFEST:
        manifest = json.loads(members[MANIFEST])
        known = {entry["path"]: entry for entry in manifest["files"]}
        other = {"class": "document", "media_type": "application/octet-stream", "encrypted": False}
        paths = sorted(path for path in members if path not in (MANIFEST, OUTER, *OUTER_FILES))
        manifest["files"] = [{**known.get(path, other), **list_file(path, members[path])} for path in paths]
        members[MANIFEST] = canonical(manifest)
    if OUTER in members and MANIFEST in members and keep != OUTER:
        outer = {path: content for path, content in members.items() if path in OUTER_FILES}
        members[OUTER] = write_outer(members[MANIFEST], outer)
    return pack(members)
