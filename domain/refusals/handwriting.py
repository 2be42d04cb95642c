"""Refusals: signing by hand on a screen."""

from domain.refusals.declared import CALLER, NOBODY, declare

HANDWRITING_NOT_PLANNED = declare("handwriting_not_planned", 409, NOBODY, "document")
HANDWRITING_NOT_HERE = declare("handwriting_not_here", 409, NOBODY)
HANDWRITING_DONE = declare("handwriting_done", 409, NOBODY, "document")
HANDWRITING_WANTED = declare("handwriting_wanted", 409, CALLER, "document")
HANDWRITING_EMPTY = declare("handwriting_empty", 409, CALLER)
HANDWRITING_UNREADABLE = declare("handwriting_unreadable", 422, CALLER)
HANDWRITING_KEY_CHANGED = declare("handwriting_key_changed", 409, CALLER)
