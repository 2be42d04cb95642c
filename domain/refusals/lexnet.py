"""Refusals: requests to a foreign authority, and what LexNET takes."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, STAFF, declare

REQUEST_NOT_WRITTEN = declare("request_not_written", 409, CALLER)
REQUEST_CHANGED = declare("request_changed", 409, CALLER)
REQUEST_NOT_SIGNED = declare("request_not_signed", 409, STAFF, "said")
REQUEST_SENT = declare("request_sent", 409, CALLER)
REQUEST_SENT_UNCHANGED = declare("request_sent_unchanged", 409, CALLER)
INSTRUMENT_UNKNOWN = declare("instrument_unknown", 409, CALLER)
OUTCOME_NOT_ANSWERED = declare("outcome_not_answered", 409, CALLER)
LEXNET_FILE_FORMAT = declare("lexnet_file_format", 409, CALLER, "file")
LEXNET_FILE_NAME = declare("lexnet_file_name", 409, CALLER, "file")
LEXNET_TOO_LARGE = declare("lexnet_too_large", 409, CALLER, "size", "most")
LEXNET_TOO_MANY_FILES = declare("lexnet_too_many_files", 409, CALLER, "most")
LEXNET_NOT_TEXT = declare("lexnet_not_text", 409, OPERATOR, "file")
LEXNET_BUNDLED = declare("lexnet_bundled", 409, CALLER, "file")
LEXNET_RECIPIENT_UNKNOWN = declare("lexnet_recipient_unknown", 409, OPERATOR, "recipient")
LEXNET_REFUSED = declare("lexnet_refused", 409, NOBODY)
