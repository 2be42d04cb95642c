"""Refusals: a procedure that is asked for."""

from domain.refusals.declared import CALLER, OPERATOR, STAFF, declare

PROCEDURE_TYPE_UNKNOWN = declare("procedure_type_unknown", 422, CALLER, "known", "type")
TYPE_NOT_ENABLED = declare("type_not_enabled", 403, STAFF, "type")
DATE_IN_THE_PAST = declare("date_in_the_past", 422, CALLER)
DATE_TOO_FAR = declare("date_too_far", 422, CALLER)
OFFICE_UNKNOWN = declare("office_unknown", 422, CALLER, "office")
BODY_UNKNOWN = declare("body_unknown", 422, CALLER, "body")
PEOPLE_MISSING = declare("people_missing", 422, CALLER, "maximum", "minimum", "role")
ACCOUNT_UNKNOWN = declare("account_unknown", 422, CALLER, "account")
ACCOUNT_OF_OTHER_BODY = declare("account_of_other_body", 422, CALLER, "account", "role")
NOBODY_TO_TAKE_THE_SEAT = declare("nobody_to_take_the_seat", 409, OPERATOR, "body", "role")
ROLE_UNKNOWN = declare("role_unknown", 422, CALLER, "known", "role")
NOT_SERVED_HERE = declare("not_served_here", 403, STAFF, "body", "office")
NUMBER_USED_OTHERWISE = declare("number_used_otherwise", 409, CALLER, "number")
TERMS_NOT_YOURS_TO_SHORTEN = declare("terms_not_yours_to_shorten", 403, STAFF, "type")
OUTSIDE_WORKING_TIME = declare("outside_working_time", 422, CALLER, "earliest")
BODY_NOT_COMPETENT = declare("body_not_competent", 422, CALLER, "body", "type")
REQUESTED_TOO_LATE = declare("requested_too_late", 422, CALLER, "earliest")
SUMMONED_TOO_LATE = declare("summoned_too_late", 422, CALLER, "earliest")
BIRTH_DATE_NEEDED = declare("birth_date_needed", 422, CALLER, "participant", "role")
MINOR_FROM_ELSEWHERE = declare("minor_from_elsewhere", 422, CALLER, "participant", "role")
