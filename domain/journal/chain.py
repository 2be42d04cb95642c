"""The journal's arithmetic: canonical form, hash chain, blinded commitments. Pure; the writer is an activity.

The format is specified in `docs/evidence-format.md`; the offline verifier has its own implementation of it.
"""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import rfc8785
from pydantic import AwareDatetime

from domain.base import Value
from domain.ids import ProcedureId, Sha256

GENESIS = Sha256("0" * 64)
"""`prev` of the first event."""

FORMAT_VERSION = 1


class Stamp(Value):
    """Who did it, in which role, and when: what every event carries besides its content."""

    actor: str
    """Opaque reference: account id, participant id or `system`. Never a name."""
    role: str
    at: AwareDatetime


class JournalEntry(Value):
    """One line of the journal, ready to be written."""

    procedure: ProcedureId
    seq: int
    hash: Sha256
    type: str
    line: str
    """The event in canonical JSON: public, free of personal data."""
    content: dict[str, Any]
    """The clear content that the line commits to: personal, stored encrypted."""


class ChainHead(Value):
    """Where a journal stands: the sequence number of the next event and the hash of the last one."""

    next_seq: int = 0
    hash: Sha256 = GENESIS


def position(seq: int, hash: str) -> str:
    """Where a journal stands, in short: the number of its last event and how the hash of that one begins."""
    return f"{seq}-{hash[:16]}"


def instant(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as every event writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def nonce(seed: bytes, seq: int) -> bytes:
    """The blinding nonce of event `seq`: 32 bytes that only holders of the procedure's seed can compute."""
    return hmac.new(seed, seq.to_bytes(8, "big"), hashlib.sha256).digest()


def commitment(seed: bytes, seq: int, content: dict[str, Any]) -> Sha256:
    """SHA-256(nonce || canonical(content)): binds the content without revealing it."""
    return Sha256(hashlib.sha256(nonce(seed, seq) + rfc8785.dumps(content)).hexdigest())


def entry(
    head: ChainHead,
    *,
    procedure: ProcedureId,
    seed: bytes,
    stamp: Stamp,
    type: str,
    content: dict[str, Any],
    subjects: tuple[str, ...],
    build: str,
) -> JournalEntry:
    """The next line of the chain whose head is `head`."""
    line = rfc8785.dumps(
        {
            "v": FORMAT_VERSION,
            "procedure": procedure,
            "seq": head.next_seq,
            "prev": head.hash,
            "type": type,
            "actor": stamp.actor,
            "role": stamp.role,
            "at": instant(stamp.at),
            "subjects": list(subjects),
            "data_commitment": commitment(seed, head.next_seq, content),
            "build": build,
        }
    )
    return JournalEntry(
        procedure=procedure,
        seq=head.next_seq,
        hash=Sha256(hashlib.sha256(line).hexdigest()),
        type=type,
        line=line.decode(),
        content=content,
    )


def advance(head: ChainHead, written: JournalEntry) -> ChainHead:
    """The head after `written`."""
    return ChainHead(next_seq=head.next_seq + 1, hash=written.hash)
