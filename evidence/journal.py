"""The journal as the bundle carries it: events chained by hash, their data committed to and opened beside
them."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from evidence.canonical import Malformed, canonical, is_digest, sha256_hex
from evidence.shapes import Shape

__all__ = [
    "EVENT_KEYS",
    "ZERO_HASH",
    "Break",
    "Event",
    "breaks",
    "data_commitment",
    "derive_nonce",
    "event_hash",
    "read_event",
]

EVENT_KEYS: Final = frozenset(
    {"v", "procedure", "seq", "prev", "type", "actor", "role", "at", "subjects", "data_commitment", "build"}
)
ZERO_HASH: Final = "0" * 64
"""`prev` of the first event: there is nothing before it."""

INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
"""RFC 3339, UTC, always six decimals: so that the order of the texts is the order of the instants."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of `log/events.jsonl`."""

    seq: int
    procedure: str
    prev: str
    type: str
    actor: str
    role: str
    at: str
    subjects: tuple[str, ...]
    data_commitment: str
    hash: str
    """SHA-256 of the canonical bytes: what the next event's `prev` must be."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the position in the file and a code of the text catalogue."""

    seq: int
    code: str


def event_hash(event: Mapping[str, Any]) -> str:
    """SHA-256 of the event's canonical JSON, in hex."""
    return sha256_hex(canonical(dict(event)))


def derive_nonce(seed: bytes, seq: int) -> bytes:
    """The 32-byte nonce of event `seq`: HMAC-SHA256(seed, seq as eight bytes, big-endian).

    One random seed of 32 bytes per procedure: destroying it makes every commitment that was not opened
    unlinkable to its data (erasure), and opening one nonce says nothing about another.
    """
    return hmac.new(seed, seq.to_bytes(8, "big"), hashlib.sha256).digest()


def data_commitment(nonce: bytes, data: Mapping[str, Any]) -> str:
    """SHA-256(nonce || canonical(data)), in hex: binds the event to its data without containing them."""
    return sha256_hex(nonce + canonical(dict(data)))


def read_event(value: Any, where: str, line: bytes | None = None) -> Event:
    """One event from its parsed JSON; `Malformed` when a key is missing, unknown or of the wrong type.

    `line`: its canonical bytes, for whoever has them.
    """
    shape = Shape(value, where, EVENT_KEYS)
    shape.constant("v", 1)
    shape.text("build")
    subjects = shape.array("subjects")
    if not all(is_digest(subject) for subject in subjects):
        raise Malformed(where, "FIELD_WRONG", field="subjects")
    return Event(
        seq=shape.integer("seq"),
        procedure=shape.text("procedure"),
        prev=shape.digest("prev"),
        type=shape.text("type"),
        actor=shape.text("actor"),
        role=shape.text("role"),
        at=_instant(shape),
        subjects=tuple(subjects),
        data_commitment=shape.digest("data_commitment"),
        hash=event_hash(value) if line is None else sha256_hex(line),
    )


def breaks(events: Sequence[Event], procedure: str) -> Iterator[Break]:
    """Every place where sequence, chain, time or procedure do not hold, in order."""
    previous_hash, previous_at = ZERO_HASH, ""
    for position, event in enumerate(events):
        if event.seq != position:
            yield Break(position, "EVENT_OUT_OF_SEQUENCE")
        if event.prev != previous_hash:
            yield Break(position, "EVENT_CHAIN_BROKEN")
        if event.at < previous_at:
            yield Break(position, "EVENT_TIME_GOES_BACK")
        if event.procedure != procedure:
            yield Break(position, "EVENT_OF_ANOTHER_PROCEDURE")
        previous_hash, previous_at = event.hash, event.at


def _instant(shape: Shape) -> str:
    text = shape.text("at")
    try:
        if not INSTANT.fullmatch(text):
            raise ValueError(text)
        datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(shape.where, "FIELD_WRONG", field="at") from None
    return text
