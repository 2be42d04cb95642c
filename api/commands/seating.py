"""A seat that was left out becomes that of the official who acts in it, before they do."""

import secrets
from dataclasses import replace

from api.access.session import StaffSession
from api.deps import Case
from domain.commands import TakeSeat
from domain.errors import Refusal
from domain.ids import CommandId
from domain.journal.chain import position
from domain.refusals.people import ALREADY_SEATED
from domain.rules.seats import is_vacant
from domain.types.vocabulary import Side


async def take_free_seat(case: Case) -> Case:
    """Whoever asks sits down, where their seat is nobody's yet. Raises what the rule of `TakeSeat` refuses.

    Who wants something done in one state alone sits down in that one, and wants it done in what comes of that.
    """
    if not isinstance(case.who, StaffSession):
        return case
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    person = procedure.participant(author.participant) if author.participant else None
    account = case.who.account
    theirs = person is not None and person.account == account.id
    if person is None or theirs or not is_vacant(procedure, person):
        return case
    if procedure.role_of(person).side is not Side.AUTHORITY:
        return case
    certified = account.certificate is not None
    seat = TakeSeat(id=CommandId(secrets.token_hex(16)), author=author, name=account.name, certified=certified)
    try:
        receipt = await case.carry_out(seat)
    except Refusal as refusal:
        # Two buttons pressed at once: the other request has sat them down.
        if refusal.declared is not ALREADY_SEATED:
            raise
        return case
    if case.expects is None:
        return case
    seated = (await case.ports.journal.read(case.id, first=receipt.seq, up_to=receipt.seq))[0]
    return replace(case, expects=(position(seated.seq, seated.hash),))
