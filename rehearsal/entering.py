"""Registers outside: people wait where the end that they want says what one answered; in memory one takes all."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from domain.base import Texts
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
REGISTER = Texts({"es": "el registro del ensayo", "en": "the register of the rehearsal"})
RECEIPT = "register_receipt"
"""Code of the document, in types that have something entered."""


async def once_entered(room: Courtroom, outcome: str) -> Procedure:
    """The procedure, once no register keeps it from ending with `outcome`."""
    procedure = await room.procedure()
    while any(one.refusal.declared is OUTCOME_AWAITS_ENTRY for one in missing_for_closing(procedure, outcome)):
        await asyncio.sleep(PAUSE)
        procedure = await room.procedure()
    return procedure


def entered_at_once(procedure: Procedure, receipt: DocumentRef, at: datetime) -> Iterator[Event]:
    """What is due to be entered, asked for and taken in the same moment."""
    name = REGISTER.in_language(procedure.language)
    plan = procedure.type.procedure.document(RECEIPT)
    for number, request in enumerate(entries_to_request(procedure), len(procedure.documents) + 1):
        yield request
        yield RegisterEntryMade(
            id=request.id,
            register_name=name,
            number=f"{at.year}/{number}",
            recorded_at=at,
            receipt=CaseDocument(
                id=f"d{number}",
                code=RECEIPT,
                title=plan.titles.in_language(procedure.language) if plan else name,
                character=DocumentCharacter.DIGITISED_COPY,
                original=receipt,
                current=receipt,
            ),
        )
