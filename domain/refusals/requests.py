"""Refusals: a request itself, before any rule of a procedure."""

from domain.refusals.declared import CALLER, NOBODY, declare

BAD_REQUEST = declare("bad_request", 400, CALLER)
BAD_CURSOR = declare("bad_cursor", 400, CALLER)
JSON_MALFORMED = declare("json_malformed", 400, CALLER)
IDEMPOTENCY_KEY_MISSING = declare("idempotency_key_missing", 400, CALLER)
METHOD_NOT_ALLOWED = declare("method_not_allowed", 405, CALLER)
NOT_ACCEPTABLE = declare("not_acceptable", 406, CALLER)
REQUEST_IN_PROGRESS = declare("request_in_progress", 409, NOBODY)
REQUEST_TOO_SLOW = declare("request_too_slow", 408, CALLER)
TOO_LARGE = declare("too_large", 413, CALLER)
UNSUPPORTED_MEDIA_TYPE = declare("unsupported_media_type", 415, CALLER)
REQUEST_INVALID = declare("request_invalid", 422, CALLER)
IDEMPOTENCY_KEY_REUSED = declare("idempotency_key_reused", 422, CALLER)
TOO_MANY_REQUESTS = declare("too_many_requests", 429, NOBODY, "seconds")
UNKNOWN_FIELD = declare("unknown_field", 422, CALLER, "field", "known")
FIELD_REQUIRED = declare("field_required", 422, CALLER, "field", "item", "kind")
FIELD_INVALID = declare("field_invalid", 422, CALLER, "field", "kind")
FIELD_TOO_SHORT = declare("field_too_short", 422, CALLER, "field", "kind")
TEXT_UNREADABLE = declare("text_unreadable", 422, CALLER, "sign")
TOO_MANY_COMMANDS = declare("too_many_commands", 429, NOBODY, "seconds")
TOO_MANY_ACTS_ASKED_FOR = declare("too_many_acts_asked_for", 429, NOBODY, "seconds")
