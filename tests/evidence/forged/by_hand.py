"""Lies about what was signed by hand."""

from dataclasses import replace

from evidence.canonical import sha256_hex
from evidence.parts import CoreParts, Reference, ReferenceReason
from tests.evidence.by_hand import DRAWING
from tests.evidence.forged.forgery import AT, RECORD, script, told

__all__ = ["PLACE"]

PLACE = "handwriting/"


def _left_out(parts: CoreParts, reason: ReferenceReason) -> CoreParts:
    absent = [Reference(sha256_hex(one), reason) for one in parts.handwritings]
    return replace(parts, handwritings=[], references=[*parts.references, *absent])


script(
    "it was signed by hand, and the record does not say so", RECORD, "HANDWRITING_DIFFERS", record={"handwriting": None}
)
script(
    "the record says that the person did without",
    RECORD,
    "HANDWRITING_DIFFERS",
    record={"handwriting": "declined"},
)
script(
    "nobody signed by hand, and the record says so",
    RECORD,
    "HANDWRITING_DIFFERS",
    lie=told("signature_handwritten", gone=True),
)
script(
    "the signature by hand was left out",
    AT,
    "HANDWRITING_MISSING",
    after=lambda parts: _left_out(parts, ReferenceReason.SUPERSEDED),
)
script(
    "the signature by hand is withheld",
    AT,
    "HANDWRITING_NOT_HERE",
    open_=True,
    after=lambda parts: _left_out(parts, ReferenceReason.WITHHELD),
)
script("it is that of another procedure", PLACE, "HANDWRITING_OF_ANOTHER", by_hand={"procedure": "prc_other"})
script("it is that of another document", PLACE, "HANDWRITING_OF_ANOTHER", by_hand={"document_sha256": "0" * 64})
script("it is that of another person", PLACE, "HANDWRITING_OF_ANOTHER", by_hand={"participant": "par_2"})
script("another drawing stands in the stamp", "documents/", "DRAWING_IS_NOT_THE_SIGNED_ONE", stamped=DRAWING[::-1])
script(
    "the clerk signed by hand in the place of the citizen",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("signature_handwritten", actor="acc_laj"),
)
script(
    "the clerk said that the citizen does without",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("handwriting_declined", actor="acc_laj"),
)
