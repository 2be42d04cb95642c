"""The public interface as a regional system uses it: whatever is not answered is asked again under the same key."""

import asyncio
import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

AGAIN = (202, 429, 503)
"""Not finished, too often, a server is away: repeat it with the same key after `Retry-After`."""


class Refused(Exception):
    """The interface said no, with a problem that a program decides by."""

    def __init__(self, asked: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{asked}: {status} {problem}")
        self.code = problem.get("code", "")
        self.params = problem.get("params", {})


class Interface:
    """`falls_silent`: asked after each answer; True: the answer is lost on its way, as far as this system knows."""

    def __init__(self, url: str, key: str, falls_silent: Callable[[], bool] = lambda: False) -> None:
        self._url = f"{url}/api/v1"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._falls_silent = falls_silent

    async def ask_for(self, request: dict[str, Any]) -> dict[str, Any]:
        """A procedure. The number of this system makes it one, however often it is asked for.

        When no acts are held at that hour, it is asked for at the first one that the refusal names.
        """
        try:
            answer = await self._repeated("POST", "/procedures", json=request, key=str(uuid.uuid4()))
        except Refused as refusal:
            if refusal.code != "outside_working_time":
                raise
            return await self.ask_for(request | {"scheduled_at": refusal.params["earliest"]})
        assert isinstance(answer, dict)
        return answer

    async def status(self, procedure: str) -> dict[str, Any]:
        answer = await self._repeated("GET", f"/procedures/{procedure}")
        assert isinstance(answer, dict)
        return answer

    async def take_away(self, procedure: str, folder: Path) -> tuple[Path, Path]:
        """The bundle, and the roots to try it with. A system of a court has the roots from elsewhere."""
        found = []
        for name in ("bundle.zip", "trust.zip"):
            content = await self._repeated("GET", f"/procedures/{procedure}/{name}")
            assert isinstance(content, bytes)
            path = folder / f"{procedure}-{name}"
            path.write_bytes(content)
            found.append(path)
        return found[0], found[1]

    async def documents(self, procedure: str) -> dict[str, bytes]:
        """Each document with every signature, compared with what the list says of it."""
        listed = await self._repeated("GET", f"/procedures/{procedure}/documents")
        assert isinstance(listed, list)
        found = {}
        for line in listed:
            content = await self._repeated("GET", f"/procedures/{procedure}/documents/{line['id']}.pdf")
            assert isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == line["current"]
            found[line["id"]] = content
        return found

    async def _repeated(self, method: str, path: str, *, json: Any = None, key: str = "") -> Any:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        for _ in range(100):
            wait = 0.2
            try:
                async with (
                    aiohttp.ClientSession(headers=headers) as session,
                    session.request(method, self._url + path, json=json) as answer,
                ):
                    content = await answer.read()
                    if self._falls_silent():
                        continue
                    if answer.status < 300 and answer.status != 202:
                        return await answer.json() if "json" in answer.content_type else content
                    if answer.status not in AGAIN:
                        raise Refused(f"{method} {path}", answer.status, await answer.json(content_type=None))
                    wait = min(float(answer.headers.get("Retry-After", wait)), 2.0)
            except aiohttp.ClientError:
                pass  # nobody there, or cut off half-way: nobody knows whether it was done
            await asyncio.sleep(wait)
        raise RuntimeError(f"{method} {path}: no answer for long")
