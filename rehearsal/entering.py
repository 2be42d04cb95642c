"""Registers outside: people wait where the end that they want says what one answered; in memory one takes all."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from domain.events import Event
from domain.events.register_entries import RegisterEntryMade
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.refusals.register_entries import OUTCOME_AWAITS_ENTRY
from domain.rules.closing import missing_for_closing
from domain.rules.register_entries import entries_to_request
from domain.types.vocabulary import DocumentCharacter
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


def entered_at_once(procedure: Procedure, receipt: DocumentRef, at: datetime) -> Iterator[Event]:
    """What is due to be entered, asked for and taken in the same moment."""
    for number, request in enumerate(entries_to_request(procedure), len(procedure.documents) + 1):
        yield request
        yield RegisterEntryMade(
            id=request.id,
            register_name=request.where.value,
            number=f"{at.year}/{number}",
            recorded_at=at,
            receipt=CaseDocument(
                id=f"d{number}",
                code="register_receipt",
                title=request.where.value,
                character=DocumentCharacter.DIGITISED_COPY,
                original=receipt,
                current=receipt,
            ),
        )
