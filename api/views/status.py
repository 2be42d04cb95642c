"""Where procedures stand, one line each: for boards, desks and regional systems."""

from datetime import datetime

from api.access.session import Caller, StaffSession
from domain.base import Value
from domain.errors import PersonMustAct
from domain.events.summons import ProcedureRequested
from domain.ids import AdministrationId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.register import PersonLine, RegisterRow
from domain.languages import DEFAULT_LANGUAGE
from domain.types.vocabulary import Privacy, StaffRole, Stage
from procedure_types import ProcedureTypes


class TypeRef(Value):
    id: str
    version: int
    title: str
    sha256: Sha256 | None = None


class InterruptionView(Value):
    cause: str
    must_act: str
    at: datetime
    note: str | None = None
    repeats: tuple[ParticipantId, ...] = ()
    item: str | None = None
    field: str | None = None
    planned_end: datetime | None = None
    overdue: str | None = None
    """The rule whose term has passed meanwhile."""


class Status(Value):
    """What whoever asked for the procedure learns: where it stands."""

    id: ProcedureId
    type: TypeRef
    administration: AdministrationId
    office: OfficeId
    body: str
    case_number: str
    external_id: str | None
    stage: str
    scheduled_at: datetime
    changed_at: datetime | None
    seq: int
    outcome: str | None = None
    interruption: InterruptionView | None = None
    trouble: str | None = None
    csv: str | None = None


class LineOfPerson(Value):
    id: str
    role: str
    name: str
    presence: str
    waiting_since: datetime | None
    identified: bool
    asks_for_help: bool


class BoardLine(Value):
    status: Status
    people: tuple[LineOfPerson, ...]
    waiting: int
    help: int
    to_sign: tuple[str, ...]


class BoardView(Value):
    items: tuple[BoardLine, ...]
    next_cursor: str | None


def holds(who: Caller) -> bool:
    """True for those who hold acts or audit them: they see names and notes."""
    return isinstance(who, StaffSession) and who.account.has(StaffRole.CLERK, StaffRole.OFFICIAL, StaffRole.AUDITOR)


def status_of_row(row: RegisterRow, language: str) -> Status:
    interruption = None
    if row.interruption_cause and row.interruption_must_act and row.interrupted_at:
        interruption = InterruptionView(
            cause=row.interruption_cause, must_act=row.interruption_must_act, at=row.interrupted_at
        )
    return Status(
        id=row.procedure,
        type=TypeRef(
            id=row.type, version=row.type_version, title=row.titles.get(language) or row.titles[DEFAULT_LANGUAGE]
        ),
        administration=row.administration,
        office=row.office,
        body=row.body,
        case_number=row.case_number,
        external_id=row.external_id,
        stage=row.stage.value,
        scheduled_at=row.scheduled_at,
        changed_at=row.changed_at,
        seq=row.seq,
        outcome=row.private.outcome,
        interruption=interruption,
        trouble=row.trouble,
        csv=row.csv,
    )


def asked_status(event: ProcedureRequested, language: str) -> Status:
    """Of a procedure that was asked for and has no register row yet."""
    kind = event.resolved_type.procedure
    title = (kind.neutral_titles or kind.titles).in_language(language)
    return Status(
        type=TypeRef(id=kind.id, version=kind.version, title=title),
        stage=Stage.REQUESTED.value,
        changed_at=None,
        seq=-1,
        **event.model_dump(
            include={"id", "administration", "office", "body", "case_number", "external_id", "scheduled_at"}
        ),
    )


def board_line(row: RegisterRow, who: Caller, types: ProcedureTypes, language: str) -> BoardLine:
    """One line of a list. Of protected people, only those who hold acts read the name."""
    hidden = row.privacy is Privacy.PROTECTED and not holds(who)
    people = tuple(
        LineOfPerson(
            name=_title(row, person, types, language) if hidden else person.name,
            **person.model_dump(include={"id", "role", "presence", "waiting_since", "identified", "asks_for_help"}),
        )
        for person in row.private.people
    )
    return BoardLine(
        status=status_of_row(row, language), people=people, waiting=row.waiting, help=row.help, to_sign=row.to_sign
    )


def _title(row: RegisterRow, person: PersonLine, types: ProcedureTypes, language: str) -> str:
    try:
        role = types.version(row.type, row.type_version).role(person.role)
    except PersonMustAct:
        return person.id
    return (role.alias or role.titles).in_language(language)
