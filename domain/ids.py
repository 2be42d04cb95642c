"""Identifiers as types, so that a participant is never passed where a procedure is meant."""

from typing import NewType

ProcedureId = NewType("ProcedureId", str)
"""`prc_` and a UUIDv8 in hex, derived by the API from whoever asks and under which key: asking again is the same
procedure. Carries nothing personal, because it is a workflow id and a search key."""

ParticipantId = NewType("ParticipantId", str)
"""Opaque within its procedure: `p1`, `p2`, in the order of the summons."""

ItemId = NewType("ItemId", str)
"""One item of one agenda: `i1`, `i2`, in the order in which items were planned or added."""

AccountId = NewType("AccountId", str)
"""A member of staff: `acc_` and random hex."""

AdministrationId = NewType("AdministrationId", str)
OfficeId = NewType("OfficeId", str)
CommandId = NewType("CommandId", str)
"""The caller's Idempotency-Key; it is the id of the Update too."""

RoomId = NewType("RoomId", str)
"""One live room. The main room of a procedure is named as the procedure itself: up to 0.2 it had no other."""

Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal characters."""


def workflow_id(procedure: ProcedureId) -> str:
    """The Temporal workflow id of a procedure."""
    return f"procedure-{procedure}"


def main_room(procedure: str) -> RoomId:
    """Where the act is held."""
    return RoomId(procedure)


def private_room(procedure: str, number: int) -> RoomId:
    """Where the talk of that number is held, the first being 1."""
    return RoomId(f"{procedure}.private-{number}")


def procedure_of_room(room: RoomId) -> ProcedureId:
    """Inverse of `main_room` and `private_room`."""
    return ProcedureId(room.partition(".")[0])


def procedure_of(workflow: str) -> ProcedureId:
    """Inverse of `workflow_id`."""
    return ProcedureId(workflow.removeprefix(workflow_id(ProcedureId(""))))
