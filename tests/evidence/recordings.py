"""A recording in evidence: two people, one recess, a media process that was killed; as the platform lists it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from evidence.canonical import canonical, sha256_hex
from evidence.journal import ZERO_HASH
from evidence.recording import line_hash
from tests.evidence.forge import Telling, insider, retell
from tests.evidence.sample import Sample
from tests.evidence.story import PROCEDURE

Manifest = dict[str, Any]

BETWEEN = -1
"""Where the events of the recording stand in the story: before the last one."""


def at(seconds: float) -> str:
    return f"2026-03-02T09:{int(seconds) // 60:02d}:{seconds % 60:06.3f}Z"


def segment(part: int, participant: str, began: float, ended: float) -> dict[str, Any]:
    media = media_of(about(part, participant, began, ended))
    told = {"media_type": "video/webm", "sha256": sha256_hex(media), "size": len(media)}
    return {"kind": "segment", **about(part, participant, began, ended), **told}


def media_of(line: dict[str, Any]) -> bytes:
    """The bytes of a segment."""
    return f"{line['part']} {line['participant']} {line['began_at']}".encode()


def gap(part: int, participant: str, began: float, ended: float, reason: str) -> dict[str, Any]:
    return {"kind": "gap", **about(part, participant, began, ended), "reason": reason}


def about(part: int, participant: str, began: float, ended: float) -> dict[str, Any]:
    return {"part": part, "participant": participant, "began_at": at(began), "ended_at": at(ended)}


def chained(manifest: Manifest) -> Manifest:
    """With numbers, chain and head that fit its lines."""
    previous, lines = ZERO_HASH, []
    for n, line in enumerate(manifest["lines"]):
        lines.append({**line, "n": n, "previous": previous})
        previous = line_hash(lines[-1])
    return {**manifest, "lines": lines, "head": previous}


def true_manifest() -> Manifest:
    return chained(
        {
            "format": "recording-1",
            "procedure": PROCEDURE,
            "parts": [
                {"part": 1, "began_at": at(0), "ended_at": at(70), "ended_because": "recess"},
                {"part": 2, "began_at": at(90), "ended_at": at(130), "ended_because": "closed"},
            ],
            "lines": [
                segment(1, "p1", 0.2, 30.1),
                segment(1, "p2", 0.3, 30.2),
                segment(1, "p1", 30.1, 69.8),
                gap(1, "p2", 30.2, 36.0, "media_process"),
                segment(1, "p2", 36.0, 69.9),
                segment(2, "p1", 90.1, 129.9),
                segment(2, "p2", 90.4, 110.0),
                gap(2, "p2", 110.0, 130.0, "left"),
            ],
        }
    )


def recorded(
    sample: Sample,
    change: Callable[[Manifest], Manifest] = lambda manifest: manifest,
    *,
    told: Callable[[Manifest], Manifest] | None = None,
) -> bytes:
    """A bundle with a recording that was changed before it was listed; `told`: as the journal tells of it, if other."""
    manifest = change(true_manifest())
    journal = (told or (lambda _: manifest))(true_manifest())
    content = canonical(manifest)
    events = [*stretches(journal), ("recording_kept", [sha256_hex(canonical(journal))], {"manifest": {}})]
    parts = retell(sample.parts, lambda story: [*story[:BETWEEN], *events, *story[BETWEEN:]])
    return insider(sample, replace(parts, recording=content))


def stretches(journal: Manifest) -> list[Telling]:
    events: list[Telling] = []
    for part in journal["parts"]:
        lines = [line for line in journal["lines"] if line["part"] <= part["part"]]
        ended = {"lines": len(lines), "head": line_hash(lines[-1]), "lost": 0.0, "ended_at": part["ended_at"]}
        events.append(("recording_started", [], {"part": part["part"], "began_at": part["began_at"]}))
        events.append(("recording_stopped", [], {"part": part["part"], "because": part["ended_because"], **ended}))
    return events


def with_lines(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Callable[[Manifest], Manifest]:
    """Other lines, chained anew: what an insider writes who also writes the journal."""
    return lambda manifest: chained({**manifest, "lines": change(json.loads(json.dumps(manifest["lines"])))})
