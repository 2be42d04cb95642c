"""Lies about what was recorded: where it may not be, without consent, or left out."""

from typing import Any

from tests.evidence.forged.forgery import AT, beside, event, script, without
from tests.evidence.held import TYPE

__all__: list[str] = []

# Recording


def recorded_by_law() -> dict[str, Any]:
    return {**TYPE, "procedure": {**TYPE["procedure"], "recording": "mandatory_by_law"}}


PART = {"part": 1, "began_at": "2026-01-01T00:00:00Z", "sound_only": False}
STOPPED = {
    "part": 1,
    "because": "closed",
    "ended_at": "2026-01-01T00:10:00Z",
    "head": "0" * 64,
    "lines": 4,
    "lost": 0.0,
}
script(
    "the recording was left out",
    AT,
    "RECORDING_NOT_KEPT",
    open_=True,
    type=recorded_by_law(),
    lie=beside(
        "item_done", None, event("recording_started", "system", **PART), event("recording_stopped", "system", **STOPPED)
    ),
)
script(
    "recorded where the law forbids it",
    AT,
    "RECORDED_THOUGH_FORBIDDEN",
    type={**TYPE, "procedure": {**TYPE["procedure"], "recording": "forbidden"}},
    lie=beside("item_done", None, event("recording_started", "system", **PART)),
)
script(
    "recorded though somebody said no",
    AT,
    "RECORDED_WITHOUT_CONSENT",
    lie=beside("item_done", None, event("recording_started", "system", **PART)),
)
script(
    "recorded by a party",
    AT,
    "DONE_BY_NO_OFFICIAL",
    type=recorded_by_law(),
    lie=beside("item_done", None, event("recording_started", "par_1", **PART)),
)
script(
    "a part of the recording began twice",
    AT,
    "RECORDING_BEGUN_TWICE",
    type=recorded_by_law(),
    lie=beside(
        "item_done", None, event("recording_started", "system", **PART), event("recording_started", "system", **PART)
    ),
)
script(
    "a part of the recording ended that never began",
    AT,
    "RECORDING_NEVER_BEGAN",
    type=recorded_by_law(),
    lie=beside("item_done", None, event("recording_stopped", "system", **STOPPED)),
)
script(
    "what was recorded is withheld",
    AT,
    "RECORDING_WITHHELD",
    open_=True,
    type=recorded_by_law(),
    lie=beside("item_done", None, event("recording_started", "system", **PART)),
    after=lambda parts: without(parts, *[one["seq"] for one in parts.events if one["type"] == "recording_started"]),
)
