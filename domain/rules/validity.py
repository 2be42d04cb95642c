"""Whether what is done is valid: who must be there, who presides, what comes first, what an end needs.

A type says it in its `validity`, and each line names its article. A type that says nothing is asked nothing: so are
procedures that began before types could say it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.commands import Command
from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.refusals.agenda import ITEM_STILL_OPEN, ITEMS_PENDING
from domain.refusals.documents import DOCUMENT_MISSING
from domain.refusals.signing import SIGNATURE_PENDING
from domain.refusals.validity import (
    ITEM_REQUIRED,
    ITEM_TOO_EARLY,
    OATH_NOT_TAKEN,
    OUTCOME_EXCLUDES_ITEM,
    OUTCOME_NEEDS_DOCUMENT,
    OUTCOME_NEEDS_ITEM,
    OUTCOME_NEEDS_PERSON,
    OUTCOME_NEEDS_SIGNATURE,
    PRESENCE_MISSING,
    PRESENCE_NOT_LIVE,
    PRESIDES_ONLY,
)
from domain.rules.common import identified
from domain.types.agenda_plan import PlannedItem
from domain.types.validity import OutcomeRule
from domain.types.vocabulary import DocumentSource, ItemState, Verb

HERE = (Presence.ADMITTED, Presence.CONNECTED)
LET_IN = {Presence.ADMITTED, Presence.LOST, Presence.LEFT}
"""Admitted, and no image or sound comes from them now."""
NEEDS_NOBODY = (Verb.NOTE, Verb.PAUSE, Verb.ADJOURN)
"""What tells of somebody's absence, or stops for it, can be done without them."""


@dataclass(frozen=True)
class Missing:
    """One thing without which the session cannot end."""

    refusal: Refusal
    """What whoever tries all the same is told."""
    outcome: str | None = None
    """The only end that it keeps from; None where it keeps from every end."""


def missing_for_closing(procedure: Procedure, outcome: str | None = None) -> tuple[Missing, ...]:
    """Everything that keeps the session from ending with `outcome`; without one, from ending in any of its ways."""
    common = (*_agenda(procedure), *_identities(procedure), *_documents(procedure), *_presence(procedure, None))
    ends = [outcome] if outcome else list(procedure.type.procedure.outcomes)
    of_ends = [
        Missing(refusal, end)
        for end in ends
        for rule in procedure.type.procedure.validity.of_outcome(end)
        for refusal in _of_outcome(procedure, rule)
    ]
    return (*(Missing(refusal) for refusal in common), *of_ends)


def closing_is_valid(procedure: Procedure, command: Command, outcome: str) -> None:
    """Raises the refusal of the first thing that is missing."""
    presiding(procedure, command)
    for missing in missing_for_closing(procedure, outcome):
        raise missing.refusal


def presiding(procedure: Procedure, command: Command) -> None:
    """Raises `Refusal('presides_only')`."""
    presides = procedure.type.procedure.validity.presides
    seat = command.author.participant
    if presides and (seat is None or procedure.participant(seat).role != presides.role):
        role = procedure.type.procedure.role(presides.role)
        said = role.titles.in_language(procedure.language)
        raise Refusal(PRESIDES_ONLY, role=role.code, said=said, law=presides.legal_basis)


def item_is_valid(procedure: Procedure, command: Command, item: AgendaItem) -> None:
    """Whether `item` may be opened, or done, by this person with those who are there."""
    verb = procedure.type.item(item.code).verb
    if verb is Verb.RULE:
        presiding(procedure, command)
    if verb not in NEEDS_NOBODY:
        for refusal in _presence(procedure, item):
            raise refusal
    for rule in procedure.type.procedure.validity.order:
        if item.code in rule.then:
            _comes_after(procedure, item, rule.first, rule.legal_basis)


def _comes_after(procedure: Procedure, item: AgendaItem, first: str, law: str) -> None:
    for other in procedure.agenda:
        if other.code == first and other.state not in (ItemState.DONE, ItemState.SKIPPED):
            said = title_of(procedure, first)
            raise Refusal(ITEM_TOO_EARLY, item=item.code, first=first, said=said, law=law)


def skipping_is_valid(procedure: Procedure, item: AgendaItem) -> None:
    """Raises `Refusal('item_required')`."""
    line = line_of(procedure, item)
    if line is not None and line.required:
        said = title_of(procedure, item.code)
        raise Refusal(ITEM_REQUIRED, item=item.code, said=said, law=line.legal_basis or "")


def sworn(procedure: Procedure, item: AgendaItem, participant: str) -> None:
    """Law: LEC art. 365; each witness swears or promises. A refusal is recorded, and is no oath."""
    for other in procedure.agenda:
        kind = procedure.type.item(other.code)
        if other.state is not ItemState.DONE or kind.verb is not Verb.SWEAR or kind.is_void(other.values):
            continue
        if kind.about is None or other.values.get(kind.about) == participant:
            return
    name = procedure.participant(participant).name
    raise Refusal(OATH_NOT_TAKEN, item=item.code, participant=participant, said=name)


def line_of(procedure: Procedure, item: AgendaItem) -> PlannedItem | None:
    """The line of the plan that `item` stands for; None for a point that was added."""
    planned = procedure.type.procedure.agenda.planned
    place = procedure.agenda.index(item)
    return planned[place] if place < len(planned) else None


def title_of(procedure: Procedure, code: str) -> str:
    return procedure.type.item(code).titles.in_language(procedure.language)


# -- what keeps a session from ending ----------------------------------------------------------------------------------


def _agenda(procedure: Procedure) -> Iterator[Refusal]:
    if open_item := procedure.open_item():
        yield Refusal(ITEM_STILL_OPEN, item=open_item.code)
    planned = [item for item in procedure.agenda if _is_owed(procedure, item)]
    put_off = [item for item in procedure.agenda if item.state is ItemState.SUSPENDED]
    waiting = list(dict.fromkeys(item.code for item in (*planned, *put_off)))
    if waiting:
        yield Refusal(ITEMS_PENDING, items=waiting)


def _is_owed(procedure: Procedure, item: AgendaItem) -> bool:
    line = line_of(procedure, item)
    return item.state in (ItemState.PLANNED, ItemState.SUSPENDED) and line is not None and not line.optional


def _identities(procedure: Procedure) -> Iterator[Refusal]:
    for person in procedure.citizens:
        if person.presence in HERE:
            try:
                identified(procedure, person)
            except Refusal as refusal:
                yield refusal


def _documents(procedure: Procedure) -> Iterator[Refusal]:
    for document in procedure.documents:
        for signer in procedure.asked_to_sign(document):
            if not document.signed_by(signer) and signer not in document.refusals:
                yield Refusal(SIGNATURE_PENDING, document=document.title, signer=signer)
    present = {document.code for document in procedure.documents}
    for plan in procedure.type.procedure.documents:
        if plan.required and plan.source is DocumentSource.DEPOSITED and plan.code not in present:
            yield Refusal(DOCUMENT_MISSING, document=plan.code)


def _presence(procedure: Procedure, item: AgendaItem | None) -> Iterator[Refusal]:
    """Law: LEC art. 137 and its like; for a point, or for the whole act where `item` is None.

    Whoever has been let in is present by image and sound alone (LOPJ art. 229.3, LEC art. 137 bis.1).
    """
    for rule in procedure.type.procedure.validity.presence:
        if rule.items and (item is None or item.code not in rule.items):
            continue
        for code in rule.roles:
            found = {person.presence for person in procedure.participants if person.role == code}
            if Presence.CONNECTED not in found:
                missing = PRESENCE_NOT_LIVE if found & LET_IN else PRESENCE_MISSING
                said = procedure.type.procedure.role(code).titles.in_language(procedure.language)
                yield Refusal(missing, role=code, said=said, law=rule.legal_basis)


def _of_outcome(procedure: Procedure, rule: OutcomeRule) -> Iterator[Refusal]:
    law = rule.legal_basis
    for code in rule.appeared:
        if not any(person.role == code for person in appeared(procedure)):
            said = procedure.type.procedure.role(code).titles.in_language(procedure.language)
            yield Refusal(OUTCOME_NEEDS_PERSON, outcome=rule.outcome, role=code, said=said, law=law)
    done = {item.code for item in procedure.agenda if _gives_something(procedure, item)}
    for code in rule.done:
        if code not in done:
            said = title_of(procedure, code)
            yield Refusal(OUTCOME_NEEDS_ITEM, outcome=rule.outcome, item=code, said=said, law=law)
    for code in rule.without:
        if code in done:
            said = title_of(procedure, code)
            yield Refusal(OUTCOME_EXCLUDES_ITEM, outcome=rule.outcome, item=code, said=said, law=law)
    for code in rule.signed:
        yield from _unsigned(procedure, rule, code)


def _gives_something(procedure: Procedure, item: AgendaItem) -> bool:
    return item.state is ItemState.DONE and not procedure.type.item(item.code).is_void(item.values)


def _unsigned(procedure: Procedure, rule: OutcomeRule, code: str) -> Iterator[Refusal]:
    plan = procedure.type.procedure.document(code)
    said = plan.titles.in_language(procedure.language) if plan else code
    written = [document for document in procedure.standing() if document.code == code]
    if not written:
        yield Refusal(OUTCOME_NEEDS_DOCUMENT, outcome=rule.outcome, document=code, said=said, law=rule.legal_basis)
        return
    for person in bound_by(procedure, written[-1]):
        if not written[-1].signed_by(person.id):
            yield Refusal(
                OUTCOME_NEEDS_SIGNATURE,
                outcome=rule.outcome,
                document=code,
                signer=person.id,
                said=said,
                law=rule.legal_basis,
            )


def appeared(procedure: Procedure) -> tuple[Participant, ...]:
    """Everybody who has been let in, on this day or on an earlier one."""
    return tuple(person for person in procedure.participants if procedure.appeared(person))


def bound_by(procedure: Procedure, document: CaseDocument) -> tuple[Participant, ...]:
    """Whoever appeared among those whom the plan wants on the document (law: LJV art. 145.3, those who appear sign)."""
    signers = set(procedure.signers_of(document))
    return tuple(person for person in appeared(procedure) if person.id in signers)
