"""A seat that was left out becomes that of the official who acts in it, before they do."""

import secrets

from api.access.session import StaffSession
from api.deps import Case
from domain.commands import TakeSeat
from domain.errors import Refusal
from domain.ids import CommandId
from domain.refusals.people import ALREADY_SEATED
from domain.types.vocabulary import Side


async def take_free_seat(case: Case) -> None:
    """Whoever asks sits down, where their seat is nobody's yet. Raises what the rule of `TakeSeat` refuses."""
    if not isinstance(case.who, StaffSession):
        return
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    person = procedure.participant(author.participant) if author.participant else None
    if person is None or person.account is not None or procedure.role_of(person).side is not Side.AUTHORITY:
        return
    account = case.who.account
    certified = account.certificate is not None
    seat = TakeSeat(id=CommandId(secrets.token_hex(16)), author=author, name=account.name, certified=certified)
    try:
        await case.gateway.perform(case.id, seat)
    except Refusal as refusal:
        # Two buttons pressed at once: the other request has sat them down.
        if refusal.declared is not ALREADY_SEATED:
            raise
