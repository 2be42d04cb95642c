"""Requests to the one address of a network scanner: bounded in size and time, never led elsewhere, never unpacked."""

import asyncio
import re
from argparse import ArgumentTypeError
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import aiohttp

from scanning.scanner import ScannerTrouble

CHUNK = 64 * 1024
PATH = re.compile(r"/[A-Za-z0-9/_.~:%-]{0,500}")


@dataclass(frozen=True)
class Address:
    """Of a scanner, as whoever administers the office's computers told it."""

    origin: str
    """`http://192.0.2.7:8080`"""
    root: str
    """`/eSCL`"""

    @classmethod
    def told(cls, url: str) -> Self:
        parts = urlsplit(url)
        try:
            sound = parts.hostname and parts.port != 0 and not (parts.username or parts.query or parts.fragment)
        except ValueError:
            sound = False
        if parts.scheme not in ("http", "https") or not sound or not PATH.fullmatch(parts.path or "/"):
            raise ArgumentTypeError(f"not the address of a scanner: {url}")
        return cls(f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/"))

    def __str__(self) -> str:
        return self.origin + self.root

    def path_of(self, location: str) -> str:
        """The path of something under this address. Raises `ScannerTrouble` when it is not.

        Scar: scanners name themselves by addresses at which nobody reaches them, so whose it is said to be is ignored.
        """
        path = urlsplit(location).path
        if not PATH.fullmatch(path) or not path.startswith(f"{self.root}/") or ".." in path or "%" in path:
            raise ScannerTrouble("scanner_garbled")
        return path.rstrip("/").removeprefix(self.root)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    media_type: str
    location: str
    retry_after: float
    """Seconds, 0 where it says nothing of it."""


class Requests:
    """To one scanner. Every one raises `ScannerTrouble`: `scanner_silent`, `page_too_large` or `scanner_refuses`."""

    def __init__(self, address: Address, silence: float, longest: float) -> None:
        """`silence`: seconds without a byte; `longest`: seconds that a whole answer may take."""
        self._address = address
        self._timeout = aiohttp.ClientTimeout(total=longest, sock_connect=min(silence, 10.0), sock_read=silence)

    async def ask(self, method: str, path: str, largest: int, body: bytes | None = None) -> Answer:
        headers = {"Accept-Encoding": "identity"} | ({"Content-Type": "text/xml"} if body else {})
        try:
            async with (
                # A connection of its own each time: many scanners forget those that wait.
                aiohttp.ClientSession(trust_env=False, auto_decompress=False, timeout=self._timeout) as session,
                session.request(
                    method, str(self._address) + path, data=body, headers=headers, allow_redirects=False
                ) as answer,
            ):
                content = bytearray()
                async for piece in answer.content.iter_chunked(CHUNK):
                    content += piece
                    if len(content) > largest:
                        raise ScannerTrouble("page_too_large")
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError, ValueError) as away:
            raise ScannerTrouble("scanner_silent") from away
        if answer.status in (401, 403):
            raise ScannerTrouble("scanner_refuses")
        return Answer(
            answer.status,
            bytes(content),
            answer.content_type,
            answer.headers.get("Location", ""),
            seconds(answer.headers.get("Retry-After", "")),
        )


def seconds(told: str) -> float:
    return float(told) if re.fullmatch(r"\d{1,4}", told) else 0.0
