"""Refusals: the platform or something outside it: nothing that whoever asked could put right."""

from domain.refusals.declared import NOBODY, OPERATOR, declare

INTERNAL = declare("internal", 500, OPERATOR)
STILL_WORKING = declare("still_working", 202, NOBODY)
ENGINE_UNAVAILABLE = declare("engine_unavailable", 503, NOBODY)
DATABASE_UNAVAILABLE = declare("database_unavailable", 503, NOBODY)
OUTSIDE_UNAVAILABLE = declare("outside_unavailable", 503, NOBODY)
