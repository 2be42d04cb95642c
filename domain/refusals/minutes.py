"""Refusals: the minutes."""

from domain.refusals.declared import CALLER, STAFF, declare

APPROVER_ONLY = declare("approver_only", 403, STAFF, "role")
CORRECTION_EMPTY = declare("correction_empty", 409, CALLER)
DRAFT_CHANGED = declare("draft_changed", 409, CALLER)
