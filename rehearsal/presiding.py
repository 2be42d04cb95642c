"""Who presides over what is played."""

from domain.procedure.people import Participant
from domain.procedure.state import Procedure


def presiding(procedure: Procedure) -> Participant:
    """Whoever presides; where the type does not say who does, the first host."""
    presides = procedure.type.procedure.validity.presides
    role = presides.role if presides else procedure.hosts[0].role
    return next(person for person in procedure.hosts if person.role == role)
