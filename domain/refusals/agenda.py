"""Refusals: the agenda and its items."""

from domain.refusals.declared import CALLER, NOBODY, declare

UNKNOWN_ITEM = declare("unknown_item", 404, CALLER, "item")
ITEM_NOT_ALLOWED = declare("item_not_allowed", 409, CALLER, "allowed", "item")
ITEM_ONLY_ONCE = declare("item_only_once", 409, NOBODY, "item")
ITEM_NOT_TO_OPEN = declare("item_not_to_open", 409, CALLER, "item", "state")
ITEM_NOT_OPEN = declare("item_not_open", 409, CALLER, "item", "state")
ITEM_NOT_TO_SKIP = declare("item_not_to_skip", 409, NOBODY, "item", "state")
ITEM_NOT_DONE = declare("item_not_done", 409, CALLER, "item", "state")
ITEM_OUT_OF_ORDER = declare("item_out_of_order", 409, CALLER, "first", "item")
ITEM_STILL_OPEN = declare("item_still_open", 409, CALLER, "item")
ITEM_SAVED_MEANWHILE = declare("item_saved_meanwhile", 409, CALLER, "item", "revision")
ITEMS_PENDING = declare("items_pending", 409, CALLER, "items")
DATE_ALREADY_PAST = declare("date_already_past", 422, CALLER, "field", "item")
DATE_STILL_TO_COME = declare("date_still_to_come", 422, CALLER, "field", "item")
DATE_TOO_FAR_AWAY = declare("date_too_far_away", 422, CALLER, "field", "item", "latest", "years", "law")
REQUIRES_OATH_TAKEN = declare("requires_oath_taken", 409, CALLER, "item")
REQUIRES_WARNINGS_GIVEN = declare("requires_warnings_given", 409, CALLER, "item")
REQUIRES_SETTLEMENT_RECORDED = declare("requires_settlement_recorded", 409, CALLER, "item")
REQUIRES_OUTCOME_RECORDED = declare("requires_outcome_recorded", 409, CALLER, "item")
