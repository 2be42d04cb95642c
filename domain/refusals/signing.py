"""Refusals: signing a document."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, STAFF, declare

SIGNATURE_NOT_PLANNED = declare("signature_not_planned", 409, NOBODY, "document")
ALREADY_REFUSED = declare("already_refused", 409, NOBODY, "document")
ALREADY_SIGNED = declare("already_signed", 409, NOBODY, "document")
SIGNATURE_OUT_OF_TURN = declare("signature_out_of_turn", 409, NOBODY, "first")
SIGNATURE_PENDING = declare("signature_pending", 409, STAFF, "document", "signer")
NO_CERTIFICATE = declare("no_certificate", 409, OPERATOR, "role")
CERTIFICATE_OF_ANOTHER = declare("certificate_of_another", 409, OPERATOR, "name")
WILL_NOT_EXPLICIT = declare("will_not_explicit", 409, CALLER)
