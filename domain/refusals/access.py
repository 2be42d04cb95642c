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
STAFF_SIGN_IN_INSTEAD = declare("staff_sign_in_instead", 403, CALLER)
HOST_ONLY = declare("host_only", 403, STAFF)
AUTHORITY_ONLY = declare("authority_only", 403, STAFF)
ONLY_ONESELF = declare("only_oneself", 403, NOBODY)
OFFICE_ONLY = declare("office_only", 403, STAFF)
STAFF_ONLY = declare("staff_only", 403, STAFF)
PASSWORD_TOO_SHORT = declare("password_too_short", 422, CALLER, "least")
PASSWORD_TOO_LONG = declare("password_too_long", 422, CALLER, "most")
PASSWORD_GUESSABLE = declare("password_guessable", 422, CALLER)
REASON_NEEDED = declare("reason_needed", 403, CALLER)
