"""How the parts of the local stack are: a table when asked, a line when something changes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from deploy.part import Part
from deploy.probes import NotReady
from deploy.supervisor import ProcessState

HEADINGS = ("part", "health", "pid", "address")


def reason_unhealthy(part: Part, state: ProcessState) -> str:
    """Why the part cannot serve now; empty when it can."""
    if not state.pid:
        return state.said if state.state in ("BACKOFF", "FATAL") else state.state.lower()
    try:
        part.probe()
    except NotReady as reason:
        return str(reason)
    return ""


def table(parts: Iterable[Part], states: Mapping[str, ProcessState]) -> str:
    """One line for each part: its health, its process and where a person finds it."""
    rows = [HEADINGS]
    for part in parts:
        state = states[part.name]
        rows.append((part.name, reason_unhealthy(part, state) or "healthy", str(state.pid or "–"), part.address))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


class Changes:
    """Remembers how every part was, and says what is different now."""

    def __init__(self) -> None:
        self._pids: dict[str, int] = {}
        self._reasons: dict[str, str] = {}

    def since_last_look(self, parts: Mapping[str, Part], states: Mapping[str, ProcessState]) -> list[str]:
        """Lines for people; nothing at the first look at a part."""
        lines = []
        for name, part in parts.items():
            state, reason = states[name], reason_unhealthy(part, states[name])
            known = name in self._reasons
            if known and state.pid and self._pids[name] and state.pid != self._pids[name]:
                lines.append(f"{name} died and was started again (pid {self._pids[name]}, now {state.pid})")
            if known and reason != self._reasons[name]:
                lines.append(f"{name} is healthy again" if not reason else f"{name}: {reason}")
            # The last living pid is remembered through the moment in which there is none.
            self._pids[name] = state.pid or self._pids.get(name, 0)
            self._reasons[name] = reason
        return [f"{datetime.now().astimezone():%H:%M:%S}  {line}" for line in lines]
