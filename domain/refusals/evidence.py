"""Refusals: evidence that somebody brings to be checked."""

from domain.refusals.declared import CALLER, declare

EVIDENCE_TAKES_TOO_MUCH = declare("evidence_takes_too_much", 422, CALLER)
EVIDENCE_MISSING = declare("evidence_missing", 422, CALLER)
