"""Telling regional systems what happened. Messages are written with the journal; here they are sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.access.webhooks import Message


class WebhookOutbox(Protocol):
    async def waiting(self) -> tuple[str, ...]:
        """The addresses that have messages waiting, by id."""

    async def next(self, endpoint: str, now: datetime) -> Message | None:
        """The oldest message that waits for that address."""

    async def delivered(self, message: str, answer: str, now: datetime) -> None:
        """It was taken. Repeating keeps the first hour."""

    async def failed(self, message: str, answer: str, now: datetime, *, give_up: bool) -> None:
        """It was not; `give_up`: it is not tried again by itself."""


class WebhookSender(Protocol):
    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        """Send it once and return the status of the answer, or in one word why there was none.

        Only addresses that may be called are called, wherever the name leads today; no redirection is followed.
        """
