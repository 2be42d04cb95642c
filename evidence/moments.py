"""Instants as people read them: the legal time of the peninsula, with UTC beside it."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["clock", "instant", "written"]

ZONE: Final = "Europe/Madrid"


def instant(at: str) -> str:
    """On one line; nothing of an instant that is not told."""
    if not at:
        return ""
    local, utc = _both(at)
    return f"{utc:%Y-%m-%d %H:%M:%S} UTC" if local is None else f"{local:%Y-%m-%d %H:%M:%S %Z} ({utc:%H:%M:%S} UTC)"


def written(at: str) -> str:
    """On one line, as in a letter."""
    return clock(at).replace("\n", " (") + (")" if "\n" in clock(at) else "")


def clock(at: str) -> str:
    """In a table: one above the other."""
    if not at:
        return "—"
    local, utc = _both(at)
    return f"{utc:%d/%m/%Y %H:%M:%S} UTC" if local is None else f"{local:%d/%m/%Y %H:%M:%S}\n{utc:%H:%M:%S} UTC"


def _both(at: str) -> tuple[datetime | None, datetime]:
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(ZONE)), moment.astimezone(UTC)
    except (ZoneInfoNotFoundError, OverflowError):  # a machine without the table of time zones
        return None, moment.astimezone(UTC)
