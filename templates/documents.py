"""Documents that the platform writes from the agenda (agreement, statement, consent, slip) and receipts of deposits.

A plan whose template has no skeleton is served by `general`, which lists the fields of the item: a new one needs no
Python.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.minutes import WrittenDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.document_plan import DocumentPlan
from domain.types.item_type import FieldKind
from domain.types.territory import Administration
from domain.types.vocabulary import Side
from templates.facts import Attendee
from templates.items import ItemWriter
from templates.minutes import open_words
from templates.page import skeleton, written
from templates.people import NameRedactor
from templates.record import Record
from templates.trail import Trail
from templates.words import Words

FOLDER = "documents"


def write_document(
    plan: DocumentPlan,
    procedure: Procedure,
    administration: Administration,
    item: AgendaItem | None,
    at: datetime,
    language: str,
) -> WrittenDocument:
    """The words of a planned document from a done item, as at `at`."""
    words = Words(language, administration.time_zone(procedure.office))
    record = Record(procedure, administration, Trail(()), words)
    record.whole_numbers = True
    kind = procedure.type.procedure
    signers = {role for line in kind.signatures if line.document == plan.code for role in line.signers}
    title = plan.titled(item.values if item else {})
    if item and plan.only:
        item = item.but(values={name: value for name, value in item.values.items() if name in plan.only})
    fields = ItemWriter(procedure, words).fields(item) if item else ()
    return _written(
        plan.template,
        record,
        words,
        title=title.in_language(words.language),
        title_follows_answer=bool(plan.titles_when),
        at=at,
        fields=fields,
        told=defaultdict(str, {field.name: field.text for field in fields}),
        values=defaultdict(str, item.values if item else {}),
        subjects=_subjects(record, item, signers),
        signed_by_citizens=any(role.code in signers for role in kind.roles if role.side is not Side.AUTHORITY),
    )


def write_receipt(
    document: CaseDocument, procedure: Procedure, administration: Administration, at: datetime, language: str
) -> WrittenDocument:
    """The receipt of a deposit (law: RDL 6/2023 art. 41.2): what, whose, when, and the hash to compare it by."""
    words = Words(language, administration.time_zone(procedure.office))
    record = Record(procedure, administration, Trail(()), words)
    return _written("receipt", record, words, document=document, depositor=record.name(document.depositor), at=at)


def write_from(
    name: str, procedure: Procedure, administration: Administration, language: str, **facts: Any
) -> WrittenDocument:
    """What the skeleton of that name says of `facts`."""
    words = Words(language, administration.time_zone(procedure.office))
    return _written(name, Record(procedure, administration, Trail(()), words), words, **facts)


def _written(name: str | None, record: Record, words: Words, **facts: Any) -> WrittenDocument:
    redact = NameRedactor(record.procedure, words.language, open_words(record))
    page = written(skeleton(FOLDER, name), redact, words, record=record, **facts)
    return WrittenDocument(
        title=page.title,
        language=words.language,
        administration=record.administration.names.in_language(words.language),
        body=record.body_name,
        reference=page.reference or redact(record.class_and_number),
        blocks=tuple(page.blocks),
    )


def _subjects(record: Record, item: AgendaItem | None, signers: set[str]) -> tuple[Attendee, ...]:
    """Whom the document is about: who signs it, else who is named in the item, else the citizens who came."""
    procedure = record.procedure
    citizens = [person for person in procedure.participants if procedure.role_of(person).side is not Side.AUTHORITY]
    named = _named(procedure, item)
    chosen: list[Participant] = (
        [person for person in citizens if person.role in signers]
        or [person for person in citizens if person.id in named]
        or citizens
    )
    return tuple(record.attendee(person) for person in chosen if person.admitted_at)


def _named(procedure: Procedure, item: AgendaItem | None) -> set[str]:
    if item is None:
        return set()
    fields = procedure.type.item(item.code).fields
    return {str(item.values.get(field.name)) for field in fields if field.kind is FieldKind.PARTICIPANT}
