"""Lies about the session and what came from outside: points, private talks, papers, registers and searches."""

from dataclasses import replace

from evidence.canonical import sha256_hex
from tests.evidence.forged.forgery import AT, beside, event, first_event, script, told

__all__: list[str] = []

# Private talks
PRIVATE = {"room": "prc.private-1", "lawyer": "par_2", "client": "par_1", "ends_at": "2026-01-01T00:00:00Z"}
script("the signer was in a private talk", AT, "SIGNER_NOT_IN_THE_ROOM",
       lie=beside("pin_sent", "par_1", event("private_room_opened", "acc_laj", **PRIVATE)))  # fmt: skip
script("a party opened a private talk", AT, "DONE_BY_NO_OFFICIAL",
       lie=beside("item_done", None, event("private_room_opened", "par_1", **PRIVATE),
                  event("private_room_closed", "acc_laj", **PRIVATE)))  # fmt: skip

# Subjects
OTHER = sha256_hex(b"another paper")
script(
    "another paper was presented than the event is about",
    AT,
    "SUBJECT_DIFFERS",
    lie=told("document_presented", sha256=OTHER),
)
script(
    "another paper was understood than the event is about",
    AT,
    "SUBJECT_DIFFERS",
    lie=lambda found: (
        replace(found, subjects=(sha256_hex(b""),) and found.subjects[:0])
        if found.type == "document_understood"
        else found
    ),
)
script("the first event is of another procedure", "manifest.json", "SUMMARY_DIFFERS", lie=first_event(id="prc_other"))

# Order of the act
script(
    "a point is done after the act was closed",
    AT,
    "DONE_OUT_OF_SESSION",
    lie=beside("session_closed", None, event("item_done", "acc_laj", item="i10", values={"amount": "9999.00"})),
)
script(
    "a point is done while the act stands still",
    AT,
    "DONE_OUT_OF_SESSION",
    lie=beside("item_done", None, event("procedure_interrupted", "acc_laj", cause="power"), ahead=True),
)
script(
    "a point is done before the room was open",
    AT,
    "DONE_OUT_OF_SESSION",
    lie=beside("room_opened", None, event("item_done", "acc_laj", item="i1", values={}), ahead=True),
)

# Registers and searches
ENTRY = {"id": "prc.d2", "document": "d2", "where": "powers", "noted_in": "A41"}
MADE = {"id": "prc.d2", "number": "AP-1", "register_name": "REAJ"}
script(
    "an entry was made that nobody asked for",
    AT,
    "ANSWER_TO_NOTHING",
    lie=beside("item_done", None, event("register_entry_made", "system", **MADE), ahead=True),
)
script(
    "an entry was made twice",
    AT,
    "ANSWERED_TWICE",
    lie=beside(
        "item_done",
        None,
        event("register_entry_requested", "system", **ENTRY),
        event("register_entry_made", "system", **MADE),
        event("register_entry_made", "system", **{**MADE, "number": "AP-2"}),
        ahead=True,
    ),
)
script(
    "an entry was asked for by a party",
    AT,
    "DONE_BY_NO_OFFICIAL",
    lie=beside("item_done", None, event("register_entry_requested", "par_1", **ENTRY), ahead=True),
)
script(
    "a search was answered that nobody asked for",
    AT,
    "ANSWER_TO_NOTHING",
    lie=beside(
        "item_done", None, event("registry_search_answered", "system", id="prc.s1", found=1, number="RC-1"), ahead=True
    ),
)
script(
    "a criminal record was answered that nobody asked for",
    AT,
    "ANSWER_TO_NOTHING",
    lie=beside("item_done", None, event("criminal_record_answered", "system"), ahead=True),
)
