"""Reading the chain of a recording back from the store, in which every line has the name of its number."""

import asyncio

from domain.ids import ProcedureId
from domain.ports.documents import DocumentVault
from domain.procedure.recording import KeptLine

_AT_ONCE = 16


def line_name(n: int) -> str:
    """Under which name line `n` is kept."""
    return f"recording-line-{n}"


async def kept_line(vault: DocumentVault, procedure: ProcedureId, n: int) -> KeptLine | None:
    """Line `n`; None when there is none yet."""
    ref = await vault.find(procedure, line_name(n))
    return None if ref is None else KeptLine.model_validate_json(await vault.get(procedure, ref))


async def kept_lines(vault: DocumentVault, procedure: ProcedureId) -> list[KeptLine]:
    """Every line there is, in order."""
    lines: list[KeptLine] = []
    while True:
        numbers = range(len(lines), len(lines) + _AT_ONCE)
        found = await asyncio.gather(*(kept_line(vault, procedure, n) for n in numbers))
        fresh = found[: found.index(None)] if None in found else found
        lines += [line for line in fresh if line is not None]
        if len(fresh) < _AT_ONCE:
            return lines
