"""What is taken for canonical by a quick look is canonical by RFC 8785 too."""

import json
import random
from typing import Any

import pytest
import rfc8785

from evidence.canonical import Malformed, canonical, parse_canonical

SIGNS = ["a", "é", "\x1f", "\x7f", '"', "\\", "/", "\n", "\u2028", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U0001f600"]
NUMBERS = [0, -1, 1.5, 10.0, 1e21, 1e-7, 99_999_999, 123_456_789, 2**53 - 1, 2**53, True, False, None]


def value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if depth > 3 or kind < 0.3:
        return chance.choice([*NUMBERS, "".join(chance.choices(SIGNS, k=3))])
    if kind < 0.6:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {"".join(chance.choices(SIGNS, k=2)): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def is_accepted(raw: bytes) -> bool:
    try:
        parse_canonical(raw, "x")
    except Malformed:
        return False
    return True


def is_of_the_standard(raw: bytes) -> bool:
    try:
        return bool(rfc8785.dumps(json.loads(raw)) == raw)
    except ValueError:
        return False


def test_a_text_is_accepted_exactly_when_the_standard_would_write_it_so() -> None:
    chance, accepted = random.Random(8785), 0
    for _ in range(3000):
        found = value(chance)
        for raw in (
            json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
            json.dumps(found, sort_keys=True, separators=(",", ":")).encode(),
        ):
            assert is_accepted(raw) is is_of_the_standard(raw), raw
            accepted += is_accepted(raw)
    assert accepted > 1000


@pytest.mark.parametrize("raw", [b"1e-07", b"1.0", b"-0", b"[1E2]", b'{"\xee\x80\x80":0,"\xf0\x9f\x98\x80":0}'])
def test_what_the_library_writes_otherwise_is_refused(raw: bytes) -> None:
    assert not is_accepted(raw)


def test_a_value_is_written_as_the_standard_writes_it() -> None:
    chance, refused = random.Random(5278), 0
    odd: list[Any] = [
        {1: "a"},
        {None: 1},
        {True: 1},
        {"a": {2: 3}},
        (1, 2),
        {"a": (1, "b")},
        float("nan"),
        "\ud800",
        {1},
    ]
    for found in [*(value(chance) for _ in range(3000)), *odd]:
        try:
            expected = rfc8785.dumps(found)
        except (ValueError, TypeError):
            refused += 1
            with pytest.raises((ValueError, TypeError)):
                canonical(found)
        else:
            assert canonical(found) == expected, found
    assert refused > len(odd) / 2
