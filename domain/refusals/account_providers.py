"""Refusals: who comes with an account of their Administration."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, STAFF, declare

ACCOUNT_PROVIDER_AWAY = declare("account_provider_away", 503, NOBODY)
ACCOUNT_PROVIDER_DENIED = declare("account_provider_denied", 401, CALLER)
ACCOUNT_PROVIDER_ANSWER = declare("account_provider_answer", 401, OPERATOR)
SIGN_IN_REQUEST_SPENT = declare("sign_in_request_spent", 401, CALLER)
ACCOUNT_UNKNOWN_HERE = declare("account_unknown_here", 403, STAFF)
PASSWORD_NOT_TAKEN = declare("password_not_taken", 403, CALLER)
