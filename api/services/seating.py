"""Whose seat it is: said when the act is asked for, or at the latest when an official acts in one that was left out."""

import secrets

from api.access.session import Caller, StaffSession
from api.services.gateway import Gateway
from domain.access.accounts import Account
from domain.commands import (
    AnswerHelp,
    AttestAutonomy,
    Author,
    CheckIn,
    Command,
    DepositDocument,
    RetryStep,
    SendPin,
    TakeSeat,
)
from domain.errors import Refusal
from domain.ids import CommandId
from domain.procedure.state import Procedure
from domain.refusals.booking import ACCOUNT_OF_OTHER_BODY, ACCOUNT_UNKNOWN, NOBODY_TO_TAKE_THE_SEAT
from domain.refusals.people import ALREADY_SEATED
from domain.refusals.signing import NO_CERTIFICATE
from domain.types.procedure_type import ProcedureType, Role
from domain.types.vocabulary import Side

BESIDE = (AnswerHelp, AttestAutonomy, CheckIn, DepositDocument, RetryStep, SendPin, TakeSeat)
"""What staff do beside somebody, whoever holds the act: nobody sits down by it."""


async def sit_down_to_act(gateway: Gateway, who: Caller, procedure: Procedure, command: Command) -> None:
    """Before an official acts in a free seat, it is theirs. Raises what the rule of `TakeSeat` refuses."""
    if not isinstance(command, BESIDE):
        await take_free_seat(gateway, who, procedure, command.author)


async def take_free_seat(gateway: Gateway, who: Caller, procedure: Procedure, author: Author) -> None:
    """The seat of `author` becomes that of the account, where it is nobody's yet."""
    if not isinstance(who, StaffSession) or author.participant is None:
        return
    person = procedure.participant(author.participant)
    if person.account is not None or procedure.role_of(person).side is not Side.AUTHORITY:
        return
    account = who.account
    certified = account.certificate is not None
    seat = TakeSeat(id=CommandId(secrets.token_hex(16)), author=author, name=account.name, certified=certified)
    try:
        await gateway.perform(procedure.id, seat)
    except Refusal as refusal:
        # Two buttons pressed at once: the other request has sat them down.
        if refusal.declared is not ALREADY_SEATED:
            raise


def may_be_seated(account: Account | None, id: str, kind: ProcedureType, role: Role, body: str) -> Account:
    """The account that is to have a seat of `role`. Raises `Refusal` when it could not act, or not sign, in it."""
    if account is None or not account.active or not account.has(*role.account_roles):
        raise Refusal(ACCOUNT_UNKNOWN, account=id)
    if account.body not in (None, body):
        raise Refusal(ACCOUNT_OF_OTHER_BODY, account=id, role=role.code)
    if account.certificate is None and kind.signs_with_certificate(role.code):
        raise Refusal(NO_CERTIFICATE, role=role.code)
    return account


def somebody_may_sit(staff: tuple[Account, ...], kind: ProcedureType, role: Role, body: str) -> None:
    """Raises `Refusal('nobody_to_take_the_seat')` where no account of the body could take a seat left out."""
    for account in staff:
        try:
            may_be_seated(account, account.id, kind, role, body)
        except Refusal:
            continue
        return
    raise Refusal(NOBODY_TO_TAKE_THE_SEAT, body=body, role=role.code)
