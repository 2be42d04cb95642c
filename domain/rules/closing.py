"""What keeps a session from ending: what its agenda owes, who is missing, what is not signed, what an outcome needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.commands import Command
from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.agenda import ITEM_STILL_OPEN, ITEMS_PENDING
from domain.refusals.documents import DOCUMENT_MISSING
from domain.refusals.register_entries import OUTCOME_AWAITS_ENTRY
from domain.refusals.signing import SIGNATURE_PENDING
from domain.refusals.validity import (
    OUTCOME_EXCLUDES_ITEM,
    OUTCOME_NEEDS_DOCUMENT,
    OUTCOME_NEEDS_ITEM,
    OUTCOME_NEEDS_PERSON,
    OUTCOME_NEEDS_SIGNATURE,
)
from domain.rules.admission import declared_now, excluded_now
from domain.rules.common import identified
from domain.rules.register_entries import awaits_number, entry_is_settled, noted_by_itself
from domain.rules.registry_searches import unsearched
from domain.rules.seats import acts_rightly
from domain.rules.validity import HERE, lacking_presence, line_of, presiding, title_of
from domain.types.validity import OutcomeRule
from domain.types.vocabulary import DocumentSource, ItemState


@dataclass(frozen=True)
class Missing:
    """One thing without which the session cannot end."""

    refusal: Refusal
    """What whoever tries all the same is told."""
    outcome: str | None = None
    """The only end that it keeps from; None where it keeps from every end."""


def missing_for_closing(procedure: Procedure, outcome: str | None = None) -> tuple[Missing, ...]:
    """Everything that keeps the session from ending with `outcome`; without one, from ending in any of its ways."""
    common = (*_agenda(procedure), *_identities(procedure), *_documents(procedure), *lacking_presence(procedure, None))
    declared = declared_now(procedure)
    ends = [outcome] if outcome else list(procedure.type.procedure.outcomes)
    of_ends = [
        Missing(refusal, end)
        for end in ends
        for rule in procedure.type.procedure.validity.of_outcome(end)
        if rule.holds(declared)
        for refusal in _of_outcome(procedure, rule)
    ]
    return (*_excluded(procedure, ends), *(Missing(refusal) for refusal in common), *of_ends)


def closing_is_valid(procedure: Procedure, command: Command, outcome: str) -> None:
    """Raises the refusal of the first thing that is missing."""
    presiding(procedure, command)
    acts_rightly(procedure, command)
    for missing in missing_for_closing(procedure, outcome):
        raise missing.refusal


def _excluded(procedure: Procedure, ends: list[str]) -> Iterator[Missing]:
    admission = procedure.type.procedure.validity.admission
    refusal = excluded_now(procedure)
    if admission and refusal:
        yield from (Missing(refusal, end) for end in ends if end not in admission.ends_as)


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


def _of_outcome(procedure: Procedure, rule: OutcomeRule) -> Iterator[Refusal]:
    law = rule.legal_basis
    for code in rule.appeared:
        if not any(person.role == code for person in appeared(procedure)):
            said = procedure.role(code).titles.in_language(procedure.language)
            yield Refusal(OUTCOME_NEEDS_PERSON, outcome=rule.outcome, role=code, said=said, law=law)
    done = {item.code for item in procedure.agenda if _gives_something(procedure, item)}
    done |= set(noted_by_itself(procedure))
    owed = {item.code for item in procedure.agenda if item.person and _is_missed(procedure, item)}
    for code in rule.done:
        if code not in done or code in owed:
            said = title_of(procedure, code)
            if awaits_number(procedure, code):
                yield Refusal(OUTCOME_AWAITS_ENTRY, outcome=rule.outcome, item=code, said=said, law=law)
                continue
            yield Refusal(OUTCOME_NEEDS_ITEM, outcome=rule.outcome, item=code, said=said, law=law)
    by_all = (code for code in rule.not_all if code in done and code not in owed)
    for code in (*(one for one in rule.without if one in done), *by_all):
        said = title_of(procedure, code)
        yield Refusal(OUTCOME_EXCLUDES_ITEM, outcome=rule.outcome, item=code, said=said, law=law)
    for code in rule.signed:
        yield from _unsigned(procedure, rule, code)
    yield from _of_registers(procedure, rule, done)


def _of_registers(procedure: Procedure, rule: OutcomeRule, done: set[str]) -> Iterator[Refusal]:
    for code in rule.entered:
        yield from _unentered(procedure, rule, code, done)
    for code in rule.searched:
        yield from unsearched(procedure, rule, code, done)


def _is_missed(procedure: Procedure, item: AgendaItem) -> bool:
    """An item of somebody's own gave nothing; of whoever never came, nothing is missed once enough others did come."""
    person = procedure.participant(str(item.person))
    came = [other for other in appeared(procedure) if other.role == person.role]
    enough = len(came) >= max(1, procedure.type.procedure.role(person.role).minimum)
    return not _gives_something(procedure, item) and (procedure.appeared(person) or not enough)


def _gives_something(procedure: Procedure, item: AgendaItem) -> bool:
    return item.state is ItemState.DONE and not procedure.type.item(item.code).is_void(item.values)


def _unsigned(procedure: Procedure, rule: OutcomeRule, code: str) -> Iterator[Refusal]:
    plan = procedure.type.procedure.document(code)
    said = plan.titles.in_language(procedure.language) if plan else code
    written = [document for document in procedure.standing() if document.code == code]
    if not written:
        yield Refusal(OUTCOME_NEEDS_DOCUMENT, outcome=rule.outcome, document=code, said=said, law=rule.legal_basis)
        return
    of_each = [document for document in written if _own_point(procedure, document)]
    for document, person in ((one, person) for one in of_each or written[-1:] for person in bound_by(procedure, one)):
        if not document.signed_by(person.id):
            yield Refusal(
                OUTCOME_NEEDS_SIGNATURE,
                outcome=rule.outcome,
                document=code,
                signer=person.id,
                said=said,
                law=rule.legal_basis,
            )


def _unentered(procedure: Procedure, rule: OutcomeRule, code: str, done: set[str]) -> Iterator[Refusal]:
    """What the register did not take is entered by hand, and noted."""
    plan = procedure.type.procedure.document(code)
    noted_in = plan.entered_in.noted_in if plan and plan.entered_in else ""
    if noted_in not in done and not entry_is_settled(procedure, code):
        said = title_of(procedure, noted_in)
        yield Refusal(OUTCOME_NEEDS_ITEM, outcome=rule.outcome, item=noted_in, said=said, law=rule.legal_basis)


def _own_point(procedure: Procedure, document: CaseDocument) -> bool:
    """Written from an item that one person has of their own: that of each has to be signed."""
    return document.item is not None and procedure.item(document.item).person is not None


def appeared(procedure: Procedure) -> tuple[Participant, ...]:
    """Everybody who has been let in, on this day or on an earlier one."""
    return tuple(person for person in procedure.participants if procedure.appeared(person))


def bound_by(procedure: Procedure, document: CaseDocument) -> tuple[Participant, ...]:
    """Whoever appeared among those whom the plan wants on the document (law: LJV art. 145.3, those who appear sign)."""
    signers = set(procedure.signers_of(document))
    return tuple(person for person in appeared(procedure) if person.id in signers)
