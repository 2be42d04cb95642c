"""Registers outside: people wait where the end that they want says what one answered; in memory one takes all."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

from domain.base import Texts
from domain.commands import FillItem, OpenItem, Receipt
from domain.errors import Refusal
from domain.events import Event
from domain.events.register_entries import RegisterEntryMade
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.refusals.register_entries import OUTCOME_AWAITS_ENTRY
from domain.refusals.validity import OUTCOME_NEEDS_ITEM
from domain.rules.closing import missing_for_closing
from domain.rules.register_entries import entries_to_request
from domain.types.vocabulary import DocumentCharacter
from rehearsal.courtroom import Courtroom
from rehearsal.plausible import plausible_values
from rehearsal.presiding import presiding

PAUSE = 0.1
"""Seconds before it is looked again."""
REGISTER = Texts({"es": "el registro del ensayo", "en": "the register of the rehearsal"})
RECEIPT = "register_receipt"
"""Code of the document, in types that have something entered."""


async def once_entered(room: Courtroom, outcome: str, say: Callable[..., Awaitable[Receipt]]) -> Procedure:
    """The procedure, once no register keeps it from ending with `outcome`: what one refuses is entered by hand."""
    while True:
        procedure = await room.procedure()
        missing = [one.refusal for one in missing_for_closing(procedure, outcome)]
        if by_hand := _by_hand(procedure, missing):
            values = plausible_values(procedure.type.item(by_hand.code), procedure, by_hand)
            await say(presiding(procedure), OpenItem, item=by_hand.id)
            await say(presiding(procedure), FillItem, item=by_hand.id, values=values, done=True)
        elif any(one.declared is OUTCOME_AWAITS_ENTRY for one in missing):
            await asyncio.sleep(PAUSE)
        else:
            return procedure


def _by_hand(procedure: Procedure, missing: list[Refusal]) -> AgendaItem | None:
    """The item that has to note what its register refused."""
    wanted = {one.params["item"] for one in missing if one.declared is OUTCOME_NEEDS_ITEM}
    refused = {one.noted_in for one in procedure.register_entries if one.refused} & wanted
    return next((one for one in procedure.agenda if one.code in refused), None)


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
