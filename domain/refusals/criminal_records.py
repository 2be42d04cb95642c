"""Refusals: criminal records asked of registers of this and of other states."""

from domain.refusals.declared import CALLER, NOBODY, declare

RECORD_NOT_ASKED_HERE = declare("record_not_asked_here", 409, CALLER, "item")
RECORD_ALREADY_ASKED = declare("record_already_asked", 409, NOBODY, "item")
RECORD_DATA_MISSING = declare("record_data_missing", 409, CALLER, "field")
RECORD_COUNTRY_UNKNOWN = declare("record_country_unknown", 422, CALLER, "field")
RECORD_BIRTH_IN_FUTURE = declare("record_birth_in_future", 422, CALLER)
RECORD_PURPOSE_NOT_FOR_CENTRAL = declare("record_purpose_not_for_central", 422, CALLER)
