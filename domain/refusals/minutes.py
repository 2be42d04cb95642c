"""Refusals: the minutes."""

from domain.refusals.declared import CALLER, STAFF, declare

APPROVER_ONLY = declare("approver_only", 403, STAFF, "role")
CORRECTION_EMPTY = declare("correction_empty", 409, CALLER)
PARAGRAPH_CORRECTED_MEANWHILE = declare("paragraph_corrected_meanwhile", 409, CALLER, "block", "revision")
DRAFT_CHANGED = declare("draft_changed", 409, CALLER)
