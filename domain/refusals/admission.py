"""Refusals: an act on what the law excludes, between whom it excludes it, or before another body."""

from domain.refusals.declared import CALLER, STAFF, declare

DECLARATION_NEEDED = declare("declaration_needed", 422, CALLER, "item", "said", "questions", "law")
MATTER_EXCLUDED = declare("matter_excluded", 422, CALLER, "field", "said", "law", "instead")
ROLE_NEEDED = declare("role_needed", 422, CALLER, "role", "said", "law")
ACT_EXCLUDED = declare("act_excluded", 409, STAFF, "said", "law", "instead", "ends")
