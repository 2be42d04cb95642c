"""The public interface as a regional system uses it: whatever is not answered is asked again under the same key."""

import asyncio
import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from conformance.client import Client
from conformance.connection import NONE, Answer, Connection, Headers, NoAnswer, Query, Refused
from conformance.shapes import RequestProcedure, Status


def connected(url: str, key: str) -> Connection:
    return Connection(url, key_shown(key))


def key_shown(key: str) -> dict[str, str]:
    """The header that tells who asks."""
    return {"Authorization": f"Bearer {key}"}


class LossyConnection(Connection):
    """`falls_silent`: asked after each answer; True: the answer is lost on its way, as far as the asker knows."""

    def __init__(self, url: str, key: str, falls_silent: Callable[[], bool]) -> None:
        super().__init__(url, key_shown(key))
        self._falls_silent = falls_silent

    def ask(self, method: str, path: str, body: object = None, headers: Headers = NONE, query: Query = NONE) -> Answer:
        answer = super().ask(method, path, body, headers, query)
        if self._falls_silent():
            raise NoAnswer(f"{method} {path}: lost on its way")
        return answer


class Interface:
    def __init__(self, connection: Connection) -> None:
        self._client = Client(connection)

    async def ask_for(self, request: dict[str, Any]) -> Status:
        """A procedure. The number of this system makes it one, however often it is asked for.

        When no acts are held at that hour, it is asked for at the first one that the refusal names.
        """
        try:
            body = cast("RequestProcedure", request)
            return await asyncio.to_thread(self._client.request_procedure, body, key=str(uuid.uuid4()))
        except Refused as refusal:
            if refusal.code != "outside_working_time":
                raise
            return await self.ask_for(request | {"scheduled_at": refusal.params["earliest"]})

    async def status(self, procedure: str) -> Status:
        return await asyncio.to_thread(self._client.read_status, procedure)

    async def take_away(self, procedure: str, folder: Path) -> tuple[Path, Path]:
        """The bundle, and the roots to try it with. A system of a court has the roots from elsewhere."""
        bundle, trust = folder / f"{procedure}-bundle.zip", folder / f"{procedure}-trust.zip"
        bundle.write_bytes(await asyncio.to_thread(self._client.download_bundle, procedure))
        trust.write_bytes(await asyncio.to_thread(self._client.download_trust, procedure))
        return bundle, trust

    async def documents(self, procedure: str) -> dict[str, bytes]:
        """Each document with every signature, compared with what the list says of it."""
        found = {}
        for line in await asyncio.to_thread(self._client.list_documents, procedure):
            content = await asyncio.to_thread(self._client.read_document, procedure, line["id"])
            assert hashlib.sha256(content).hexdigest() == line["current"]
            found[line["id"]] = content
        return found
