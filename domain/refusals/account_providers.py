"""Refusals: who comes with an account of their Administration."""

from domain.refusals.declared import CALLER, NOBODY, OPERATOR, STAFF, declare

ACCOUNT_PROVIDER_AWAY = declare("account_provider_away", 503, NOBODY)
ACCOUNT_PROVIDER_DENIED = declare("account_provider_denied", 401, CALLER)
ACCOUNT_PROVIDER_ANSWER = declare("account_provider_answer", 401, OPERATOR)
SIGN_IN_REQUEST_SPENT = declare("sign_in_request_spent", 401, CALLER)
ACCOUNT_UNKNOWN_HERE = declare("account_unknown_here", 403, STAFF)
PASSWORD_NOT_TAKEN = declare("password_not_taken", 403, CALLER)
ACCOUNT_NOT_ASKED_FOR_AGAIN = declare("account_not_asked_for_again", 401, OPERATOR)
ACCOUNT_OF_ANOTHER = declare("account_of_another", 403, CALLER)
ACCOUNT_NOT_SHOWN_AGAIN = declare("account_not_shown_again", 401, CALLER)
SHOW_AGAIN_SPENT = declare("show_again_spent", 401, CALLER)
