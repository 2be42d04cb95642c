"""Where procedures stand, one line each: for boards, desks and regional systems."""

from collections.abc import Callable
from datetime import datetime

from api.access.entitlement import with_entitled_roles
from api.access.session import Caller
from api.access.visibility import may_read, name_on_list, office_for
from api.http.conditional import etag_of, written
from domain.base import Value
from domain.events.summons import ProcedureRequested
from domain.ids import AdministrationId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.chain import position
from domain.journal.register import RegisterRow
from domain.languages import DEFAULT_LANGUAGE
from domain.types.privacy import Detail
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import Stage

KindOf = Callable[[str, int], ProcedureType | None]
"""A version of a type by its id; None for one that is not known here."""


class TypeRef(Value):
    id: str | None
    """None, as `version`, for those from whom the type protects what it is."""
    version: int | None
    title: str
    sha256: Sha256 | None = None


class InterruptionView(Value):
    cause: str
    must_act: str | None
    """A role, `office` or `system`."""
    at: datetime
    note: str | None = None
    repeats: tuple[ParticipantId, ...] = ()
    item: str | None = None
    field: str | None = None
    planned_end: datetime | None = None
    due_at: datetime | None = None
    """Until when it may be resumed in time, where the law counts working days."""
    overdue: str | None = None
    """The rule whose term has passed meanwhile."""


class Status(Value):
    """Where a procedure stands. What its type protects from the caller is null."""

    id: ProcedureId
    type: TypeRef
    administration: AdministrationId
    office: OfficeId | None
    body: str | None
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
    role: str | None
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


NO_ROLES = ("office", "system")
"""Who may have to act besides people of the procedure."""


def must_act_for(who: Caller, row: RegisterRow, code: str) -> str | None:
    return code if code in NO_ROLES or may_read(who, Detail.ROLE, row.privacy) else None


def status_of_row(row: RegisterRow, who: Caller, language: str) -> Status:
    """`who`: as `with_entitled_roles` makes them for this procedure."""
    interruption = None
    if row.interruption_cause and row.interruption_must_act and row.interrupted_at:
        must_act = must_act_for(who, row, row.interruption_must_act)
        interruption = InterruptionView(cause=row.interruption_cause, must_act=must_act, at=row.interrupted_at)
    kind = may_read(who, Detail.KIND, row.privacy)
    title = row.titles.get(language) or row.titles[DEFAULT_LANGUAGE]
    return Status(
        id=row.procedure,
        type=TypeRef(id=row.type if kind else None, version=row.type_version if kind else None, title=title),
        administration=row.administration,
        office=office_for(who, row),
        body=row.body if may_read(who, Detail.BODY, row.privacy) else None,
        case_number=row.case_number,
        external_id=row.external_id,
        stage=row.stage.value,
        scheduled_at=row.scheduled_at,
        changed_at=row.changed_at,
        seq=row.seq,
        outcome=row.private.outcome if may_read(who, Detail.OUTCOME, row.privacy) else None,
        interruption=interruption,
        trouble=row.trouble,
        csv=row.csv,
    )


def status_reading(row: RegisterRow, who: Caller, language: str) -> tuple[bytes, str]:
    """Where a procedure stands as it is answered, and the ETag of that."""
    content = written(status_of_row(row, who, language))
    return content, etag_of(content, position(row.seq, row.head))


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


def board_lines(rows: tuple[RegisterRow, ...], who: Caller, kind_of: KindOf, language: str) -> tuple[BoardLine, ...]:
    """The lines of a list, each as far as `who` is entitled to it."""
    seen = ((row, with_entitled_roles(who, row)) for row in rows)
    return tuple(_board_line(row, here, kind_of, language) for row, here in seen if here is not None)


def _board_line(row: RegisterRow, who: Caller, kind_of: KindOf, language: str) -> BoardLine:
    kind, roles = kind_of(row.type, row.type_version), may_read(who, Detail.ROLE, row.privacy)
    people = tuple(
        LineOfPerson(
            name=name_on_list(who, row, person, kind, language),
            role=person.role if roles else None,
            **person.model_dump(include={"id", "presence", "waiting_since", "identified", "asks_for_help"}),
        )
        for person in row.private.people
    )
    return BoardLine(
        status=status_of_row(row, who, language), people=people, waiting=row.waiting, help=row.help, to_sign=row.to_sign
    )
