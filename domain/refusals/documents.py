"""Refusals: documents of a procedure."""

from domain.refusals.declared import CALLER, STAFF, declare

DOCUMENT_RESERVED = declare("document_reserved", 409, CALLER, "participant")
UNKNOWN_DOCUMENT = declare("unknown_document", 404, CALLER, "document")
NO_SUCH_PAGE = declare("no_such_page", 404, CALLER, "page", "pages")
DOCUMENT_NOT_EXPECTED = declare("document_not_expected", 409, CALLER, "document", "known")
DOCUMENT_WITHOUT_COPY = declare("document_without_copy", 409, STAFF)
DOCUMENT_NOT_READ = declare("document_not_read", 409, CALLER, "missing")
DOCUMENT_CHANGED = declare("document_changed", 409, CALLER)
DOCUMENT_REWRITTEN = declare("document_rewritten", 409, CALLER)
DOCUMENT_NOT_SHOWN = declare("document_not_shown", 409, STAFF)
DOCUMENT_NOT_UNDERSTOOD = declare("document_not_understood", 409, CALLER)
DOCUMENT_MISSING = declare("document_missing", 409, CALLER, "document")
