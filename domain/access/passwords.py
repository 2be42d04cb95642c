"""What a new password has to be: long enough, and nothing that is tried first, by whoever knows the person or the
place, or by a machine with lists of passwords that leaked.

Standard: OWASP ASVS 5.0 6.2 (eight characters, no rules of composition, no words of the context); NIST SP 800-63B.
"""

import re

from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from domain.access.accounts import LONGEST_PASSWORD, Account
from domain.errors import Refusal
from domain.refusals.access import PASSWORD_GUESSABLE, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT

SHORTEST_PASSWORD = 8
CONTEXT = ("estrado", "justicia", "juzgado", "tribunal", "password", "contraseña", "12345678", "qwertyui")
SHORTEST_WORD = 4
"""Shorter parts of a name are in too many good passwords."""
HARD_TO_GUESS = 3
"""Of the five grades of zxcvbn (0 to 4): more than 10^8 guesses."""
JUDGED = 72
"""Characters at the beginning; judging more takes long, and is not needed."""


def refuse_weak_password(password: str, account: Account) -> None:
    """Raises `Refusal('password_too_short')`, `Refusal('password_too_long')` or `Refusal('password_guessable')`."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(PASSWORD_TOO_SHORT, least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Refusal(PASSWORD_TOO_LONG, most=LONGEST_PASSWORD)
    typed = password.casefold()
    own = [
        word for word in re.split(r"\W+", f"{account.name} {account.email}".casefold()) if len(word) >= SHORTEST_WORD
    ]
    # What is left when words that anybody tries are taken out has to be a password by itself.
    for word in sorted({*own, *CONTEXT, account.administration}, key=len, reverse=True):
        typed = typed.replace(word, "")
    if len(set(typed)) < SHORTEST_WORD or len(typed) < SHORTEST_PASSWORD:
        raise Refusal(PASSWORD_GUESSABLE)
    if zxcvbn(password[:JUDGED], user_inputs=[*own, *CONTEXT])["score"] < HARD_TO_GUESS:
        raise Refusal(PASSWORD_GUESSABLE)
