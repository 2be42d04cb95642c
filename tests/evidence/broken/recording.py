"""Broken recordings: a segment altered, left out or moved; a gap that nobody declared; another procedure's."""

from typing import Any

from evidence.layout import RECORDING
from tests.evidence.forge import Telling, defect, insider, retell
from tests.evidence.recordings import Manifest, at, recorded, segment, stretches, true_manifest, with_lines
from tests.evidence.sample import Sample


def _unchained(change: Any) -> Any:
    """The lines changed and nothing made to fit."""
    return lambda manifest: {**manifest, "lines": change(manifest["lines"])}


@defect(f"{RECORDING}#4", "RECORDING_CHAIN_BROKEN")
def recording_with_an_altered_segment(sample: Sample) -> bytes:
    def alter(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*lines[:3], {**lines[3], "reason": "left"}, *lines[4:]]

    return recorded(sample, _unchained(alter))


@defect(f"{RECORDING}#2", "RECORDING_CHAIN_BROKEN")
def recording_without_a_segment(sample: Sample) -> bytes:
    return recorded(sample, _unchained(lambda lines: [*lines[:2], *lines[3:]]))


@defect(f"{RECORDING}#1", "RECORDING_CHAIN_BROKEN")
def recording_with_segments_in_another_order(sample: Sample) -> bytes:
    return recorded(sample, _unchained(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]))


@defect(RECORDING, "RECORDING_NOT_IN_JOURNAL")
def recording_chained_anew_after_it_was_told(sample: Sample) -> bytes:
    return recorded(sample, with_lines(lambda lines: lines[:-1]), told=lambda manifest: manifest)


@defect(f"{RECORDING}#4", "RECORDING_GAP_NOT_DECLARED")
def recording_with_a_gap_that_is_not_declared(sample: Sample) -> bytes:
    # The line that declared it is gone, so what follows it moves up by one; its participant is missed at 36 s.
    return recorded(sample, with_lines(lambda lines: [*lines[:3], lines[3] | {"ended_at": at(31)}, *lines[4:]]))


@defect(f"{RECORDING}#6", "RECORDING_GAP_NOT_DECLARED")
def recording_that_ends_before_its_part(sample: Sample) -> bytes:
    return recorded(sample, with_lines(lambda lines: lines[:-1]))


@defect(f"{RECORDING}#2", "RECORDING_OVERLAPS")
def recording_that_claims_one_time_twice(sample: Sample) -> bytes:
    return recorded(sample, with_lines(lambda lines: [*lines[:2], lines[2] | {"began_at": at(10)}, *lines[3:]]))


@defect(RECORDING, "RECORDING_OF_ANOTHER_PROCEDURE")
def recording_of_another_procedure(sample: Sample) -> bytes:
    return recorded(sample, lambda manifest: {**manifest, "procedure": "prc_other"})


@defect(RECORDING, "RECORDING_PARTS_DIFFER")
def recording_without_its_second_part(sample: Sample) -> bytes:
    return recorded(sample, lambda manifest: {**manifest, "parts": manifest["parts"][:1]}, told=_true)


@defect(RECORDING, "RECORDING_PART_DIFFERS")
def recording_that_began_at_another_time(sample: Sample) -> bytes:
    def later(manifest: Manifest) -> Manifest:
        first, second = manifest["parts"]
        return {**manifest, "parts": [first | {"began_at": at(1)}, second]}

    return recorded(sample, later, told=_true)


@defect("log/events.jsonl", "RECORDING_IS_NOT_THE_ONE_THAT_ENDED")
def recording_that_goes_on_after_its_end(sample: Sample) -> bytes:
    more = segment(2, "p1", 129.9, 131.0)
    return recorded(sample, with_lines(lambda lines: [*lines, more]), told=_true)


@defect(f"{RECORDING}#7", "RECORDING_OUTSIDE_ITS_PART")
def recording_of_what_was_said_after_the_act(sample: Sample) -> bytes:
    def longer(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*lines[:-1], segment(2, "p2", 110.0, 300.0)]

    return recorded(sample, with_lines(longer))


@defect("log/events.jsonl", "RECORDING_MISSING")
def recording_that_is_not_there(sample: Sample) -> bytes:
    kept: Telling = ("recording_kept", ["0" * 64], {"manifest": {}})
    events = [*stretches(true_manifest()), kept]
    return insider(sample, retell(sample.parts, lambda story: [*story[:-1], *events, story[-1]]))


def _true(manifest: Manifest) -> Manifest:
    return manifest
