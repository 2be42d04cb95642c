"""Refusals: where a procedure stands."""

from domain.refusals.declared import CALLER, NOBODY, STAFF, declare

WRONG_STAGE = declare("wrong_stage", 409, NOBODY, "allowed", "stage")
INTERRUPTED = declare("interrupted", 409, STAFF, "cause")
PROCEDURE_ENDED = declare("procedure_ended", 409, NOBODY, "stage")
NOTHING_TO_RETRY = declare("nothing_to_retry", 409, NOBODY)
OUTCOME_AGAINST_SIGNED = declare("outcome_against_signed", 409, CALLER, "document")
OUTCOME_UNKNOWN = declare("outcome_unknown", 422, CALLER, "known", "outcome")
