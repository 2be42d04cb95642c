"""Tells whoever supervises this process that it is at work: a file with its pid, touched again and again."""

import asyncio
import os
from pathlib import Path
from types import TracebackType

BEAT_SECONDS = 2


class Readiness:
    """Inside the block the file named by `ESTRADO_READY_FILE` is fresh; without that variable nothing happens."""

    def __init__(self) -> None:
        name = os.environ.get("ESTRADO_READY_FILE")
        self._file = Path(name) if name else None
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Readiness":
        if self._file is not None:
            self._file.write_text(str(os.getpid()))
            self._beating = asyncio.create_task(self._beat(self._file))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._beating is not None and self._file is not None:
            self._beating.cancel()
            self._file.unlink(missing_ok=True)

    async def _beat(self, file: Path) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await asyncio.to_thread(file.touch)
