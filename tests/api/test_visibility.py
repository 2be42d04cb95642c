"""Who reads what: the table of callers, procedures and details; roles of one account count each where it entitles."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.access.entitlement import with_entitled_roles
from api.access.permissions import MACHINES, CallerKind, Permission, permits
from api.access.session import Anonymous, Caller, CitizenSession, Machine, StaffSession, author_of, seat_of
from api.access.visibility import FOR_A_REASON, may_read, reads_item, sees_document
from api.pages.board.view import board_view
from api.pages.rendering import PageContext
from api.views.procedure import view_of
from api.views.status import board_lines
from domain.access.accounts import Account
from domain.access.api_keys import ApiKey
from domain.codes.asked import asked_by_system, procedure_id
from domain.ids import AccountId, OfficeId, ParticipantId
from domain.journal.register import RegisterRow, register_row
from domain.procedure.interruption import Interruption
from domain.procedure.minutes import Minutes
from domain.procedure.state import Procedure
from domain.reading import Progress
from domain.types.privacy import PROTECTED as PROTECTED_DETAILS
from domain.types.privacy import Detail
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import InterruptionCause, Privacy, StaffRole, Stage
from tests.templates.samples import ADMINISTRATION, conciliation, document_ref, victim_appointment

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = b"s" * 32


def asked_for(procedure: Procedure) -> Procedure:
    """By a system of its Administration, under a number of its own."""
    id = procedure_id(SECRET, procedure.administration, asked_by_system("SGP-1"))
    return procedure.but(id=id, external_id="SGP-1")


ORDINARY, PROTECTED = asked_for(conciliation().procedure), asked_for(victim_appointment().procedure)
KINDS = {one.type.procedure.id: one.type.procedure for one in (ORDINARY, PROTECTED)}


def kind_of(id: str, version: int) -> ProcedureType:
    return KINDS[id]


def row_of(procedure: Procedure) -> RegisterRow:
    return register_row(procedure, seq=9, head="0" * 64)  # type: ignore[arg-type]


def staff(*roles: StaffRole, body: str | None = None, offices: tuple[OfficeId, ...] = ()) -> StaffSession:
    account = Account(
        id=AccountId("acc_other"), administration=ORDINARY.administration, name="Uxía", email="u@x.example",
        roles=roles, body=body, offices=offices,
    )  # fmt: skip
    return StaffSession("s", account, "c", "t", AT, reason="Queja 14/2026 sobre el acta.")


def here(kind: CallerKind, procedure: Procedure) -> Caller | None:
    """A caller of that kind who works where the procedure is held, as far as it is theirs."""
    who: Caller = Anonymous()
    if kind is CallerKind.CITIZEN:
        who = CitizenSession("s", procedure.id, ParticipantId("p1"), None, "c", "t", "es")
    elif kind in MACHINES:
        scopes = ("procedures", "evidence")[: 1 + (kind is CallerKind.CASE_SYSTEM)]
        key = ApiKey(id="k", administration=procedure.administration, label="k", scopes=scopes, issued_at=AT)
        who = Machine(key, (b"n" * 32, SECRET))
    elif kind is not CallerKind.ANYONE:
        who = staff(StaffRole(kind.value), body=procedure.body, offices=row_of(procedure).offices)
    return with_entitled_roles(who, row_of(procedure))


HOSTS = {CallerKind.CLERK, CallerKind.OFFICIAL, CallerKind.AUDITOR}
ROOM = HOSTS | {CallerKind.CITIZEN}
HELPED = ROOM | {CallerKind.OFFICE}
TOLD = HELPED | MACHINES

READ: dict[Detail, tuple[set[CallerKind], set[CallerKind]]] = {
    # detail: readers of an ordinary procedure, of a protected one
    Detail.NAME: (HELPED, HOSTS),
    Detail.ROLE: (HELPED, ROOM),
    Detail.KIND: (TOLD, HOSTS),
    Detail.BODY: (TOLD, HOSTS),
    Detail.OUTCOME: (TOLD, HOSTS),
    Detail.AGENDA: (HELPED, ROOM),
    Detail.CONTENT: (ROOM, ROOM),
    Detail.DOCUMENT: (HELPED | {CallerKind.CASE_SYSTEM}, ROOM),
    Detail.MINUTES: (HOSTS, HOSTS),
    Detail.NOTE: (HOSTS, HOSTS),
}


@pytest.mark.parametrize("detail", list(Detail))
def test_each_caller_reads_what_the_table_says(detail: Detail) -> None:
    for procedure, expected in zip((ORDINARY, PROTECTED), READ[detail], strict=True):
        privacy = procedure.type.procedure.privacy
        callers = {kind: here(kind, procedure) for kind in CallerKind}
        assert {kind for kind, who in callers.items() if who and may_read(who, detail, privacy)} == expected


def test_an_auditor_who_has_not_said_why_reads_what_is_outside() -> None:
    for procedure in (ORDINARY, PROTECTED):
        auditor = here(CallerKind.AUDITOR, procedure)
        assert isinstance(auditor, StaffSession)
        silent, privacy = replace(auditor, reason=None), procedure.type.procedure.privacy
        outside = set(Detail) - PROTECTED_DETAILS[privacy] - FOR_A_REASON
        assert {detail for detail in Detail if may_read(silent, detail, privacy)} == outside


def test_an_administrator_and_a_stranger_see_no_procedure() -> None:
    for procedure in (ORDINARY, PROTECTED):
        assert here(CallerKind.ADMINISTRATOR, procedure) is None
        assert here(CallerKind.ANYONE, procedure) is None
    assert not permits(Permission.LIST_PROCEDURES, frozenset({CallerKind.ADMINISTRATOR}))


BETRAYING = ("victim", "jurist", "psychologist", "Protection", "Cita de asistencia", "A35", "protection_measure")


@pytest.mark.parametrize("kind", [CallerKind.OFFICE, *sorted(MACHINES)])
def test_nothing_betrays_a_protected_procedure_to_those_outside_it(kind: CallerKind) -> None:
    row, who = row_of(PROTECTED), here(kind, PROTECTED)
    assert who is not None
    shown = [view_of(Progress(procedure=PROTECTED, seq=9), row, who, "en").model_dump_json()]
    shown += [line.model_dump_json() for line in board_lines((row,), who, kind_of, "en")]
    if isinstance(who, StaffSession):
        shown.append(repr(board_view((row,), (row,), kind_of, who, PageContext("en", ADMINISTRATION))))
    names = {person.name for person in PROTECTED.participants}
    for words in shown:
        assert not [told for told in (*names, *BETRAYING, row.body) if told in words]


def test_a_system_takes_away_what_it_asked_for_and_nothing_else() -> None:
    taken = Permission.DOWNLOAD_BUNDLE
    for procedure, keeps in (
        (ORDINARY, True),
        (ORDINARY.but(external_id="SGP-2"), False),  # somebody else's number, for a procedure that staff asked for
        (ORDINARY.but(external_id=None), False),
        (PROTECTED, False),
    ):
        who = here(CallerKind.CASE_SYSTEM, procedure)
        assert who is not None and permits(taken, who.kinds) is keeps
        assert not permits(taken, here(CallerKind.REGIONAL_SYSTEM, procedure).kinds)  # type: ignore[union-attr]


def test_an_office_sees_its_own_scans_and_no_other_paper() -> None:
    at_lira = tuple(person.but(office=ORDINARY.office) for person in ORDINARY.participants)
    scan, agreement = (d.but(presented_to=(ParticipantId("p1"),)) for d in ORDINARY.documents)
    procedure = ORDINARY.but(participants=at_lira, documents=(scan, agreement))
    office, clerk = here(CallerKind.OFFICE, procedure), here(CallerKind.CLERK, procedure)
    assert office is not None
    assert clerk is not None
    assert [sees_document(office, each, procedure) for each in (scan, agreement)] == [True, False]
    assert [sees_document(clerk, each, procedure) for each in (scan, agreement)] == [True, True]
    assert not sees_document(office, scan, PROTECTED)


def test_an_office_reads_no_minutes_and_no_note() -> None:
    minutes = Minutes(draft=document_ref("draft"), version=1)
    stopped = Interruption(
        cause=InterruptionCause.OTHER, note="Oye mal.", at=AT, must_act="clerk", back_to=Stage.IN_SESSION
    )
    procedure = ORDINARY.but(minutes=minutes, interruption=stopped)
    row, office = row_of(procedure), here(CallerKind.OFFICE, procedure)
    assert office is not None
    view = view_of(Progress(procedure=procedure, seq=9), row, office, "en")
    assert view.minutes is None
    assert all(item.values == {} for item in view.agenda)
    cards = board_view((row,), (row,), kind_of, office, PageContext("en", ADMINISTRATION))
    assert "Oye mal." not in view.model_dump_json() + repr(cards)
    assert not permits(Permission.READ_TIMELINE, office.kinds)


def test_two_roles_in_one_account_do_not_add_up_across_bodies() -> None:
    """An official of one court who also helps at a town's desk is a helper, and no official, in what others hold."""
    row = row_of(PROTECTED)
    both = staff(StaffRole.OFFICIAL, StaffRole.OFFICE, body="another-court", offices=row.offices)
    who = with_entitled_roles(both, row)
    assert isinstance(who, StaffSession)
    assert who.account.roles == (StaffRole.OFFICE,)
    assert not permits(Permission.HOLD_SESSION, who.kinds)
    assert not may_read(who, Detail.NAME, Privacy.PROTECTED)
    free = PROTECTED.but(participants=tuple(person.but(account=None) for person in PROTECTED.participants))
    assert seat_of(both.account, free) is not None
    assert seat_of(who.account, free) is None
    assert author_of(who, free).staff_roles == (StaffRole.OFFICE,)
    elsewhere = with_entitled_roles(staff(StaffRole.OFFICIAL, StaffRole.OFFICE, body=row.body), row)
    assert isinstance(elsewhere, StaffSession)
    assert elsewhere.account.roles == (StaffRole.OFFICIAL,)


def test_what_an_item_keeps_for_some_roles_is_kept_from_other_staff_too() -> None:
    """Whoever holds the act reads it, and those of the roles that it names; no colleague, and no system."""
    host = next(person for person in ORDINARY.participants if ORDINARY.role_of(person).hosts)
    colleague = staff(StaffRole.CLERK, StaffRole.OFFICIAL, body=ORDINARY.body)
    holding = replace(colleague, account=colleague.account.but(id=AccountId(str(host.account))))
    machine = here(CallerKind.REGIONAL_SYSTEM, ORDINARY)
    assert machine is not None
    for narrowed in (("judge",), ("victim", "jurist")):
        assert reads_item(holding, ORDINARY, narrowed)
        assert not reads_item(colleague, ORDINARY, narrowed)
        assert not reads_item(machine, ORDINARY, narrowed)
    assert reads_item(colleague, ORDINARY, ())
