"""Conciliations that stand at each stage at which a test wants to find one: asked for over HTTP, then played."""

import asyncio
from typing import Any

import httpx
from temporalio.worker import Worker

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.memory import MemoryRecorder, MemoryRooms
from adapters.wiring import open_installation, temporal_client
from bench.papers import scanned_page
from bench.real_room import RealRoom
from domain.commands import AcknowledgeWarnings, Author, Command, InterruptProcedure, Receipt, WaiveIdentity
from domain.ids import CommandId, workflow_id
from domain.procedure.people import Participant
from domain.types.vocabulary import InterruptionCause, Stage
from rehearsal.acting import Play
from tests.api.people import CLERK, House, asked, command, person, wait_for
from workflows.engine.queues import ROOMS

NAME, NUMBER = "Eufrasia Mariño Tasende", "99104321N"
"""Of the applicant: whoever reads either has read what is in the procedure."""

STAGES = (Stage.SUMMONED, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.CLOSED)
OTHER_STAGES = (Stage.ADJOURNED, Stage.CHECKED_IN, Stage.APPROVAL, Stage.SIGNING, Stage.CANCELLED, Stage.NO_SHOW)
"""Where people ask too, and which the long run tries besides (`python -m bench.fuzzing`)."""


BY_THE_CLERK: dict[Stage, tuple[tuple[str, dict[str, Any]], ...]] = {
    Stage.ADJOURNED: (("adjourn_procedure", {"reason": "Lo piden las partes.", "new_date": asked()["scheduled_at"]}),),
    Stage.CANCELLED: (("cancel_procedure", {"reason": "Desisten las partes."}),),
    Stage.NO_SHOW: (
        ("interrupt_procedure", {"cause": "absence", "must_act": "clerk"}),
        ("cancel_procedure", {"reason": "No comparece la otra parte.", "as_no_show": True}),
    ),
}
"""Where the clerk leads it at once."""


class InTheSessionsOfTheTest(Play):
    """Citizens have arrived over HTTP; the clerk knows them, so that no live picture is needed."""

    def __init__(self, room: RealRoom, name: str) -> None:
        super().__init__(room, name, paper=scanned_page())
        self._courtroom, self._told = room, 0

    async def arrive(self) -> None:
        for citizen in (await self._courtroom.procedure()).citizens:
            await self.say(citizen, AcknowledgeWarnings, participant=citizen.id, text_version="2026-1")

    async def identify(self) -> None:
        procedure = await self._courtroom.procedure()
        for citizen in procedure.citizens:
            reason = "La conoce personalmente desde hace años."
            await self.say(procedure.hosts[0], WaiveIdentity, participant=citizen.id, reason=reason)

    async def say(self, person: Participant, command: type[Command], **words: Any) -> Receipt:
        self._told += 1
        here = (await self._courtroom.procedure()).participant(person.id)
        author = Author(participant=here.id, account=here.account, session=here.session)
        id = CommandId(f"{self._name}-{self._told:04d}")
        return await self._courtroom.perform(command(id=id, author=author, **words))

    async def until(self, stage: Stage) -> None:
        if stage is Stage.CHECKED_IN:
            return
        await self.arrive()
        await self.enter()
        await self.identify()
        await self.hold_agenda()
        if stage is Stage.INTERRUPTED:
            host = (await self._courtroom.procedure()).hosts[0]
            await self.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act="clerk", note="Descanso.")
        if stage not in (Stage.APPROVAL, Stage.SIGNING, Stage.CLOSED):
            return
        await self.close()
        if stage is not Stage.APPROVAL:
            await self.approve()
        if stage is Stage.CLOSED:
            await self.sign()
        # While the rooms of the play serve: minutes are written after the room is closed.
        await self._courtroom.reaches(stage)


def at_stage(house: House, stage: Stage) -> tuple[str, httpx.Client]:
    """A conciliation at `stage`, and the applicant, who sat down in it before."""
    procedure = house.conciliation(participants=people(house))
    if stage is Stage.NO_SHOW:
        applicant = house.arrived(procedure, "p1", "ojm-vilar")
    elif stage in (Stage.SUMMONED, *BY_THE_CLERK):
        applicant = house.citizen(procedure, "p1", "ojm-vilar")
    else:
        applicant = play_to(house, procedure, stage)
    for name, words in BY_THE_CLERK.get(stage, ()):
        done = command(house.staff(CLERK), procedure, name, **words)
        assert done.status_code == 200, done.text
    return procedure, applicant


def people(house: House) -> list[dict[str, Any]]:
    clerk = house.staff(CLERK).get("/api/v1/sessions/current").json()["account"]["id"]
    return [
        person("applicant", NAME, document_number=NUMBER, office="ojm-vilar", mobile="+34600000001"),
        person("respondent", "Marta Lago Prieto", document_number="99218765P", office="ojm-lira",
               mobile="+34600000002"),
        {"role": "clerk", "account": clerk},
    ]  # fmt: skip


def play_to(
    house: House, procedure: str, stage: Stage, play: type[InTheSessionsOfTheTest] = InTheSessionsOfTheTest
) -> httpx.Client:
    """Play it to `stage`; the applicant's client."""
    applicant = house.arrived(procedure, "p1", "ojm-vilar")
    house.arrived(procedure, "p2", "ojm-lira")
    asyncio.run(_play(house, procedure, stage, play))
    wait_for(house.machine(), procedure, stage.value)
    return applicant


async def _play(house: House, procedure: str, stage: Stage, play: type[InTheSessionsOfTheTest]) -> None:
    client = await temporal_client(house.settings)
    async with open_installation(house.settings) as installation:
        handle = client.get_workflow_handle(workflow_id(procedure))  # type: ignore[arg-type]
        room = RealRoom(handle, installation, house.settings.sms_outbox_dir)
        rooms = Worker(
            client,
            task_queue=ROOMS,
            activities=room_acts(installation, MemoryRooms(), MemoryRecorder(installation.recordings)),
            interceptors=[TypedFailures(), Pulse()],
        )
        async with rooms:
            await play(room, f"staged-{procedure[-8:]}").until(stage)
