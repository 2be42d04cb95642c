"""A malware scanner that knows one harmful program: the test file of the makers of scanners (EICAR)."""

from collections.abc import Sequence

from domain.ports.documents import Scanned
from domain.types.vocabulary import MalwareScan

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
"""In pieces: a scanner that looks at this file has no reason to take it away."""

FOUND = Scanned(outcome=MalwareScan.FOUND, name="Eicar-Test-Signature")


class MemoryScanner:
    """`MalwareScanner`. `answers`: False while nobody is there."""

    def __init__(self) -> None:
        self.answers = True

    async def scan(self, parts: Sequence[bytes]) -> tuple[Scanned, ...]:
        if not self.answers:
            return (Scanned(outcome=MalwareScan.NO_ANSWER),) * len(parts)
        return tuple(FOUND if EICAR in part else Scanned(outcome=MalwareScan.CLEAN) for part in parts)
