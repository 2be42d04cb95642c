"""The judicial electronic file of one procedure: every document in order, an index under the seal of the body, one ZIP.

Law: RDL 6/2023 art. 47.3, the index keeps the file whole. It is made once, when the record is compiled, and opens with
nothing of ours.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from activities.eni import (
    MINUTES_TYPE,
    ORIGINAL,
    OTHER_STATE,
    OTHER_TYPE,
    RECEIPT_TYPE,
    FileMetadata,
    IndexedDocument,
    document_xml,
    file_xml,
    index_xml,
)
from domain.journal.chain import JournalEntry
from domain.ports.documents import DocumentVault
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import Side
from evidence.bundle import EXTENSIONS
from evidence.canonical import canonical
from evidence.container import pack

DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Paper:
    """Bytes that stand in the file, and what they are."""

    document: CaseDocument
    ref: DocumentRef
    part: str
    kind: str


async def judicial_file(
    procedure: Procedure,
    entries: Sequence[JournalEntry],
    vault: DocumentVault,
    seal: Callable[[bytes], Awaitable[bytes]],
    organ: str,
) -> bytes:
    """The ZIP. A document that names its readers stays out, as it stays out of the bundle.

    `organ`: the body's DIR3 code, or what stands for it where its Administration has given none.
    """
    opened_at, closed_at = _at(entries[0]), _at(entries[-1])
    papers = list(_papers(procedure))
    contents = await asyncio.gather(*(vault.get(procedure.id, paper.ref) for paper in papers))
    named_at = await asyncio.to_thread(_first_named, entries)
    indexed = [_indexed(procedure, entries, named_at, place, paper, organ) for place, paper in enumerate(papers, 1)]
    names = [f"documents/{place:04}.{_extension(paper.ref)}" for place, paper in enumerate(papers, 1)]
    listing = canonical(_listing(procedure, papers, indexed, names))
    listed = IndexedDocument(
        _identifier(organ, opened_at, f"{_specific(procedure.id)[:25]}_0000"),
        hashlib.sha256(listing).hexdigest(),
        closed_at,
        True,
        ORIGINAL,
        OTHER_TYPE,
    )
    every = [listed, *indexed]
    index = index_xml(closed_at, every)
    sealed = await seal(index)
    metadata = FileMetadata(
        identifier=_identifier(organ, opened_at, f"EXP_{_specific(procedure.id)}"),
        body=organ,
        opened_at=opened_at,
        classification=f"{organ}_PRO_{procedure.type.procedure.id}",
        interested=_interested(procedure),
    )
    described = {f"metadata/{place:04}.xml": document_xml(document, organ) for place, document in enumerate(every)}
    return await asyncio.to_thread(
        pack,
        {
            "file.xml": file_xml(metadata, closed_at, every, sealed),
            "index.xml": index,
            "index.p7s": sealed,
            "documents/0000.json": listing,
            **described,
            **dict(zip(names, contents, strict=True)),
        },
    )


def _papers(procedure: Procedure) -> Iterator[_Paper]:
    """In the order in which they came: each with its signatures, then as it was brought, then its receipt."""
    for document in procedure.documents:
        if document.readers:
            continue
        seen = {document.current.sha256}
        kind = MINUTES_TYPE if document.code == MINUTES else OTHER_TYPE
        yield _Paper(document, document.current, "document", kind)
        for file in document.brought:
            if file.content.sha256 not in seen:
                seen.add(file.content.sha256)
                yield _Paper(document, file.content, "brought", OTHER_TYPE)
        if document.receipt is not None:
            yield _Paper(document, document.receipt, "receipt", RECEIPT_TYPE)


def _indexed(
    procedure: Procedure,
    entries: Sequence[JournalEntry],
    named_at: Mapping[str, str],
    place: int,
    paper: _Paper,
    organ: str,
) -> IndexedDocument:
    document = paper.document
    came_from = next((one for one in procedure.participants if one.id == document.depositor), None)
    of_a_citizen = came_from is not None and procedure.role_of(came_from).side is not Side.AUTHORITY
    strange = document.depositor is not None or bool(document.brought)
    first = document.original if paper.part == "document" else paper.ref
    return IndexedDocument(
        identifier=_identifier(organ, _at(entries[0]), f"{_specific(procedure.id)[:25]}_{place:04}"),
        sha256=paper.ref.sha256,
        # What the journal never names came with its last entry.
        added_at=named_at.get(first.sha256, _at(entries[-1])),
        of_the_administration=paper.part == "receipt" or not of_a_citizen,
        # Nobody has compared what was brought with its original: it is called neither that nor an authentic copy.
        state=OTHER_STATE if strange and paper.part != "receipt" else ORIGINAL,
        kind=paper.kind,
    )


def _listing(
    procedure: Procedure, papers: Sequence[_Paper], indexed: Sequence[IndexedDocument], names: Sequence[str]
) -> dict[str, object]:
    """What the norm has no element for, itself a document of the index: numbers of the case, titles, names of files."""
    return {
        "v": 1,
        "procedure": procedure.id,
        "nig": procedure.nig,
        "case_number": procedure.case_number,
        "external_id": procedure.external_id,
        "body": procedure.body,
        "type": procedure.type.procedure.id,
        "outcome": procedure.outcome,
        "documents": [
            {
                "file": name,
                "identifier": one.identifier,
                "sha256": one.sha256,
                "title": paper.document.title,
                "part": paper.part,
                "media_type": paper.ref.media_type,
                "added_at": one.added_at,
            }
            for paper, one, name in zip(papers, indexed, names, strict=True)
        ],
    }


def _at(entry: JournalEntry) -> str:
    return str(json.loads(entry.line)["at"])


def _first_named(entries: Sequence[JournalEntry]) -> dict[str, str]:
    """When the journal first names each SHA-256. Once for all papers: a journal has tens of thousands of entries."""
    found: dict[str, str] = {}
    for entry in entries:
        for digest in DIGEST.findall(json.dumps(entry.content)):
            found.setdefault(digest, _at(entry))
    return found


def _interested(procedure: Procedure) -> tuple[str, ...]:
    """Identity numbers, as the norm asks for them; of nobody who is protected or takes part under an alias."""
    if Detail.NAME in PROTECTED[procedure.type.procedure.privacy]:
        return ()
    known = (person for person in procedure.citizens if procedure.role_of(person).alias is None)
    return tuple(dict.fromkeys(person.document_number for person in known if person.document_number))


def _identifier(organ: str, opened_at: str, specific: str) -> str:
    return f"ES_{organ}_{opened_at[:4]}_{specific}"


def _specific(procedure: str) -> str:
    """Thirty signs, as the norm counts them, that no other procedure has."""
    return hashlib.sha256(procedure.encode()).hexdigest()[:30].upper()


def _extension(ref: DocumentRef) -> str:
    return EXTENSIONS.get(ref.media_type, "bin")
