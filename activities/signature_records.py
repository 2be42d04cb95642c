"""What an authenticated act leaves behind: its evidence record, and the words that stand on the page.

Source of the fields: Resolution of 14 July 2017 (BOE-A-2017-8393), section VI.1.
"""

import json
from datetime import datetime
from typing import Any

from domain.errors import PersonMustAct
from domain.journal.chain import JournalEntry, instant
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.territory import Administration, Body
from templates.people import shown_name
from templates.texts import text
from templates.words import Words


def authenticated_act_record(
    procedure: Procedure,
    document: CaseDocument,
    person: Participant,
    challenge: str,
    at: datetime,
    authenticated: str,
) -> dict[str, Any]:
    """The evidence record of one authenticated act.

    `authenticated` is the instant of the journal's `signature_authenticated`. Under protection the alias stands for
    name and number, as everywhere (LO 19/1994 art. 2).
    """
    protected = Detail.NAME in PROTECTED[procedure.type.procedure.privacy]
    checks = person.identity.checks
    return {
        "v": 1,
        "id": record_id(document, person.id),
        "procedure": procedure.id,
        "participant": person.id,
        "authenticated_at": authenticated,
        "signer_name": shown_name(procedure, person, procedure.language),
        "signer_id_number": "protected" if protected else person.document_number or "not_stated",
        "mechanism": "pin_to_mobile",
        "assurance": max(checks, key=lambda check: check.assurance.rank).assurance.value if checks else "low",
        "authentication_result": "success",
        "authentication_reference": challenge,
        "signed_at": instant(at),
        "document_sha256": document.original.sha256,
        "document_pages": document.original.pages or 1,
        "document_title": document.title,
        "csv": f"{procedure.id}/{document.id}",
        "source_device": person.device or "unknown",
        "place": person.place or "unknown",
        "pages_read": list(reading.pages) if (reading := document.reading_by(person.id)) else [],
        "explicit_phrase": text("identity.signing_phrase", procedure.language),
        "identity_checks": [
            {
                "method": check.method,
                "assurance": check.assurance.value,
                "at": instant(check.checked_at),
                "by": check.checked_by,
            }
            for check in checks
        ],
    }


def handwriting_fields(document: CaseDocument, participant: str) -> dict[str, Any]:
    """Of the record: that it was signed by hand too, bound by digests; that the person did without; or nothing."""
    done = document.handwriting_by(participant)
    if done is None:
        return {}
    if done.content is None:
        return {"handwriting": "declined"}
    return {"handwriting": {"sha256": done.content.sha256, "image_sha256": done.image_sha256, "key": done.key}}


def record_id(document: CaseDocument, participant: str) -> str:
    return f"act-{document.id}-{participant}"


def authentication_instant(entries: list[JournalEntry], challenge: str) -> str:
    """When the journal says that `challenge` was answered for a signature."""
    for entry in reversed(entries):
        if entry.type == "signature_authenticated" and entry.content["reference"] == challenge:
            return str(json.loads(entry.line)["at"])
    raise PersonMustAct("authentication_missing")


class SignatureWords:
    """Reasons and stamp lines: they say honestly what kind of signature it is (RDL 6/2023 art. 60.7)."""

    def __init__(self, procedure: Procedure, administration: Administration) -> None:
        self._language = procedure.language
        self._words = Words(procedure.language, administration.time_zone(procedure.office))

    def _at(self, at: datetime) -> str:
        return text("identity.stamp.at", self._language, at=self._words.moment(at))

    def reason_of_act(self, procedure: Procedure, person: Participant) -> str:
        return text("identity.stamp.reason_authenticated_act", self._language)

    def lines_of_act(
        self, procedure: Procedure, person: Participant, at: datetime, *, by_hand: bool = False
    ) -> tuple[str, ...]:
        name = shown_name(procedure, person, self._language)
        return (
            text("identity.stamp.signed_by", self._language, name=name),
            text("identity.stamp.method_authenticated_act", self._language),
            *((text("identity.stamp.by_hand", self._language),) if by_hand else ()),
            self._at(at),
        )

    def reason_of_certificate(self, procedure: Procedure, person: Participant) -> str:
        role = procedure.role_of(person).titles.in_language(self._language)
        return text("identity.stamp.reason_own_certificate", self._language, role=role)

    def lines_of_certificate(self, procedure: Procedure, person: Participant, at: datetime) -> tuple[str, ...]:
        name = shown_name(procedure, person, self._language)
        return (
            text("identity.stamp.signed_by", self._language, name=name),
            procedure.role_of(person).titles.in_language(self._language),
            text("identity.stamp.method_own_certificate", self._language),
            self._at(at),
        )

    def reason_of_seal(self, body: Body) -> str:
        return text("identity.stamp.reason_seal", self._language, body=body.names.in_language(self._language))

    def lines_of_seal(self, body: Body, at: datetime) -> tuple[str, ...]:
        return (
            body.names.in_language(self._language),
            text("identity.stamp.method_seal", self._language),
            self._at(at),
        )
