"""What an office says it saw of the place of those whom a type wants in a secure one."""

from collections.abc import Iterator

from domain.actions.secure_place import SecurePlaceChecked
from domain.events import Event
from domain.procedure.people import Participant
from domain.procedure.secure_place import Company
from domain.procedure.state import Procedure


def looked_at(procedure: Procedure, person: Participant) -> Iterator[Event]:
    """One event, or none where nobody has to look."""
    if any(rule.checked and person.role in rule.roles for rule in procedure.type.procedure.validity.places):
        yield SecurePlaceChecked(participant=person.id, acts_freely=True, company=Company.ALONE, private_talk=True)
