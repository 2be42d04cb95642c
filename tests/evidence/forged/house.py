"""Lies about the house itself: which type, family and Administration it was, who signed, approved and identified."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from evidence.canonical import canonical, sha256_hex
from evidence.parts import CoreParts
from tests.evidence.forged.forgery import AT, both, first_event, script, told, without
from tests.evidence.forged.people import before
from tests.evidence.held import TYPE, Told

__all__: list[str] = []

MANIFEST, TYPE_FILE = "manifest.json", "procedure/type.json"


def typed(**changes: Any) -> Callable[[CoreParts], CoreParts]:
    """Another type than the one with which the act began."""

    def after(parts: CoreParts) -> CoreParts:
        other = {**parts.resolved_type, **changes}
        procedure = replace(parts.procedure, type_sha256=sha256_hex(canonical(other)))
        return replace(parts, resolved_type=other, procedure=procedure)

    return after


def called(**changes: str) -> Callable[[CoreParts], CoreParts]:
    """Another summary of the procedure in the manifest."""
    return lambda parts: replace(parts, procedure=replace(parts.procedure, **changes))


def withheld(kind: str, *lies: Callable[[Told], Told | None]) -> dict[str, Any]:
    """What the events of one kind say is kept back."""

    def after(parts: CoreParts) -> CoreParts:
        return without(parts, *[event["seq"] for event in parts.events if event["type"] == kind])

    return {"after": after, "lie": both(*lies)}


OUTCOMES = {**TYPE["procedure"], "outcomes": {"agreement": {"en": "Without agreement", "es": "Sin avenencia"}}}
script(
    "the type gives the outcome another name", TYPE_FILE, "TYPE_IS_NOT_THE_STARTED_ONE", after=typed(procedure=OUTCOMES)
)
script(
    "the type lets a code give the highest level", TYPE_FILE, "TYPE_IS_NOT_THE_STARTED_ONE", after=typed(mechanisms={})
)
script(
    "the first event says nothing of the type",
    TYPE_FILE,
    "TYPE_NOT_IN_JOURNAL",
    open_=True,
    lie=first_event(resolved_type=None),
)
script("another administration in the manifest", MANIFEST, "SUMMARY_DIFFERS", after=called(administration="meseta"))
script("another family in the manifest", MANIFEST, "SUMMARY_DIFFERS", after=called(family="cooperation"))
script("another type in the manifest", MANIFEST, "SUMMARY_DIFFERS", after=called(type_id="mediation"))
script("another version of the type in the manifest", MANIFEST, "SUMMARY_DIFFERS", after=called(type_version="2"))

# Who signed the minutes, approved them, let people in and identified them
NO_OFFICIAL = "DONE_BY_NO_OFFICIAL"
script(
    "minutes that nobody but the body sealed, and told so",
    "documents/",
    "MINUTES_SIGNED_BY_NO_OFFICIAL",
    open_=True,
    clerk="",
)
script("the server approved the minutes", AT, NO_OFFICIAL, lie=told("minutes_approved", actor="system"))
script("a party approved the minutes", AT, NO_OFFICIAL, lie=told("minutes_approved", actor="par_1"))
for who, actor in (("a party", "par_1"), ("the server", "system")):
    for done, what in (
        ("room_opened", "opened the room"),
        ("item_done", "dealt with an item"),
        ("document_presented", "showed a paper to be signed"),
        ("session_closed", "closed the session"),
    ):
        script(f"{who} {what}", AT, NO_OFFICIAL, lie=told(done, actor=actor))
script("the server let somebody in", AT, NO_OFFICIAL, lie=told("participant_admitted", actor="system"))
script("a party let the other in", AT, NO_OFFICIAL, lie=told("participant_admitted", "par_2", actor="par_1"))
script("a party identified the other", AT, NO_OFFICIAL, lie=told("identity_confirmed", "par_2", actor="par_1"))
script("somebody looked at their own document", AT, NO_OFFICIAL, lie=told("identity_confirmed", "par_1", actor="par_1"))
script(
    "a party waived the identity of the other",
    AT,
    NO_OFFICIAL,
    lie=lambda event: (
        replace(event, type="identity_waived", actor="par_1") if event.type == "identity_confirmed" else event
    ),
)

# What an event says is kept back, so that the rest looks as if it had not happened
for kind, instead in (
    ("connection_lost", "that the line was lost"),
    ("participant_left", "who left"),
    ("participant_dismissed", "who was sent out"),
    ("seat_taken_over", "whose seat was taken"),
    ("identity_lapsed", "whose identity lapsed"),
    ("consent_withdrawn", "who took their consent back"),
    ("signature_refused", "who refused to sign"),
):
    script(
        f"it is withheld {instead}",
        AT,
        "STORY_WITHHELD",
        open_=True,
        **withheld(kind, before("pin_sent", "par_1", kind)),
    )
script(
    "it is withheld who sat down as the clerk",
    AT,
    "STORY_WITHHELD",
    open_=True,
    **withheld("official_seated", before("pin_sent", "par_1", "official_seated")),
)
script(
    "the name that somebody was given later is withheld",
    AT,
    "STORY_WITHHELD",
    open_=True,
    **withheld("participant_corrected", before("pin_sent", "par_1", "participant_corrected")),
)
script("the outcome is withheld", AT, "STORY_WITHHELD", open_=True, **withheld("session_closed"))
