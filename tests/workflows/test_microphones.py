"""Microphones are closed in the record and then in the room, however long the room takes to answer."""

from domain.actions.floor import GiveFloor
from domain.actions.microphones import MuteEveryone, MuteParticipant, UnmuteEveryone, UnmuteParticipant
from domain.ids import main_room
from rehearsal.acting import Play
from tests.workflows.asking import by, code_of, events, until
from tests.workflows.court import Court, open_court
from tests.workflows.engines import handing_over_after


async def test_the_room_lets_be_heard_whom_the_record_says(court: Court) -> None:
    room = await court.summon("mediation", "prc_microphones", besides=("lawyer",))
    play = Play(room, "microphones")
    await play.arrive()
    await play.enter()
    procedure = await room.procedure()
    host, people = procedure.hosts[0], procedure.citizens
    media, here = court.media, main_room(procedure.id)
    assert here not in media.muted

    await room.perform(MuteParticipant(**by(host, "mute-one"), participant=people[0].id))
    await until(room, lambda _: media.muted.get(here) == (people[0].id,))
    await room.perform(MuteEveryone(**by(host, "mute-all")))
    everybody = tuple(person.id for person in procedure.participants if person not in procedure.hosts)
    await until(room, lambda _: media.muted.get(here) == everybody)
    await room.perform(GiveFloor(**by(host, "floor-first"), participant=people[0].id))
    await until(room, lambda _: media.muted.get(here) == tuple(id for id in everybody if id != people[0].id))
    assert await code_of(room.perform(UnmuteEveryone(**by(people[1], "open-oneself")))) == "host_only"

    media.away = True
    await room.perform(UnmuteEveryone(**by(host, "open-all")))
    assert media.muted[here]
    media.away = False
    await until(room, lambda _: media.muted.get(here) == ())
    assert [type for type in await events(court, room) if "mute" in type] == [
        "participant_muted",
        "everyone_muted",
        "everyone_unmuted",
    ]


async def test_no_next_run_begins_before_the_room_lets_somebody_be_heard_again() -> None:
    """It would tell the room nothing: nobody is muted, as far as it knows."""
    async with open_court(handing_over_after(60), None) as court:
        room = await court.summon("mediation", "prc_unmuted")
        play = Play(room, "unmuted")
        await play.arrive()
        await play.enter()
        procedure = await room.procedure()
        host, person, here = procedure.hosts[0], procedure.citizens[0].id, main_room(procedure.id)

        for time in range(12):
            await room.perform(MuteParticipant(**by(host, f"close-mic-{time}"), participant=person))
            await until(room, lambda _: court.media.muted.get(here) == (person,))
            await room.perform(UnmuteParticipant(**by(host, f"open-mic-{time}"), participant=person))
            await until(room, lambda _: court.media.muted.get(here) == ())
        assert (await room.handle.describe()).run_id != room.handle.first_execution_run_id
