"""Which pages may use the scanner: those of a session whose person has read the agent's code from its own window."""

import secrets
from collections.abc import Callable

DIGITS = 8
TRIES = 5
SESSIONS = 8
"""How many sessions are remembered; the eldest is forgotten. A session ends with its person's signing out."""


class Pairing:
    """A code opens one session and is used up; after a few wrong tries another one takes its place."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._sessions: list[str] = []
        self._renew()

    def pair(self, code: str, session: str) -> bool:
        """Whether `code` was the one shown; then `session` may scan until the agent ends."""
        if not secrets.compare_digest(code.encode(), self._code.encode()):
            self._tries -= 1
            if not self._tries:
                self._renew()
            return False
        self._sessions = [*self._sessions, session][-SESSIONS:]
        self._renew()
        return True

    def knows(self, session: str) -> bool:
        return any(secrets.compare_digest(session.encode(), known.encode()) for known in self._sessions)

    def _renew(self) -> None:
        self._code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        self._tries = TRIES
        self._show(self._code)
