"""The checks of the verifier, one module each, in the order in which they run.

A check is a generator of findings over an opened bundle and the verifier's trust. It may raise `Malformed`,
which becomes a finding that names the object.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from evidence.findings import Finding, Result
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["CLOCKS", "Check", "Findings", "NumberedCheck", "shown"]

CLOCKS: Final = timedelta(minutes=2)
"""By how much two clocks may differ that are both set by a time server: server, authority, chain."""

Findings: TypeAlias = Iterator[Finding]
Check: TypeAlias = Callable[[OpenedBundle, Trust], Findings]


def shown(moment: datetime) -> str:
    """An instant as people read it, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


class NumberedCheck:
    """Makes the findings of one check."""

    def __init__(self, check: str) -> None:
        self.check = check

    def passed(self, where: str, code: str, **parameters: str | int) -> Finding:
        return Finding(self.check, Result.PASS, where, code, parameters)

    def failed(self, where: str, code: str, **parameters: str | int) -> Finding:
        return Finding(self.check, Result.FAIL, where, code, parameters)

    def undecided(self, where: str, code: str, **parameters: str | int) -> Finding:
        return Finding(self.check, Result.INDETERMINATE, where, code, parameters)

    def warned(self, where: str, code: str, **parameters: str | int) -> Finding:
        return Finding(self.check, Result.WARNING, where, code, parameters)
