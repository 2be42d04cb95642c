"""Rehearsals of what an administrator uploads, each in a limited process of its own."""

from api.ports import Ports, now
from api.services.rehearsal_view import RehearsalView
from domain.errors import Refusal
from domain.refusals.publishing import NO_SAMPLE_MINUTES
from domain.types.procedure_type import ResolvedType
from domain.types.territory import Administration
from procedure_types import resolve
from procedure_types.uploading import Examined

LONGEST = 30.0
"""Seconds by the clock: those of the shipped types take one or two."""


async def rehearse(
    ports: Ports, administration: Administration, examined: Examined, language: str
) -> list[RehearsalView]:
    """Of each procedure type that was uploaded, one after the other."""
    return [await _rehearsed(ports, one, administration, language) for one in await _resolved(ports, examined)]


async def sample_minutes(ports: Ports, administration: Administration, examined: Examined, language: str) -> bytes:
    """The minutes of the first of them as a PDF, as far as scripted people came."""
    first = next(iter(await _resolved(ports, examined)), None)
    ended = await _rehearsed(ports, first, administration, language) if first else None
    if ended is None or ended.minutes is None:
        raise Refusal(NO_SAMPLE_MINUTES)
    logo = ports.logos[administration.id].encode()
    return await ports.typesetter.pdf(ended.minutes, administration.theme, logo, now())


async def _resolved(ports: Ports, examined: Examined) -> list[ResolvedType]:
    offered = await ports.catalogue.now()
    items = {**{item.code: item for item in examined.items}, **offered.items}
    return [resolve(kind, items, offered.mechanisms) for kind in examined.procedures]


async def _rehearsed(
    ports: Ports, resolved: ResolvedType, administration: Administration, language: str
) -> RehearsalView:
    parts = [one.model_dump_json().encode() for one in (resolved, administration)]
    ending = await ports.rehearsals.run({"language": language, "at": now().isoformat()}, parts, LONGEST)
    if "result" not in ending.said:
        return RehearsalView(titles=resolved.procedure.titles, too_long=True)
    return RehearsalView.model_validate_json(ending.made)
