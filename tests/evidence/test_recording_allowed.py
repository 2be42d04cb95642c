"""A recorder takes seconds to begin: whoever says no meanwhile is not recorded against it, when it ends at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.held import Script, Told, hold
from tests.evidence.sample import Sample

WITHOUT_CONSENT = "RECORDED_WITHOUT_CONSENT"
IS_TOLD = 12
"""Seconds after an item is done: the beginning of the recording is told."""


def codes(held: Sample, *, began: float, ended: float | None, no: float | None = 4) -> set[str]:
    """What the verifier finds where both had said yes. In seconds after the same item; `no`: one takes it back."""

    done: list[bool] = []

    def lie(told: Told) -> Told | list[Told]:
        """A minute passes after the first item."""
        if done:
            return told
        event = replace(told, at=told.at - timedelta(minutes=1))

        def further(seconds: float, kind: str, actor: str, **data: object) -> Told:
            return Told(kind, actor, event.at + timedelta(seconds=seconds), (), data)

        if event.type == "consent_given":
            return replace(event, data={**event.data, "given": True})
        if event.type == "room_opened":
            yes = {"participant": "par_2", "scope": "audio_video", "given": True}
            return [further(0, "consent_given", "par_2", **yes), event]
        if event.type != "item_done":
            return event
        done.append(True)
        part = {"part": 1, "began_at": at(event, began), "sound_only": False}
        end = {"part": 1, "because": "consent", "head": "0" * 64, "lines": 0, "lost": 0.0}
        return [
            event,
            *([further(no, "consent_withdrawn", "par_1", participant="par_1")] if no else []),
            further(IS_TOLD, "recording_started", "system", **part),
            *(
                []
                if ended is None
                else [further(IS_TOLD, "recording_stopped", "system", **end, ended_at=at(event, ended))]
            ),
        ]

    report = verify_bytes(insider(held, hold(Script(held.pki, lie=lie))), held.trust)
    assert "RECORDING_WITHHELD" not in {one.code for one in report.findings}
    return {one.code for one in report.findings}


def at(event: Told, seconds: float) -> str:
    return (event.at + timedelta(seconds=seconds)).isoformat()


def test_a_recording_to_which_everybody_said_yes_is_allowed(held: Sample) -> None:
    assert WITHOUT_CONSENT not in codes(held, began=11, ended=None, no=None)


def test_a_no_that_came_while_the_recorder_began_is_kept_to_by_ending_it_at_once(held: Sample) -> None:
    assert WITHOUT_CONSENT not in codes(held, began=3, ended=15)


@pytest.mark.parametrize("no", [4, 10])
@pytest.mark.parametrize(
    ("began", "ended"),
    [
        pytest.param(3, None, id="it went on"),
        pytest.param(3, IS_TOLD + 31, id="it went on for half a minute"),
        pytest.param(11, 15, id="it began after the no"),
    ],
)
def test_a_recording_against_a_no_is_not_allowed(held: Sample, began: float, ended: float | None, no: float) -> None:
    assert WITHOUT_CONSENT in codes(held, began=began, ended=ended, no=no)
