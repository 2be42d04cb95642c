"""What a regional system was told, kept on its disk before it says so: each message once, in the order it came."""

import json
import os
from pathlib import Path
from typing import Any


class Inbox:
    """A file with one message a line. A message that comes again is known by its id."""

    def __init__(self, path: Path) -> None:
        self.messages: list[dict[str, Any]] = []
        self.repeated = 0
        """How often a message came that was there already."""
        if path.exists():
            self.messages = [json.loads(line) for line in path.read_text().splitlines()]
        self._ids = {message["id"] for message in self.messages}
        self._file = path.open("a")

    def keep(self, id: str, told: dict[str, Any]) -> None:
        if id in self._ids:
            self.repeated += 1
            return
        message = {"id": id, **told}
        self._file.write(json.dumps(message) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._ids.add(id)
        self.messages.append(message)

    def events_of(self, procedure: str) -> list[str]:
        return [message["type"] for message in self.messages if message["data"]["procedure"] == procedure]

    def in_order(self) -> bool:
        """Of each procedure, later lines of its journal were told later."""
        last: dict[str, int] = {}
        for message in self.messages:
            procedure, seq = message["data"]["procedure"], message["data"]["seq"]
            if seq <= last.get(procedure, -1):
                return False
            last[procedure] = seq
        return True

    def close(self) -> None:
        self._file.close()
