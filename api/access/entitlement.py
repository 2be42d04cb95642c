"""With which roles somebody is entitled to a procedure: permissions say what a role may do, this says where.

Roles of one account do not add up: each counts only where it entitles by itself.
"""

from dataclasses import replace

from api.access.session import Caller, CitizenSession, Machine, StaffSession
from domain.access.accounts import Account
from domain.access.api_keys import PROCEDURES, ApiKey
from domain.access.register import Board
from domain.codes.asked import asked_by_system, procedure_id
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.journal.register import RegisterRow
from domain.refusals.access import NOT_PERMITTED
from domain.types.privacy import PROTECTED
from domain.types.vocabulary import StaffRole


def with_entitled_roles(who: Caller, row: RegisterRow) -> Caller | None:
    """`who` with the roles that count in this procedure; None for whoever may not see that it exists."""
    match who:
        case StaffSession(account=account):
            roles = tuple(role for role in account.roles if _entitles(role, account, row))
            if account.administration != row.administration or not roles:
                return None
            return replace(who, account=account.but(roles=roles))
        case CitizenSession(procedure=procedure):
            return who if procedure == row.procedure and not row.stage.ended else None
        case Machine(key=key):
            if key.administration != row.administration or not _covers(key, row):
                return None
            return who if _keeps_the_file(who, row) else replace(who, key=key.but(scopes=(PROCEDURES,)))
        case _:
            return None


def _covers(key: ApiKey, row: RegisterRow) -> bool:
    """An administrator has said of which offices and types the system asks; the rest does not exist for it."""
    return key.coverage.covers_offices(row.offices) and key.coverage.covers_type(row.type)


def _keeps_the_file(who: Machine, row: RegisterRow) -> bool:
    """It asked for the procedure under its own number, and the type protects nothing from those outside the act."""
    if row.external_id is None or PROTECTED[row.privacy]:
        return False
    asked_as = asked_by_system(row.external_id)
    return any(procedure_id(key, row.administration, asked_as) == row.procedure for key in who.id_keys)


def _entitles(role: StaffRole, account: Account, row: RegisterRow) -> bool:
    match role:
        case StaffRole.AUDITOR:
            return True
        case StaffRole.CLERK | StaffRole.OFFICIAL:
            seated = any(person.account == account.id for person in row.private.people)
            return seated or account.body in (None, row.body)
        case StaffRole.OFFICE:
            return bool(set(account.offices) & set(row.offices))
        case _:
            return False


def may_see(who: Caller, row: RegisterRow) -> bool:
    """True when `who` may see that this procedure exists."""
    return with_entitled_roles(who, row) is not None


def limit_to_account(board: Board, account: Account) -> Board:
    """`board` as far as this account may see it. Raises `Refusal('not_permitted')` for somebody else's office."""
    at_own_office = account.has(StaffRole.OFFICE) and board.office in account.offices
    if board.office is not None and board.office not in account.offices and account.roles == (StaffRole.OFFICE,):
        raise Refusal(NOT_PERMITTED)
    if account.has(StaffRole.AUDITOR) or at_own_office:
        return board
    if account.has(StaffRole.CLERK, StaffRole.OFFICIAL):
        return board.but(body=account.body) if account.body else board
    return board.but(office=account.offices[0] if account.offices else OfficeId("none"))
