"""Everything that the table of commands knows, said by or about one person, with the words that fit best."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from domain.commands import COMMANDS, Author, Command
from domain.ids import CommandId
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.rejection import RejectionCause

IDENTIFYING = {
    "begin_identification",
    "complete_identification",
    "confirm_id_document",
    "enter_pin",
    "waive_identity",
}
"""The ways out of a lapse: what they lead to is an identity that stands again."""


def bound(procedure: Procedure, person: Participant) -> dict[str, Any]:
    """What of the state binds that person: all that must be as it was before they were identified again."""
    return {
        "signed": [document.id for document in procedure.documents if document.signed_by(person.id)],
        "refused": [document.id for document in procedure.documents if person.id in document.refusals],
        "by hand": [document.handwriting_by(person.id) for document in procedure.documents],
        "read": [document.reading_by(person.id) for document in procedure.documents],
        "consents": procedure.participant(person.id).consents,
        "papers": len(procedure.documents),
        "challenge": procedure.participant(person.id).challenge,
    }


def walk(
    procedure: Procedure, person: Participant, document: CaseDocument, challenge: dict[str, str], names: str
) -> Iterator[Command]:
    """Each command once, as the person says it. Raises AssertionError for a field of which nothing is known here."""
    words: dict[str, Any] = {
        "participant": person.id,
        "depositor": person.id,
        "document": document.id,
        "sha256": document.original.sha256,
        "draft": document.original.sha256,
        "still": document.original.sha256,
        "image_sha256": document.original.sha256,
        **challenge,
        "explicit": True,
        "page": 1,
        "scope": "audio_video",
        "given": True,
        "text_version": "2026-1",
        "place": person.place or "office",
        "device": person.device or "desk-1",
        "office": person.office,
        "mechanism": "id_document_frame",
        "reference": "idn_of_before",
        "answers": {},
        "pose": "document",
        "purpose": document.id,
        "reason": "No hay otra manera.",
        "name": person.name,
        "document_number": person.document_number or "X0000000T",
        "raw": (ref(document),),
        "content": ref(document),
        "code": "exhibit",
        "title": "Presupuesto",
        "key": "k" * 16,
        "to": (person.id,),
        "item": procedure.agenda[0].id,
        "values": {},
        "authenticated_at": datetime(2026, 11, 20, tzinfo=UTC),
        "cause": "recess",
        "must_act": person.role,
        "acts_freely": True,
        "company": "alone",
        "private_talk": True,
        "new_date": datetime(2027, 3, 3, 10, tzinfo=UTC),
        "outcome": next(iter(procedure.type.procedure.outcomes)),
        "block": "b1",
        "before": "a",
        "after": "b",
        "corrections": 0,
        "lawyer": person.id,
        "client": person.id,
        "minutes": 5,
        "room": f"{procedure.id}.private-1",
        "email": person.email,
        "certified": True,
    }
    author = Author(participant=person.id, account=person.account, session=person.session)
    for name, command in sorted(COMMANDS.items()):
        fields = {field: info for field, info in command.model_fields.items() if field not in Command.model_fields}
        unknown = [field for field, info in fields.items() if info.is_required() and field not in words]
        assert not unknown, f"{name}: say here what its {unknown} would be"
        said = {field: words[field] for field in fields if field in words}
        if name == "reject_id_document":  # why somebody is not who they say, and not why the act stops
            said["cause"] = RejectionCause.NOT_LIVE
        yield command(id=CommandId(f"{names}-{name}"), author=author, **said)


def ref(document: CaseDocument) -> DocumentRef:
    return document.original
