"""The `EvidenceReports` port: one limited process a report, two at once at most."""

from collections.abc import Mapping

from adapters.limited.processes import LimitedProcesses
from domain.errors import Refusal
from domain.refusals.evidence import EVIDENCE_TAKES_TOO_MUCH

PROGRAM = "adapters.reports.process"
AT_ONCE = 2
"""Whoever checks may wait; whoever holds an act on the same machine may not."""


class LimitedReports:
    """`seconds` a report may take by the clock."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._processes = LimitedProcesses(PROGRAM, AT_ONCE)

    async def report(self, evidence: bytes, trust: Mapping[str, bytes], kind: str, language: str) -> bytes:
        job = {"kind": f".{kind}", "language": language, "trust": list(trust)}
        ending = await self._processes.run(job, [evidence, *trust.values()], self._seconds)
        if "result" not in ending.said:
            raise Refusal(EVIDENCE_TAKES_TOO_MUCH)
        return ending.made

    async def close(self) -> None:
        await self._processes.close()
