"""Broken journals: events changed, moved, dropped or invented, and data that were not those committed to."""

import json
from dataclasses import replace
from typing import Any

from evidence.bundle import assemble, build_core
from evidence.canonical import canonical, sha256_hex
from evidence.layout import EVENTS, HEADS, MANIFEST, OPENINGS, TYPE
from tests.evidence.forge import (
    defect,
    edit_json,
    insider,
    insider_member,
    members_of,
    retell,
    with_events,
    with_member,
)
from tests.evidence.papers import seal_manifest, stamp_time
from tests.evidence.sample import TYPE as RESOLVED
from tests.evidence.sample import Sample
from tests.evidence.story import rechain

Events = list[dict[str, Any]]


@defect(f"{EVENTS}#3", "EVENT_OUT_OF_SEQUENCE")
def events_reordered(sample: Sample) -> bytes:
    return with_events(sample, lambda told: [*told[:3], told[4], told[3], *told[5:]])


@defect(f"{EVENTS}#5", "EVENT_CHAIN_BROKEN")
def event_changed(sample: Sample) -> bytes:
    return with_events(sample, lambda told: [*told[:4], {**told[4], "actor": "act_9"}, *told[5:]])


@defect(f"{EVENTS}#4", "EVENT_CHAIN_BROKEN")
def event_removed_from_the_middle(sample: Sample) -> bytes:
    return with_events(sample, lambda told: [*told[:4], *told[5:]])


@defect(EVENTS, "JOURNAL_EXTENT_DIFFERS")
def last_event_dropped(sample: Sample) -> bytes:
    lines = members_of(sample.bundle)[EVENTS].splitlines(keepends=True)
    return with_member(sample, EVENTS, b"".join(lines[:-1]))


@defect(MANIFEST, "MANIFEST_IS_NOT_THE_SEALED_ONE")
def history_rewritten_by_an_outsider(sample: Sample) -> bytes:
    return with_events(sample, lambda told: rechain([*told[:4], {**told[4], "actor": "act_9"}, *told[5:]]))


@defect(MANIFEST, "MANIFEST_IS_NOT_THE_ANCHORED_ONE")
def history_rewritten_by_the_body_itself_after_anchoring(sample: Sample) -> bytes:
    parts = replace(sample.parts, events=rechain([dict(one, actor="act_9") for one in sample.parts.events]), heads=())
    forged = build_core(parts)
    seal = seal_manifest(forged.manifest, sample.pki.signer("seal"))
    outer = replace(sample.outer, seal=seal, seal_token=stamp_time(seal, sample.pki.stamper()))
    return assemble(forged, outer)


@defect(f"{EVENTS}#6", "EVENT_OF_ANOTHER_PROCEDURE")
def event_of_another_procedure(sample: Sample) -> bytes:
    return with_events(sample, lambda told: rechain([*told[:6], {**told[6], "procedure": "prc_2"}, *told[7:]]))


@defect(f"{EVENTS}#7", "EVENT_TIME_GOES_BACK")
def event_dated_back(sample: Sample) -> bytes:
    early = "2020-01-01T00:00:00.000000Z"
    return with_events(sample, lambda told: rechain([*told[:7], {**told[7], "at": early}, *told[8:]]))


@defect(f"{EVENTS}#2", "FIELD_UNKNOWN")
def event_with_a_key_more(sample: Sample) -> bytes:
    return with_events(sample, lambda told: [*told[:2], {**told[2], "note": "x"}, *told[3:]])


@defect(f"{EVENTS}#2", "FIELD_WRONG")
def event_with_an_impossible_date(sample: Sample) -> bytes:
    return with_events(sample, lambda told: [*told[:2], {**told[2], "at": "2026-02-30T09:00:00.000000Z"}, *told[3:]])


@defect(EVENTS, "LINES_NOT_ENDED")
def journal_cut_in_its_last_line(sample: Sample) -> bytes:
    return with_member(sample, EVENTS, members_of(sample.bundle)[EVENTS][:-5])


@defect(f"{OPENINGS}#4", "OPENING_DIFFERS")
def opening_tampered(sample: Sample) -> bytes:
    lines = members_of(sample.bundle)[OPENINGS].splitlines()
    opened = json.loads(lines[4])
    opened["data"]["participant"] = "par_9"
    lines[4] = canonical(opened)
    return with_member(sample, OPENINGS, b"".join(line + b"\n" for line in lines))


@defect(f"{HEADS}#0", "HEAD_DIFFERS")
def head_of_another_journal(sample: Sample) -> bytes:
    forged = edit_json(sample, HEADS, lambda heads: heads[0].update(hash="f" * 64))
    return insider_member(sample, HEADS, forged)


@defect(TYPE, "TYPE_HASH_DIFFERS")
def resolved_type_changed(sample: Sample) -> bytes:
    return insider_member(sample, TYPE, canonical({**RESOLVED, "agenda": ["A01"]}))


@defect(TYPE, "TYPE_IS_NOT_THE_STARTED_ONE")
def resolved_type_changed_everywhere_but_in_the_first_event(sample: Sample) -> bytes:
    other = {**RESOLVED, "agenda": ["A01"]}
    procedure = replace(sample.parts.procedure, type_sha256=sha256_hex(canonical(other)))
    parts = replace(sample.parts, resolved_type=other, procedure=procedure)
    return insider(sample, parts)


@defect(f"{OPENINGS}#5", "FIELD_WRONG")
def page_read_without_a_page_number(sample: Sample) -> bytes:
    return insider(
        sample,
        retell(
            sample.parts,
            lambda told: [
                (kind, subjects, {**data, "page": "one"} if kind == "document_page_read" and seq == 5 else data)
                for seq, (kind, subjects, data) in enumerate(told)
            ],
        ),
    )


@defect(f"{OPENINGS}#14", "OPENING_WITHOUT_EVENT")
def opening_of_an_event_that_never_was(sample: Sample) -> bytes:
    invented = canonical({"seq": 14, "nonce": "0" * 64, "data": {}}) + b"\n"
    return insider_member(sample, OPENINGS, sample.core.files[OPENINGS] + invented)


@defect(f"{OPENINGS}#1", "OPENING_OUT_OF_ORDER")
def openings_in_another_order(sample: Sample) -> bytes:
    first, second, *rest = sample.core.files[OPENINGS].splitlines(keepends=True)
    return insider_member(sample, OPENINGS, b"".join([second, first, *rest]))


@defect(EVENTS, "JOURNAL_EMPTY")
def journal_emptied(sample: Sample) -> bytes:
    return insider_member(sample, EVENTS, b"")
