"""Scripted people wait for a register outside, where the end that they want says what it answered."""

import asyncio

from domain.procedure.state import Procedure
from domain.refusals.register_entries import OUTCOME_AWAITS_ENTRY
from domain.rules.closing import missing_for_closing
from rehearsal.courtroom import Courtroom

PAUSE = 0.1
"""Seconds before it is looked again."""


async def once_entered(room: Courtroom, outcome: str) -> Procedure:
    """The procedure, once no register keeps it from ending with `outcome`."""
    procedure = await room.procedure()
    while any(one.refusal.declared is OUTCOME_AWAITS_ENTRY for one in missing_for_closing(procedure, outcome)):
        await asyncio.sleep(PAUSE)
        procedure = await room.procedure()
    return procedure
