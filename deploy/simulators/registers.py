"""Simulators of registers: each entry under the id of whoever sent it, once, with its receipt, and its number.

What a register wants of an entry, and what its receipt says, is its own (`Book`).
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deploy.simulators import serving
from deploy.simulators.keeping import SAFE, Folders, read, written
from deploy.simulators.papers import paper

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


class NotTaken(Exception):
    """`code` is what the simulator calls it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Book:
    """One register."""

    name: str
    sign: str
    """What its numbers begin with."""
    said: str
    """The sentence of its receipts."""
    check: Callable[[Mapping[str, Any], date], None]
    """Raises `NotTaken` for an entry that lacks what the law wants in it."""
    rows: Callable[[Mapping[str, Any]], list[tuple[str, str]]]
    """What a receipt tells of an entry."""
    receipt: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda told: {}
    """What the receipt has besides, as data."""


@dataclass(frozen=True)
class Entry:
    told: Mapping[str, Any]
    """As whoever sent it says."""
    receipt: Mapping[str, Any]
    folder: Path


class Store:
    """The entries of one directory."""

    def __init__(self, directory: Path) -> None:
        self._entries = Folders(directory / "entries")

    def find(self, id: str) -> Entry | None:
        folder = self._entries.find(id)
        return None if folder is None else _entry(folder)

    def every(self) -> list[Entry]:
        return [_entry(folder) for folder in self._entries.every()]

    def of_document(self, sha256: str) -> Entry | None:
        return next((one for one in self.every() if one.told["document_sha256"] == sha256), None)

    def numbered(self, number: str) -> Entry | None:
        return next((one for one in self.every() if one.receipt["number"] == number), None)

    async def enter(self, book: Book, id: str, told: Mapping[str, Any]) -> Entry:
        at = datetime.now(UTC)
        number = f"{book.sign}-{at.year}-{hashlib.sha256(id.encode()).hexdigest()[:10].upper()}"
        receipt = {
            "id": id,
            "register_name": book.name,
            "number": number,
            "document_sha256": told["document_sha256"],
            "recorded_at": at.isoformat(),
            **book.receipt(told),
        }
        rows = [("Número de inscripción", number), ("Inscrito", f"{at:%d/%m/%Y %H:%M:%S} UTC"), *book.rows(told)]
        rows += [("Huella del documento", str(told["document_sha256"]))]
        pdf = await paper("Justificante de inscripción", book.name, number, book.said, rows, at)
        papers = {"entry.json": written(told), "receipt.json": written(receipt), "receipt.pdf": pdf}
        return _entry(self._entries.keep(id, papers))


def _entry(folder: Path) -> Entry:
    return Entry(read(folder, "entry"), read(folder, "receipt"), folder)


def malformed() -> JSONResponse:
    return JSONResponse({"code": "malformed"}, 422)


async def told_in(request: Request) -> dict[str, Any] | None:
    """What is told under an id that may be one; None for anything else."""
    try:
        told = json.loads(await request.body())
    except ValueError:
        return None
    return told if SAFE.fullmatch(request.path_params["id"]) and isinstance(told, dict) else None


class Pages:
    """The interface that every register has."""

    def __init__(self, directory: Path, book: Book) -> None:
        self._directory = directory
        self._book = book
        self.store = Store(directory)
        self._entering = asyncio.Lock()

    async def enter(self, request: Request) -> Response:
        """The same id with the same entry has the receipt of the first time; with another one it is refused."""
        id, told = request.path_params["id"], await told_in(request)
        if told is None:
            return malformed()
        async with self._entering:
            entered = self.store.find(id)
            try:
                if entered is not None and entered.told != told:
                    raise NotTaken("another_under_this_id")
                entered = entered or await self._entered(id, told)
            except NotTaken as refused:
                return JSONResponse({"code": refused.code}, 422)
        return serving.receipted(self._directory, entered.receipt, document_sha256="0" * 64)

    async def _entered(self, id: str, told: Mapping[str, Any]) -> Entry:
        book = self._book_of(told)
        book.check(told, today())
        if not re.fullmatch("[0-9a-f]{64}", str(told.get("document_sha256"))):
            raise NotTaken("document")
        if self.store.of_document(told["document_sha256"]) is not None:
            raise NotTaken("entered_already")
        return await self.store.enter(book, id, told)

    def _book_of(self, told: Mapping[str, Any]) -> Book:
        """Where a register enters more than one kind of thing, which this one is."""
        return self._book

    def receipt(self, request: Request) -> Response:
        entered = self.store.find(request.path_params["id"])
        return serving.receipt_page(entered.folder if entered else None)

    def answers(self) -> dict[tuple[str, str], serving.Answer]:
        return {("PUT", "/entries/{id}"): self.enter, ("GET", "/entries/{id}/receipt.pdf"): self.receipt}


def today() -> date:
    return datetime.now(UTC).date()


def is_said(told: Mapping[str, Any], name: str) -> bool:
    return isinstance(told.get(name), str) and bool(told[name].strip())


def plain_number(number: str) -> str:
    """An identity document, however it is spaced."""
    return re.sub(r"[ .\-]", "", number).upper()


def is_number(number: str) -> bool:
    """A DNI or NIE whose letter fits, or something with three figures: the document of another country."""
    plain = plain_number(number)
    if found := re.fullmatch(r"([XYZ]?)(\d{7,8})([A-Z])", plain):
        figures = int(f"{'XYZ'.index(found[1]) if found[1] else ''}{found[2]}")
        return LETTERS[figures % 23] == found[3]
    return sum(map(str.isdigit, plain)) >= 3
