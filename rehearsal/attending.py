"""What staff of a municipal office do beside whoever sits there."""

from domain.commands import COMMANDS, Author
from domain.ids import AccountId
from domain.procedure.people import Participant
from domain.types.vocabulary import StaffRole
from rehearsal.courtroom import Courtroom

LOOK = COMMANDS["check_secure_place"]
RIGHT = {"acts_freely": True, "company": "alone", "private_talk": True}


async def look_where_wanted(room: Courtroom, play: str, person: Participant) -> None:
    """They fill in the checklist of a secure place for whomever the type wants it of. `play`: part of the id."""
    rules = (await room.procedure()).type.procedure.validity.places
    if not any(rule.checked and person.role in rule.roles for rule in rules):
        return
    official = Author(account=AccountId("acc_office"), staff_roles=(StaffRole.OFFICE,), office=person.office)
    said = {"id": f"{play}-place-{person.id}", "author": official, "participant": person.id, **RIGHT}
    await room.perform(LOOK.model_validate(said))
