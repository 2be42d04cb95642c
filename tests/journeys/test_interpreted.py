"""A witness is heard through an interpreter, who swears, translates, and signs the statement too (LEC 143.1)."""

from pathlib import Path

import pytest

from bench.papers import scanned_page
from bench.trust import verdict_on
from domain.commands import AddItem, FillItem, OpenItem
from domain.errors import Refusal
from domain.procedure.people import Participant
from domain.types.vocabulary import ItemState
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess

HEARD_IN = {"statement_in_investigation": "A06", "oral_hearing_witness": "A09"}


class Interpreted(Play):
    async def hold_agenda(self) -> None:
        """The oath is taken when the first item in which the witness is heard is refused for want of it."""
        procedure = await self._room.procedure()
        first = HEARD_IN[procedure.type.procedure.id]
        for item in procedure.agenda:
            if item.code == first:
                with pytest.raises(Refusal) as refused:
                    await self.say(procedure.hosts[0], OpenItem, item=item.id)
                assert refused.value.code == "office_not_sworn"
                assert refused.value.params["said"] == self._played(procedure.participants, "interpreter").name
                await self._take_oath()
            await self.deal_with(item)

    async def _take_oath(self) -> None:
        host = (await self._room.procedure()).hosts[0]
        await self.say(host, AddItem, code="A08")
        procedure = await self._room.procedure()
        added = next(item for item in procedure.agenda if item.code == "A08" and item.state is ItemState.PLANNED)
        people = {role: self._played(procedure.participants, role).id for role in ("interpreter", "witness")}
        values = {
            "interpreter": people["interpreter"],
            "assists": people["witness"],
            "language": "Rumano",
            "result": "oath",
        }
        await self.say(host, OpenItem, item=added.id)
        await self.say(host, FillItem, item=added.id, values=values, done=True)

    @staticmethod
    def _played(people: tuple[Participant, ...], role: str) -> Participant:
        return next(person for person in people if person.role == role)


@pytest.mark.parametrize("type_id", HEARD_IN)
async def test_an_interpreter_swears_translates_and_signs(
    house: House, worker: WorkerProcess, tmp_path: Path, type_id: str
) -> None:
    room = await house.summon(type_id, f"prc_interpreted_{type_id}", besides=("interpreter",))
    closed = await Interpreted(room, f"interpreted-{type_id}", paper=scanned_page()).whole()

    interpreter = next(person for person in closed.participants if person.role == "interpreter")
    statement = next(document for document in closed.documents if document.code == "statement")
    assert statement.signed_by(interpreter.id)
    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]
