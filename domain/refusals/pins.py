"""Refusals: one-time PINs."""

from domain.refusals.declared import CALLER, NOBODY, declare

UNKNOWN_CHALLENGE = declare("unknown_challenge", 404, CALLER)
PIN_INCOMPLETE = declare("pin_incomplete", 422, CALLER, "field")
PIN_WRONG = declare("pin_wrong", 422, CALLER, "left")
PIN_USED = declare("pin_used", 409, CALLER)
PIN_EXHAUSTED = declare("pin_exhausted", 409, CALLER, "left")
PIN_EXPIRED = declare("pin_expired", 409, CALLER)
PIN_UNKNOWN = declare("pin_unknown", 409, CALLER)
PIN_OTHER_PURPOSE = declare("pin_other_purpose", 409, CALLER)
TOO_MANY_PINS = declare("too_many_pins", 429, NOBODY, "limit")
