"""Notices to members of staff, in memory."""

from datetime import datetime

from domain.access.account_notices import AccountNotice


class MemoryAccountNotices:
    """Those that wait by number, and what became of the others."""

    def __init__(self) -> None:
        self.notices: dict[int, AccountNotice] = {}
        self.answers: dict[int, str] = {}
        self.given_up: dict[int, str] = {}

    async def waiting(self, limit: int) -> tuple[int, ...]:
        return tuple(sorted(self.notices))[:limit]

    async def get(self, number: int) -> AccountNotice | None:
        return self.notices.get(number)

    async def sent(self, number: int, answer: str, now: datetime) -> None:
        if self.notices.pop(number, None):
            self.answers[number] = answer

    async def give_up(self, number: int, answer: str, now: datetime) -> None:
        if self.notices.pop(number, None):
            self.given_up[number] = answer
