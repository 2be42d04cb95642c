"""Refusals: identifying somebody."""

from domain.refusals.declared import CALLER, NOBODY, STAFF, declare

IDENTITY_LAPSED = declare("identity_lapsed", 409, STAFF, "cause", "participant")
IDENTITY_MISSING = declare("identity_missing", 409, STAFF, "participant")
STILL_MISSING = declare("still_missing", 409, CALLER, "participant")
STILL_CHANGED = declare("still_changed", 409, CALLER, "participant")
ID_LETTER_WRONG = declare("id_letter_wrong", 422, CALLER)
ID_NUMBER_DIFFERS = declare("id_number_differs", 422, STAFF, "participant")
WAIVER_NOT_ALLOWED = declare("waiver_not_allowed", 403, NOBODY)
NOTHING_CORRECTED = declare("nothing_corrected", 422, CALLER)
ALREADY_IDENTIFIED = declare("already_identified", 409, NOBODY, "participant")
IDENTITY_METHOD_NOT_ALLOWED = declare("identity_method_not_allowed", 409, CALLER, "allowed", "method")
METHOD_OUT_OF_ORDER = declare("method_out_of_order", 409, CALLER, "expected")
NO_MOBILE = declare("no_mobile", 409, STAFF, "participant")
IDENTIFICATION_NOT_BEGUN = declare("identification_not_begun", 409, CALLER, "participant")
IDENTIFICATION_FAILED = declare("identification_failed", 422, CALLER, "left")
IDENTIFICATION_EXHAUSTED = declare("identification_exhausted", 409, CALLER, "left")
