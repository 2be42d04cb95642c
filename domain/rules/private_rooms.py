"""When lawyer and client may talk alone, and who brings them back."""

from domain.commands import ClosePrivateRoom, OpenPrivateRoom
from domain.errors import Refusal
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.refusals.people import IN_PRIVATE_TALK, MAY_NOT_CONFER, NOT_IN_ROOM, PRIVATE_TALK_OVER
from domain.rules.common import as_host, as_oneself, at_stage, identified
from domain.types.vocabulary import Stage


def may_open_private_room(procedure: Procedure, command: OpenPrivateRoom) -> None:
    """Law: RDL 6/2023 art. 62.3.c and LO 5/2024 art. 16; with one's lawyer, and with nobody else."""
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION, Stage.INTERRUPTED)
    lawyer, client = procedure.participant(command.lawyer), procedure.participant(command.client)
    if client.role not in procedure.role_of(lawyer).confers_with:
        raise Refusal(MAY_NOT_CONFER, lawyer=lawyer.id, client=client.id)
    for person in (lawyer, client):
        if procedure.talk_of(person.id):
            raise Refusal(IN_PRIVATE_TALK, participant=person.id)
        if person.presence not in (Presence.ADMITTED, Presence.CONNECTED):
            raise Refusal(NOT_IN_ROOM, participant=person.id)
        # Law: RDL 6/2023 art. 60.1; nobody is left alone with somebody of whom it is not known who they are.
        identified(procedure, person)


def may_close_private_room(procedure: Procedure, command: ClosePrivateRoom) -> None:
    """Either of the two comes back when they want, and both with them; or the host brings them back."""
    talk = next((talk for talk in procedure.private_talks if talk.room == command.room), None)
    if talk is None:
        raise Refusal(PRIVATE_TALK_OVER)
    seat = command.author.participant
    if seat is not None and seat in talk.people:
        as_oneself(procedure, command, seat)
    else:
        as_host(procedure, command)
