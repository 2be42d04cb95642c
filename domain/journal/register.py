"""The register: what lists and desks show of each procedure, written with the journal, read by the API."""

from datetime import datetime
from typing import Any

from pydantic import Field

from domain.base import Value
from domain.ids import AdministrationId, OfficeId, ProcedureId, Sha256
from domain.journal.measured import Measured, measured
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.vocabulary import Family, Privacy, Side, Stage


class PersonLine(Value):
    """One person as a list shows them."""

    id: str
    role: str
    name: str
    presence: Presence
    office: str | None = None
    account: str | None = None
    waiting_since: datetime | None = None
    identified: bool = False
    asks_for_help: bool = False
    found_by_name: bool = False
    """Known by their name here: not of the authority, not protected, under no alias."""


class PrivatePart(Value):
    """What only those entitled may see; stored encrypted with the procedure's key."""

    people: tuple[PersonLine, ...]
    outcome: str | None = None
    interruption_note: str | None = None


class RegisterRow(Value):
    procedure: ProcedureId
    type: str
    type_version: int
    family: Family
    privacy: Privacy
    administration: AdministrationId
    office: OfficeId
    offices: tuple[OfficeId, ...]
    """Every office from which somebody is expected."""
    body: str
    case_number: str
    external_id: str | None
    stage: Stage
    scheduled_at: datetime
    seq: int
    head: Sha256
    interruption_cause: str | None = None
    interruption_must_act: str | None = None
    interrupted_at: datetime | None = None
    trouble: str | None = None
    waiting: int = 0
    help: int = 0
    to_sign: tuple[str, ...] = ()
    """Participant ids of officials whose signature or approval is awaited."""
    csv: str | None = None
    """Of the sealed minutes: what the public verification page looks up."""
    changed_at: datetime
    private: PrivatePart
    titles: dict[str, str] = Field(default_factory=dict)
    """Type titles (neutral ones for protected profiles) by language."""
    measured: Measured | None = Field(default=None, exclude_if=lambda ended: ended is None)
    """What is counted of it; None until it has ended."""

    @property
    def names_to_find(self) -> tuple[str, ...]:
        """The names by which a list may be searched for it."""
        return tuple(person.name for person in self.private.people if person.found_by_name)


def register_row(procedure: Procedure, *, seq: int, head: Sha256) -> RegisterRow:
    """What the register says of `procedure` after event `seq`."""
    interruption = procedure.interruption
    kind = procedure.type.procedure
    assert procedure.changed_at is not None
    minutes = procedure.minutes
    offices = {person.office for person in procedure.participants if person.office}
    return RegisterRow(
        procedure=procedure.id,
        type=kind.id,
        type_version=kind.version,
        family=kind.family,
        privacy=kind.privacy,
        administration=procedure.administration,
        office=procedure.office,
        offices=tuple(sorted({procedure.office, *offices})),
        body=procedure.body,
        case_number=procedure.case_number,
        external_id=procedure.external_id,
        stage=procedure.stage,
        scheduled_at=procedure.scheduled_at,
        seq=seq,
        head=head,
        interruption_cause=interruption.cause if interruption else None,
        interruption_must_act=interruption.must_act if interruption else None,
        interrupted_at=interruption.at if interruption else None,
        trouble=procedure.trouble,
        waiting=sum(person.presence is Presence.WAITING for person in procedure.citizens),
        help=sum(person.asks_for_help for person in procedure.participants),
        to_sign=_awaited(procedure),
        csv=minutes.csv if minutes and minutes.sealed_at else None,
        changed_at=procedure.changed_at,
        private=_private(procedure),
        titles=dict((kind.neutral_titles or kind.titles).root),
        measured=measured(procedure),
    )


def _awaited(procedure: Procedure) -> tuple[str, ...]:
    plan = procedure.type.procedure
    if procedure.stage is Stage.APPROVAL:
        return tuple(p.id for p in procedure.participants if p.role == plan.minutes.approver)
    if procedure.stage is Stage.SIGNING and procedure.minutes and procedure.minutes.document:
        document = procedure.document(procedure.minutes.document)
        return tuple(s for s in procedure.asked_to_sign(document) if not document.signed_by(s))
    return ()


def _private(procedure: Procedure) -> PrivatePart:
    people = tuple(
        PersonLine(
            id=person.id,
            role=person.role,
            name=person.name,
            presence=person.presence,
            office=person.office,
            account=person.account,
            waiting_since=person.checked_in_at if person.presence is Presence.WAITING else None,
            identified=procedure.role_of(person).side is Side.AUTHORITY or procedure.is_identified(person),
            asks_for_help=person.asks_for_help,
            found_by_name=_found_by_name(procedure, person),
        )
        for person in procedure.participants
    )
    interruption = procedure.interruption
    return PrivatePart(
        people=people,
        outcome=procedure.outcome,
        interruption_note=interruption.note if interruption else None,
    )


def _found_by_name(procedure: Procedure, person: Participant) -> bool:
    role = procedure.role_of(person)
    protected = Detail.NAME in PROTECTED[procedure.type.procedure.privacy]
    return not protected and role.alias is None and role.side is not Side.AUTHORITY


def as_json(row: RegisterRow) -> dict[str, Any]:
    """The public part of a row in JSON types."""
    return row.model_dump(mode="json", exclude={"private", "measured"})
