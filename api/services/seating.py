"""Who may have a seat of the authority: asked when an act is asked for."""

from api.ports import Ports
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.refusals.booking import ACCOUNT_OF_OTHER_BODY, ACCOUNT_UNKNOWN, NOBODY_TO_TAKE_THE_SEAT
from domain.refusals.signing import NO_CERTIFICATE
from domain.refusals.validity import SEAT_RESERVED
from domain.rules.seats import seat_may_be_theirs
from domain.types.procedure_type import ProcedureType, Role
from domain.types.territory import Administration
from domain.types.vocabulary import Side


def may_be_seated(account: Account | None, id: str, kind: ProcedureType, role: Role, body: str) -> Account:
    """The account that is to have a seat of `role`. Raises `Refusal` when it could not act, or not sign, in it."""
    if account is None or not account.active or not account.has(*role.account_roles):
        raise Refusal(ACCOUNT_UNKNOWN, account=id)
    if account.body not in (None, body):
        raise Refusal(ACCOUNT_OF_OTHER_BODY, account=id, role=role.code)
    if account.certificate is None and kind.signs_with_certificate(role.code):
        raise Refusal(NO_CERTIFICATE, role=role.code)
    return account


def somebody_may_sit(staff: tuple[Account, ...], request: ProcedureRequested, role: Role, language: str) -> None:
    """Raises `Refusal` where no account of the body could take a seat left out.

    That is `seat_reserved`, told in `language`, where only what was declared keeps from it whoever could.
    """
    kind, declared = request.resolved_type.procedure, request.declared.values if request.declared else {}
    reserved: Refusal | None = None
    for account in staff:
        try:
            may_be_seated(account, account.id, kind, role, request.body)
            seat_may_be_theirs(kind, role.code, account.roles, declared, language)
        except Refusal as refusal:
            reserved = refusal if refusal.declared is SEAT_RESERVED else reserved
            continue
        return
    raise reserved or Refusal(NOBODY_TO_TAKE_THE_SEAT, body=request.body, role=role.code)


async def free_seats_have_takers(
    ports: Ports, territory: Administration, request: ProcedureRequested, language: str | None
) -> None:
    """Raises `Refusal` as `somebody_may_sit` does."""
    free = {person.role for person in request.participants if person.account is None}
    kind = request.resolved_type.procedure
    roles = [role for role in kind.roles if role.side is Side.AUTHORITY and role.code in free]
    staff = await ports.accounts.of_administration(territory.id) if roles else ()
    for role in roles:
        somebody_may_sit(staff, request, role, language or request.language)
