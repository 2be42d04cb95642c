"""Refusals: mails."""

from domain.refusals.declared import OPERATOR, STAFF, declare

MAIL_ADDRESS_INVALID = declare("mail_address_invalid", 422, STAFF, "field")
MAIL_HEADER_INVALID = declare("mail_header_invalid", 409, OPERATOR)
