"""What somebody brings as evidence, judged by the verifier that everybody has."""

from collections.abc import Mapping
from typing import Protocol


class EvidenceReports(Protocol):
    async def report(self, evidence: bytes, trust: Mapping[str, bytes], kind: str, language: str) -> bytes:
        """The report for a judge (`pdf` or `html`) on a bundle or on minutes alone, whatever the bytes are.

        `trust` is a trust folder by its names. Nothing is kept. Raises `Refusal('evidence_takes_too_much')`.
        """
