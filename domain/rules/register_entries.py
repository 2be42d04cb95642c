"""What is entered in a register outside and when, and what follows from it for the act."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.errors import Refusal
from domain.events.register_entries import RegisterEntryRequested
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.register_entries import RegisterEntry
from domain.procedure.state import Procedure
from domain.refusals.register_entries import DOCUMENT_ENTERED, ENTRY_AWAITED, ENTRY_NUMBER_DIFFERS
from domain.types.document_plan import EntryPlan


def entries_to_request(procedure: Procedure) -> Iterator[RegisterEntryRequested]:
    """Of each document that everybody of its plan has signed and of which its register was not asked yet.

    Law: RDL 6/2023 art. 74.5, the court clerk makes sure that it is entered; LRC art. 44.3, a birth is entered in
    virtue of its declaration.
    """
    if not any(plan.entered_in for plan in procedure.type.procedure.documents):
        return
    asked = {entry.document for entry in procedure.register_entries}
    for document in procedure.standing():
        plan = procedure.type.procedure.document(document.code)
        if plan is None or plan.entered_in is None or document.id in asked or not _signed(procedure, document):
            continue
        if _wants_something_first(procedure, document, plan.entered_in):
            continue
        yield RegisterEntryRequested(
            id=f"{procedure.id}.{document.id}",
            document=document.id,
            where=plan.entered_in.where,
            noted_in=plan.entered_in.noted_in,
            sha256=document.current.sha256,
        )


def waiting_entries(procedure: Procedure) -> tuple[RegisterEntry, ...]:
    return tuple(entry for entry in procedure.register_entries if entry.waiting)


def entry_is_settled(procedure: Procedure, code: str) -> bool:
    """Whether the register has taken the document of that code or is being asked to, which is seen to its end."""
    taken = any(
        entry.refused is None and _stands(procedure, entry) and procedure.document(entry.document).code == code
        for entry in procedure.register_entries
    )
    return taken or any(procedure.document(one.document).code == code for one in entries_to_request(procedure))


def refused_by_register(procedure: Procedure, document: CaseDocument) -> bool:
    return any(entry.refused and entry.document == document.id for entry in procedure.register_entries)


def noted_by_itself(procedure: Procedure) -> Iterator[str]:
    """The items that would note an entry which was made: its number goes into the minutes without them."""
    return (e.noted_in for e in procedure.register_entries if e.number is not None and _stands(procedure, e))


def awaits_number(procedure: Procedure, code: str) -> bool:
    """Whether the item of that code would note what a register is being asked for now."""
    asked = {one.noted_in for one in waiting_entries(procedure)}
    return code in asked or any(one.noted_in == code for one in entries_to_request(procedure))


def noting_is_right(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> None:
    """The item that notes an entry waits for the register, and says what it said."""
    for entry in procedure.register_entries:
        if entry.noted_in != item.code or not _stands(procedure, entry):
            continue
        if entry.waiting:
            raise Refusal(ENTRY_AWAITED, item=item.code)
        if entry.number is not None and values.get("number") != entry.number:
            raise Refusal(ENTRY_NUMBER_DIFFERS, item=item.code, number=entry.number)


def what_is_entered_stands(procedure: Procedure, item: AgendaItem) -> None:
    """Law: RDL 6/2023 art. 74.6, what a register has is revoked there and not written anew here."""
    for entry in procedure.register_entries:
        document = procedure.document(entry.document)
        if document.item == item.id and entry.refused is None and _stands(procedure, entry):
            raise Refusal(DOCUMENT_ENTERED, document=document.title)


def _wants_something_first(procedure: Procedure, document: CaseDocument, plan: EntryPlan) -> bool:
    said = procedure.item(document.item).values if document.item is not None else {}
    return any(said.get(field) in choices for field, choices in plan.unless.items())


def _signed(procedure: Procedure, document: CaseDocument) -> bool:
    asked = procedure.asked_to_sign(document)
    return bool(asked) and all(map(document.signed_by, asked))


def _stands(procedure: Procedure, entry: RegisterEntry) -> bool:
    return not procedure.was_rewritten(procedure.document(entry.document))
