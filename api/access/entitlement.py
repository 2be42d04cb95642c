"""Which procedures are for whose eyes: permissions say what somebody may do, this says with which objects."""

from api.access.session import Caller, CitizenSession, Machine, StaffSession
from domain.access.accounts import Account
from domain.access.stores import Board
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.journal.register import RegisterRow
from domain.types.vocabulary import StaffRole


def may_see(who: Caller, row: RegisterRow) -> bool:
    """True when `who` may see that this procedure exists."""
    match who:
        case StaffSession(account=account):
            return account.administration == row.administration and _of_their_work(account, row)
        case CitizenSession(procedure=procedure):
            return procedure == row.procedure and not row.stage.ended
        case Machine(key=key):
            return key.administration == row.administration
        case _:
            return False


def _of_their_work(account: Account, row: RegisterRow) -> bool:
    if account.has(StaffRole.AUDITOR, StaffRole.ADMINISTRATOR):
        return True
    if any(person.account == account.id for person in row.private.people):
        return True
    if account.has(StaffRole.CLERK, StaffRole.OFFICIAL) and account.body in (None, row.body):
        return True
    return account.has(StaffRole.OFFICE) and bool(set(account.offices) & set(row.offices))


def limit_to_account(board: Board, account: Account) -> Board:
    """`board` as far as this account may see it. Raises `Refusal('not_permitted')` for somebody else's office."""
    elsewhere = board.office is not None and board.office not in account.offices
    if elsewhere and account.roles == (StaffRole.OFFICE,):
        raise Refusal("not_permitted")
    if account.has(StaffRole.AUDITOR, StaffRole.ADMINISTRATOR):
        return board
    if account.has(StaffRole.CLERK, StaffRole.OFFICIAL):
        return board.but(body=account.body) if account.body else board
    office = board.office or (account.offices[0] if account.offices else OfficeId("none"))
    return board.but(office=office)
