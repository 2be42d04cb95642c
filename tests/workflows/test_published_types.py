"""Procedures that are open when the next version of their type is published end on the one that they began with."""

from datetime import timedelta

import pytest

from adapters.memory import MemoryPublications
from domain.access.publishing import Act
from domain.ids import AdministrationId
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Stage
from procedure_types.offered import TypeCatalogue
from rehearsal.acting import Play
from tests.procedure_types.publishing import TODAY, catalogue, done, proposed
from tests.workflows.court import ATLANTIA, Court, Room
from tests.workflows.test_new_types import BOUNDARY, VISIT

OPEN = 3
"""In the engine; fifty are held by the same rules in tests/rehearsal."""
LATER_ON = timedelta(days=300)
ID = "boundary_marking"
SECOND = BOUNDARY.replace("version: 1", "version: 2").replace("  marked: {es: Lindero fijado", "  marked: {es: Lindero")


async def publish(types: TypeCatalogue, store: MemoryPublications, id: str, pasted: str) -> None:
    await store.propose(proposed(pasted, id, offered=await types.now()))
    await store.add(id, done(Act.APPROVED), TODAY)


async def begun(court: Court, types: TypeCatalogue, id: str) -> Room:
    """As the interface begins one: with what may be asked for now."""
    offered = await types.now()
    here = court.installation.administrations[AdministrationId(ATLANTIA)]
    court.types[ID] = offered.resolved(offered.asked_for(here, ID, TODAY))
    return await court.summon(ID, id, in_=LATER_ON)


@pytest.mark.timeout(300)
async def test_what_is_open_ends_on_the_version_that_it_began_with(court: Court) -> None:
    store = MemoryPublications()
    types = catalogue(store)
    await publish(types, store, "pub_1", f"{VISIT}---\n{BOUNDARY}")
    rooms = [await begun(court, types, f"prc_open_{number}") for number in range(OPEN)]
    first: ResolvedType = court.types[ID]
    await publish(types, store, "pub_2", SECOND)
    later = await begun(court, types, "prc_later")
    second = court.types[ID]
    await store.add("pub_1", done(Act.WITHDRAWN), TODAY)

    # One after the other: the clock of the engine is one for all, and jumps.
    ended = [await Play(room, f"published-{number}").whole() for number, room in enumerate([*rooms, later])]

    assert [procedure.stage for procedure in ended] == [Stage.CLOSED] * (OPEN + 1)
    assert (first.procedure.version, second.procedure.version) == (1, 2)
    assert {procedure.type.sha256 for procedure in ended[:OPEN]} == {first.sha256}
    assert ended[OPEN].type.sha256 == second.sha256 != first.sha256
