"""Who may read what of a procedure: one table of details and callers. What is not written here is not shown.

The caller is the one that `api/access/entitlement.py` makes for this procedure: only with the roles that count in it.
"""

from collections.abc import Mapping

from api.access.permissions import MACHINES, CallerKind
from api.access.session import Caller, CitizenSession, StaffSession
from domain.ids import OfficeId
from domain.journal.register import PersonLine, RegisterRow
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED, Detail
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import Privacy, StaffRole
from templates.people import is_hidden, shown_name
from templates.texts import text

_HOSTS_AND_AUDITORS = frozenset({CallerKind.CLERK, CallerKind.OFFICIAL, CallerKind.AUDITOR})
_IN_THE_ROOM = _HOSTS_AND_AUDITORS | {CallerKind.CITIZEN}
_AND_OFFICES = _IN_THE_ROOM | {CallerKind.OFFICE}
_AND_SYSTEMS = _AND_OFFICES | MACHINES

READERS: Mapping[Detail, frozenset[CallerKind]] = {
    Detail.NAME: _AND_OFFICES,
    Detail.ROLE: _AND_OFFICES,
    Detail.KIND: _AND_SYSTEMS,
    Detail.BODY: _AND_SYSTEMS,
    Detail.OUTCOME: _AND_SYSTEMS,
    Detail.AGENDA: _AND_OFFICES,
    Detail.CONTENT: _IN_THE_ROOM,
    Detail.DOCUMENT: _AND_OFFICES | {CallerKind.CASE_SYSTEM},
    Detail.MINUTES: _HOSTS_AND_AUDITORS,
    Detail.NOTE: _HOSTS_AND_AUDITORS,
}

READERS_OF_PROTECTED: Mapping[Detail, frozenset[CallerKind]] = {
    Detail.ROLE: _IN_THE_ROOM,
    Detail.AGENDA: _IN_THE_ROOM,
    Detail.CONTENT: _IN_THE_ROOM,
    Detail.DOCUMENT: _IN_THE_ROOM,
}
"""Of a detail that the type protects; one that is not named is for those who hold or audit the act."""

FOR_A_REASON = frozenset({Detail.CONTENT, Detail.DOCUMENT, Detail.MINUTES, Detail.NOTE})
"""What an auditor opens by saying why, and besides everything that the type protects (law: LO 7/2021 art. 31)."""


def needs_reason(who: Caller) -> bool:
    """True for an auditor who has not said why: of a procedure they see that it is there and who looked at it."""
    return isinstance(who, StaffSession) and who.account.roles == (StaffRole.AUDITOR,) and who.reason is None


def may_read(who: Caller, detail: Detail, privacy: Privacy) -> bool:
    """True when `who` reads this detail of a procedure of this privacy."""
    if (detail in PROTECTED[privacy] or detail in FOR_A_REASON) and needs_reason(who):
        return False
    return bool(who.kinds & _readers(detail, privacy))


def citizens_read(detail: Detail, privacy: Privacy) -> bool:
    """True when the pages of whoever holds a summons show it: a code is held before anybody is identified."""
    return CallerKind.CITIZEN in _readers(detail, privacy)


def _readers(detail: Detail, privacy: Privacy) -> frozenset[CallerKind]:
    readers = READERS[detail]
    if detail in PROTECTED[privacy]:
        readers &= READERS_OF_PROTECTED.get(detail, _HOSTS_AND_AUDITORS)
    return readers


def name_for(who: Caller, procedure: Procedure, person: Participant, language: str) -> str:
    """The name, or the alias for whoever need not know it."""
    own = isinstance(who, CitizenSession) and who.participant == person.id
    if own or may_read(who, Detail.NAME, Privacy.PROTECTED):
        return person.name
    known = isinstance(who, CitizenSession) or may_read(who, Detail.NAME, procedure.type.procedure.privacy)
    if known or is_hidden(procedure, person):
        return shown_name(procedure, person, language)
    return text("pages.board.somebody", language)


def name_on_list(who: Caller, row: RegisterRow, person: PersonLine, kind: ProcedureType | None, language: str) -> str:
    """As `name_for`, of a line of the register. `kind`: the type of the row, None when nobody knows it any more."""
    if may_read(who, Detail.NAME, Privacy.PROTECTED):
        return person.name
    role = next((role for role in kind.roles if role.code == person.role), None) if kind else None
    if role is None or not may_read(who, Detail.NAME, row.privacy):
        return text("pages.board.somebody", language)
    return role.alias.in_language(language) if role.alias else person.name


def office_for(who: Caller, row: RegisterRow) -> OfficeId | None:
    """The office that holds the act; of a protected one, outsiders are told no other than their own."""
    own = isinstance(who, StaffSession) and row.office in who.account.offices
    return row.office if own or may_read(who, Detail.BODY, row.privacy) else None


def is_in_own_seat(who: CitizenSession, procedure: Procedure) -> bool:
    """The session is the one in which the person arrived, and nobody has taken the seat over since."""
    person = procedure.participant(who.participant)
    return person.session == who.id and not person.seat_taken_over


def sees_document(who: Caller, document: CaseDocument, procedure: Procedure) -> bool:
    """Citizens see what was shown to them or what they brought; offices what they scanned for people there."""
    if not may_read(who, Detail.DOCUMENT, procedure.type.procedure.privacy):
        return False
    if document.readers:
        return is_for(_own_seat(who, procedure), document)
    if isinstance(who, CitizenSession):
        return who.participant in {document.depositor, *document.presented_to} and is_in_own_seat(who, procedure)
    if who.kinds & (_HOSTS_AND_AUDITORS | {CallerKind.CASE_SYSTEM}):
        return True  # an auditor who has said why: see `may_read`
    # Law: LO 1/2025, offices help: what others wrote, and what is agreed, is not theirs to read.
    assert isinstance(who, StaffSession)
    here = {person.id for person in procedure.participants if person.office in who.account.offices}
    return document.depositor in here


def is_for(seat: Participant | None, document: CaseDocument) -> bool:
    """`seat`: where whoever looks sits, as themselves. Nobody audits, helps or takes away what names its readers."""
    if not document.readers:
        return True
    return seat is not None and seat.role in document.readers


def _own_seat(who: Caller, procedure: Procedure) -> Participant | None:
    if isinstance(who, CitizenSession):
        return procedure.participant(who.participant) if is_in_own_seat(who, procedure) else None
    if not isinstance(who, StaffSession):
        return None
    return next((person for person in procedure.participants if person.account == who.account.id), None)


def _reads_narrowed(procedure: Procedure, seat: Participant, visible_to: tuple[str, ...]) -> bool:
    return seat.role in visible_to or procedure.role_of(seat).hosts


def reads_item(who: Caller, procedure: Procedure, visible_to: tuple[str, ...]) -> bool:
    """What was filled in is for the room; an item may narrow it to some roles (`visible_to`), for staff too.

    Whoever holds the act writes it down, and reads it.
    """
    if isinstance(who, CitizenSession):
        named = not visible_to or procedure.participant(who.participant).role in visible_to
        return named and is_in_own_seat(who, procedure)
    if visible_to and not ((seat := _own_seat(who, procedure)) and _reads_narrowed(procedure, seat, visible_to)):
        return False
    return may_read(who, Detail.CONTENT, procedure.type.procedure.privacy)
