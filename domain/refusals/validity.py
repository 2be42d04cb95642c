"""Refusals: what would make the act void. Each names its article (`law`) and what it is about (`said`)."""

from domain.refusals.declared import CALLER, STAFF, declare

PRESENCE_MISSING = declare("presence_missing", 409, STAFF, "role", "said", "law")
PRESENCE_NOT_LIVE = declare("presence_not_live", 409, STAFF, "role", "said", "law")
PRESIDES_ONLY = declare("presides_only", 403, STAFF, "role", "said", "law")
SEAT_RESERVED = declare("seat_reserved", 403, STAFF, "role", "said", "law")
ITEM_REQUIRED = declare("item_required", 409, CALLER, "item", "said", "law")
ITEM_TOO_EARLY = declare("item_too_early", 409, CALLER, "item", "first", "said", "law")
MINUTES_NOT_WRITTEN = declare("minutes_not_written", 409, CALLER, "item", "law")
MINUTES_NOT_SHOWN = declare("minutes_not_shown", 409, CALLER, "item", "participant", "said", "law")
OATH_NOT_TAKEN = declare("oath_not_taken", 409, CALLER, "item", "participant", "said")
OFFICE_NOT_SWORN = declare("office_not_sworn", 409, CALLER, "item", "participant", "said", "law")
HELPER_MISSING = declare("helper_missing", 409, CALLER, "item", "participant", "said", "beside", "law")
QUORUM_MISSING = declare("quorum_missing", 409, STAFF, "present", "needed", "said", "law")
NOT_APART = declare("not_apart", 409, STAFF, "participant", "other", "said", "law")
SAID_APART = declare("said_apart", 409, CALLER, "participant", "said", "law")
ITEM_OF_SOMEBODY_ELSE = declare("item_of_somebody_else", 422, CALLER, "item", "participant", "said")
PERSON_NAMED_TWICE = declare("person_named_twice", 422, CALLER, "item", "field", "participant", "said")
ANSWER_NOT_ALLOWED = declare("answer_not_allowed", 422, CALLER, "item", "field", "said", "choices", "law")
CHOICE_FOLLOWS = declare("choice_follows", 422, CALLER, "item", "field", "said", "law")
ANSWER_MISSING = declare("answer_missing", 422, CALLER, "item", "field", "said", "law")
OUTCOME_NEEDS_ITEM = declare("outcome_needs_item", 409, CALLER, "outcome", "item", "said", "law")
OUTCOME_EXCLUDES_ITEM = declare("outcome_excludes_item", 409, CALLER, "outcome", "item", "said", "law")
OUTCOME_NEEDS_DOCUMENT = declare("outcome_needs_document", 409, CALLER, "outcome", "document", "said", "law")
OUTCOME_NEEDS_SIGNATURE = declare(
    "outcome_needs_signature", 409, CALLER, "outcome", "document", "signer", "said", "law"
)
OUTCOME_NEEDS_PERSON = declare("outcome_needs_person", 409, CALLER, "outcome", "role", "said", "law")
