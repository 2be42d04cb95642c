"""A procedure as the JSON interface shows it: everything needed to act, and of each person what the viewer may see."""

from datetime import datetime
from typing import Any

from api.access.session import Caller, CitizenSession
from api.access.visibility import may_read, name_for, sees_document
from api.views.agenda import ItemView, agenda_of
from api.views.identification import IdentificationView, asked_now
from api.views.status import InterruptionView, Status, must_act_for, status_of_row
from domain.base import Value
from domain.ids import OfficeId, ParticipantId, RoomId, Sha256
from domain.journal.register import RegisterRow
from domain.procedure.documents import CaseDocument, CopyLosses
from domain.procedure.people import Participant
from domain.procedure.state import AnchorReceipt, Procedure
from domain.reading import Progress
from domain.rules.closing import missing_for_closing
from domain.types.privacy import Detail
from domain.types.vocabulary import MalwareScan, Privacy, Side
from templates.texts import refusal_text


class PersonView(Value):
    id: ParticipantId
    role: str | None
    """None for those from whom the type protects it."""
    name: str
    office: OfficeId | None
    presence: str
    identified: bool
    next_method: str | None
    identification: IdentificationView | None = None
    """What `next_method` asks for; shown to the person and to those who hold the session."""
    identity_lapsed: str | None
    seat_taken_over: bool
    """Somebody came in as this person in another session, device or place: to be admitted and identified again."""
    still: Sha256 | None = None
    warnings_acknowledged: bool
    autonomy_attested: bool
    consents: dict[str, bool]
    asks_for_help: bool
    asks_for_floor: bool
    has_floor: bool
    challenge: dict[str, Any] | None = None
    """The PIN that was sent last: id, purpose, expiry. Shown to its owner and to those who hold the session."""


class BroughtFileView(Value):
    """A file as it was brought; its number, from 1, is its place."""

    sha256: Sha256
    size: int
    media_type: str
    signatures: int
    """Electronic signatures that stand in it, judged by nobody."""
    scan: MalwareScan | None
    """What the malware scanner said of it. None: it was brought before anybody was asked."""
    losses: CopyLosses | None
    """What the copy that is read does not show of it."""


class DocumentView(Value):
    id: str
    code: str
    title: str
    character: str
    sha256: Sha256
    pages: int
    brought: tuple[BroughtFileView, ...]
    presented_to: tuple[ParticipantId, ...]
    readings: dict[str, tuple[int, ...]]
    understood_by: tuple[ParticipantId, ...]
    signed_by: tuple[str, ...]
    signers: tuple[str, ...]
    refused_by: tuple[str, ...]


class MinutesView(Value):
    version: int
    draft: Sha256
    corrections: int
    approved_by: str | None
    document: str | None
    csv: str | None
    sealed_at: datetime | None


class MissingView(Value):
    """One thing without which the session cannot end, with the rule that would refuse it."""

    code: str
    outcome: str | None
    """The only outcome that it keeps from; None: every one."""
    title: str
    params: dict[str, Any]


class PrivateTalkView(Value):
    """Lawyer and client talk alone: who and until when. Of what they say nobody knows anything."""

    room: RoomId
    lawyer: ParticipantId
    client: ParticipantId
    ends_at: datetime


class ProcedureView(Value):
    status: Status
    language: str
    participants: tuple[PersonView, ...]
    agenda: tuple[ItemView, ...]
    documents: tuple[DocumentView, ...]
    minutes: MinutesView | None
    bundle_root: Sha256 | None
    anchor: AnchorReceipt | None
    outcomes: dict[str, str]
    private_talks: tuple[PrivateTalkView, ...] = ()
    missing: tuple[MissingView, ...] = ()
    """For those who hold the session, until it is closed."""


def view_of(progress: Progress, row: RegisterRow, who: Caller, language: str) -> ProcedureView:
    """`progress` as far as `who` may see it, who is as `with_entitled_roles` makes them for this procedure."""
    procedure = progress.procedure
    kind = procedure.type.procedure
    status = status_of_row(row, who, language).but(stage=procedure.stage.value, seq=progress.seq)
    if (stopped := procedure.interruption) is not None:
        told = stopped.model_dump(
            exclude={"back_to"} if may_read(who, Detail.NOTE, kind.privacy) else {"back_to", "note"}
        )
        told["must_act"] = must_act_for(who, row, stopped.must_act)
        status = status.but(interruption=InterruptionView.model_validate(told))
    minutes = procedure.minutes
    return ProcedureView(
        status=status,
        language=procedure.language,
        participants=tuple(_person(procedure, person, who, language) for person in procedure.participants),
        agenda=agenda_of(procedure, who, language) if may_read(who, Detail.AGENDA, kind.privacy) else (),
        documents=tuple(_document(procedure, d) for d in procedure.documents if sees_document(who, d, procedure)),
        minutes=MinutesView(
            draft=minutes.draft.sha256,
            corrections=len(minutes.corrections),
            **minutes.model_dump(include={"version", "approved_by", "document", "csv", "sealed_at"}),
        )
        if minutes and may_read(who, Detail.MINUTES, kind.privacy)
        else None,
        bundle_root=procedure.bundle_root,
        anchor=procedure.anchor,
        outcomes={code: titles.in_language(language) for code, titles in kind.outcomes.items()}
        if may_read(who, Detail.OUTCOME, kind.privacy)
        else {},
        private_talks=tuple(PrivateTalkView(**talk.model_dump()) for talk in procedure.private_talks)
        if may_read(who, Detail.AGENDA, kind.privacy)
        else (),
        missing=_missing(procedure, language) if may_read(who, Detail.NOTE, Privacy.PROTECTED) else (),
    )


def _missing(procedure: Procedure, language: str) -> tuple[MissingView, ...]:
    if procedure.session_ended_at is not None or procedure.stage.ended:
        return ()
    return tuple(
        MissingView(
            code=one.refusal.code,
            outcome=one.outcome,
            title=refusal_text(one.refusal, language).title,
            params=one.refusal.params,
        )
        for one in missing_for_closing(procedure)
    )


def _person(procedure: Procedure, person: Participant, who: Caller, language: str) -> PersonView:
    policy = procedure.identified_by(person)
    own = isinstance(who, CitizenSession) and who.participant == person.id
    holds = may_read(who, Detail.NOTE, Privacy.PROTECTED)
    authority = procedure.role_of(person).side is Side.AUTHORITY
    method = None if authority else person.identity.next_method(policy)
    return PersonView(
        id=person.id,
        role=person.role if may_read(who, Detail.ROLE, procedure.type.procedure.privacy) else None,
        name=name_for(who, procedure, person, language),
        office=person.office,
        presence=person.presence.value,
        identified=authority or person.identity.satisfies(policy),
        next_method=method,
        identification=asked_now(procedure, person, language, decides=holds) if method and (own or holds) else None,
        identity_lapsed=person.identity.lapsed_cause,
        seat_taken_over=person.seat_taken_over,
        still=person.identity.still.sha256 if person.identity.still and holds else None,
        warnings_acknowledged=person.warnings_acknowledged,
        autonomy_attested=person.autonomy_attested_by is not None,
        consents={consent.scope: consent.given and consent.withdrawn_at is None for consent in person.consents},
        asks_for_help=person.asks_for_help,
        asks_for_floor=person.asks_for_floor,
        has_floor=person.has_floor,
        challenge=person.challenge.model_dump(mode="json") if person.challenge and (own or holds) else None,
    )


def _document(procedure: Procedure, document: CaseDocument) -> DocumentView:
    return DocumentView(
        id=document.id,
        code=document.code,
        title=document.title,
        character=document.character.value,
        sha256=document.original.sha256,
        pages=document.original.pages or 1,
        brought=tuple(
            BroughtFileView(
                sha256=file.content.sha256,
                size=file.content.size,
                media_type=file.content.media_type,
                signatures=file.signatures,
                scan=file.scan,
                losses=file.losses,
            )
            for file in document.brought
        ),
        presented_to=document.presented_to,
        readings={reading.participant: reading.pages for reading in document.readings},
        understood_by=tuple(reading.participant for reading in document.readings if reading.accepted_at),
        signed_by=tuple(signature.signer for signature in document.signatures),
        signers=procedure.signers_of(document),
        refused_by=tuple(document.refusals),
    )
