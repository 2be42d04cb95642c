"""Refusals: what a register outside does not take, and what waits for it."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, declare

ENTRY_AWAITED = declare("entry_awaited", 409, NOBODY, "item")
ENTRY_NUMBER_DIFFERS = declare("entry_number_differs", 409, CALLER, "item", "number")
DOCUMENT_ENTERED = declare("document_entered", 409, CALLER, "document")
OUTCOME_AWAITS_ENTRY = declare("outcome_awaits_entry", 409, NOBODY, "outcome", "item", "said", "law")
REGISTER_GRANTOR = declare("register_grantor", 409, CALLER)
REGISTER_ATTORNEY = declare("register_attorney", 409, CALLER)
REGISTER_SCOPE = declare("register_scope", 409, CALLER)
REGISTER_VALIDITY = declare("register_validity", 409, CALLER)
REGISTER_DECLARANT = declare("register_declarant", 409, CALLER)
REGISTER_NAME = declare("register_name", 409, CALLER)
REGISTER_SURNAMES = declare("register_surnames", 409, CALLER)
REGISTER_BIRTH = declare("register_birth", 409, CALLER)
REGISTER_PARENTS = declare("register_parents", 409, CALLER)
REGISTER_PROOF = declare("register_proof", 409, CALLER)
REGISTER_LATE = declare("register_late", 409, CALLER)
REGISTER_ENTERED_ALREADY = declare("register_entered_already", 409, CALLER)
REGISTER_REFUSED = declare("register_refused", 409, CALLER)
REGISTER_NOT_CONNECTED = declare("register_not_connected", 409, OPERATOR)
