"""The one job of a limited process: what it was given, where it stands, what it has made."""

import json
import os
from typing import Any


class Work:
    """`given`, `made` and `said` are memory files that are shared with whoever waits for the job."""

    def __init__(self, job: dict[str, Any], given: int, made: int, said: int) -> None:
        self.job = job
        self._given, self._made, self._said = given, made, said

    @property
    def parts(self) -> int:
        return len(self.job["sizes"])

    def part(self, number: int) -> bytes:
        """The bytes of a part, counted from 1."""
        sizes = self.job["sizes"]
        begin, left, pieces = sum(sizes[: number - 1]), sizes[number - 1], []
        while left and (piece := os.pread(self._given, left, begin)):
            pieces.append(piece)
            begin, left = begin + len(piece), left - len(piece)
        return b"".join(pieces)

    def at(self, part: int, page: int = 0) -> None:
        """Say where the work stands, so that a limit that ends it is told of that place. Page 0: before the first."""
        self.say(part=part, page=page)

    def say(self, **words: Any) -> None:
        os.write(self._said, json.dumps(words).encode() + b"\n")

    def keep(self, made: bytes) -> None:
        rest = memoryview(made)
        while rest:
            rest = rest[os.write(self._made, rest) :]
