"""Rehearsals of what an administrator uploads: in a thread, since they are work of seconds and others wait."""

import asyncio

from api.ports import Ports, now
from domain.types.territory import Administration
from procedure_types import resolve
from procedure_types.uploading import Examined
from rehearsal import rehearsing
from rehearsal.rehearsing import Rehearsal, sample_of


async def rehearse(ports: Ports, administration: Administration, examined: Examined, language: str) -> list[Rehearsal]:
    """Of each procedure type that was uploaded."""
    offered = await ports.catalogue.now()
    items = {**{item.code: item for item in examined.items}, **offered.items}
    resolved = [resolve(kind, items, offered.mechanisms) for kind in examined.procedures]
    at = now()

    async def every() -> list[Rehearsal]:
        return [await rehearsing.rehearse(one, administration, at, language) for one in resolved]

    return await asyncio.to_thread(asyncio.run, every())


async def sample_minutes(ports: Ports, administration: Administration, examined: Examined, language: str) -> bytes:
    """The minutes of the first of them as a PDF, as far as scripted people came."""
    (first, *_) = await rehearse(ports, administration, examined, language)
    words = await asyncio.to_thread(sample_of, first, administration, language)
    logo = ports.logos[administration.id].encode()
    return await ports.typesetter.pdf(words, administration.theme, logo, now())
