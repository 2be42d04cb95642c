"""Stands where an SMS gateway will: a folder with one JSON file per message, which the local stack shows.

The file name follows from the message id, so that a repeated send is the same file.
"""

import asyncio
import hashlib
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path


class SmsOutbox:
    """The `SmsSender` port. On return the message survives a crash of the machine."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def send(self, message_id: str, number: str, text: str) -> None:
        """Put the message in the folder; one that is there already under `message_id` stays as it is."""
        await asyncio.to_thread(self._keep, message_id, number, text)

    def _keep(self, message_id: str, number: str, text: str) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        # A digest, because an id is no file name: nothing in it may lead out of the folder.
        final = self._directory / f"{hashlib.sha256(message_id.encode()).hexdigest()}.json"
        message = {"id": message_id, "to": number, "text": text, "at": datetime.now(UTC).isoformat()}
        half = self._directory / f"{secrets.token_hex(8)}.part"
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(message, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            # A link, unlike a rename, never replaces: the first message under an id is the one that was sent.
            final.hardlink_to(half)
        except FileExistsError:
            return
        finally:
            half.unlink()
        settle(self._directory)


def settle(directory: Path) -> None:
    """A new name in a folder is durable only once the folder itself is written (fsync(2))."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
