"""What an administrator says of the procedures of which a regional system asks and is told."""

from api.ports import Ports, now
from api.services.requesting import RequestProcedure
from domain.access.coverage import EVERYTHING, Coverage
from domain.errors import Refusal
from domain.ids import AdministrationId
from domain.refusals.booking import OFFICE_NOT_COVERED, OFFICE_UNKNOWN, PROCEDURE_TYPE_UNKNOWN, TYPE_NOT_COVERED
from domain.types.procedure_type import ProcedureType
from domain.types.territory import Administration


def refuse_outside(coverage: Coverage, asked: RequestProcedure) -> None:
    """Raises `Refusal('type_not_covered')`, or `Refusal('office_not_covered')` where the act is held at no office
    that is covered and nobody appears from one."""
    if not coverage.covers_type(asked.type):
        raise Refusal(TYPE_NOT_COVERED, type=asked.type, covered=list(coverage.types or ()))
    offices = [asked.office, *(person.office for person in asked.participants if person.office)]
    if not coverage.covers_offices(offices):
        raise Refusal(OFFICE_NOT_COVERED, office=asked.office, covered=list(coverage.offices or ()))


async def kinds_of(ports: Ports, ours: Administration) -> list[ProcedureType]:
    """The types that may be held there today."""
    return [kind for _, kind in (await ports.catalogue.now()).at(ours, ours.day(now()))]


async def known_coverage(
    ports: Ports, administration: AdministrationId, asked: Coverage, before: Coverage = EVERYTHING
) -> Coverage:
    """`asked`, of offices of the Administration and of types that may be held there today, or that are shipped.

    What stands there `before` may stay, though it is offered no more: without it, nothing named would be everything.
    Raises `Refusal('office_unknown')` and `Refusal('procedure_type_unknown')`.
    """
    ours = ports.administrations[administration]
    offices = {office.id for office in ours.offices} | set(before.offices or ())
    for office in asked.offices or ():
        if office not in offices:
            raise Refusal(OFFICE_UNKNOWN, office=office)
    types = {kind.id for kind in await kinds_of(ports, ours)} | set(before.types or ())
    types |= set((await ports.catalogue.now()).shipped)
    for type in asked.types or ():
        if type not in types:
            raise Refusal(PROCEDURE_TYPE_UNKNOWN, type=type, known=sorted(types))
    return asked
