"""Refusals: who somebody is, and whether they may."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, STAFF, declare

NOT_SIGNED_IN = declare("not_signed_in", 401, CALLER)
NOT_PERMITTED = declare("not_permitted", 403, STAFF)
NOT_FOUND = declare("not_found", 404, NOBODY)
SIGN_IN_REFUSED = declare("sign_in_refused", 401, CALLER)
SIGN_IN_LOCKED = declare("sign_in_locked", 429, NOBODY, "until")
REQUEST_NOT_OURS = declare("request_not_ours", 403, CALLER)
API_KEY_REFUSED = declare("api_key_refused", 401, OPERATOR)
SUMMONS_CODE_UNKNOWN = declare("summons_code_unknown", 401, CALLER)
SUMMONS_CLOSED = declare("summons_closed", 409, NOBODY)
SUMMONS_CANCELLED = declare("summons_cancelled", 409, NOBODY)
SUMMONS_CANCELLED_BECAUSE = declare("summons_cancelled_because", 409, NOBODY, "reason")
SUMMONS_NO_SHOW = declare("summons_no_show", 409, NOBODY)
ENROLMENT_LINK_SPENT = declare("enrolment_link_spent", 404, OPERATOR)
STAFF_SIGN_IN_INSTEAD = declare("staff_sign_in_instead", 403, CALLER)
HOST_ONLY = declare("host_only", 403, STAFF)
AUTHORITY_ONLY = declare("authority_only", 403, STAFF)
ONLY_ONESELF = declare("only_oneself", 403, NOBODY)
OFFICE_ONLY = declare("office_only", 403, STAFF)
STAFF_ONLY = declare("staff_only", 403, STAFF)
