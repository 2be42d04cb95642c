"""A procedure may have several rooms: each is named by its own id, and nothing crosses from one to the other."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime

import pytest

from activities.orders import RoomOrder
from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from domain.codes.room_tokens import RoomClaims
from domain.ids import ParticipantId, ProcedureId, RoomId, main_room, procedure_of_room
from domain.ports.media import RoomFact
from rooms.crowd import Crowd
from rooms.protocol import COMMAND, Admit, Fact
from tests.rooms.test_facts import next_facts

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PROCEDURE = ProcedureId("prc_1")


def private_room(procedure: str, number: int) -> RoomId:
    return RoomId(f"{procedure}.private-{number}")


@pytest.mark.parametrize("room", [main_room(PROCEDURE), private_room(PROCEDURE, 1), private_room(PROCEDURE, 12)])
def test_the_name_of_a_room_tells_its_procedure(room: RoomId) -> None:
    assert procedure_of_room(room) == PROCEDURE


def test_a_message_that_names_no_room_is_about_the_main_room() -> None:
    """Up to 0.2 no other existed; histories, tokens and lines of then are still read."""
    command = COMMAND.validate_json(b'{"command": "admit", "procedure": "prc_1", "participant": "p1"}')
    assert isinstance(command, Admit)
    claims = {"procedure": PROCEDURE, "participant": "p1", "role": "party", "label": "A", "admitted": True}
    token = RoomClaims.model_validate({**claims, "expires_at": NOW, "jti": "j" * 24})
    fact = RoomFact(id=1, procedure=PROCEDURE, participant=ParticipantId("p1"), kind="joined", at=NOW)
    rooms = {command.room, token.room, fact.room, RoomOrder(procedure=PROCEDURE).room}
    assert rooms == {main_room(PROCEDURE)}


def test_a_person_is_missed_in_the_room_where_they_were() -> None:
    crowd = Crowd()
    crowd.meet("first")
    joined = Fact(
        id=1, instance="first", procedure=PROCEDURE, participant="p1", role="party", kind="joined", at=NOW, reason=""
    )
    private = private_room(PROCEDURE, 1)
    crowd.note(joined)
    crowd.note(joined.but(id=2, participant="p2", room=private))
    assert {(lost.room, lost.participant) for lost in crowd.meet("second")} == {(PROCEDURE, "p1"), (private, "p2")}


async def test_people_of_another_room_of_the_procedure_are_neither_seen_nor_heard(
    house: House, person: Callable[..., Person]
) -> None:
    judge, clerk, lawyer, client = (person(house, seed=seed) for seed in range(1, 5))
    private = private_room(house.procedure, 1)
    for name, somebody, room in (
        ("judge", judge, house.room),
        ("lawyer", lawyer, private),
        ("clerk", clerk, house.room),
        ("client", client, private),
    ):
        await somebody.join(house.token(name, room=room))
    for here, there, names in ((judge, clerk, "clerk"), (lawyer, client, "client")):
        shown = await here.sees(names, frames=20)
        await here.hears_voice_of(names, frames=20)
        assert set(shown) <= set(there.video)
    assert {judge.stream_of(name) for name in ("lawyer", "client")} == {None}
    assert {lawyer.stream_of(name) for name in ("judge", "clerk")} == {None}
    await house.client.dismiss(private, "client", "over")
    await client.hears("closed")
    assert judge.last("closed") is None
    await until(lambda: lawyer.stream_of("client") is None)


async def test_facts_name_the_room(
    own_house: House, person: Callable[..., Person], facts: AsyncGenerator[Fact, None]
) -> None:
    lawyer = person(own_house)
    private = private_room(own_house.procedure, 1)
    await lawyer.join(own_house.token("lawyer", room=private))
    (joined,) = await next_facts(facts, 1)
    assert (joined.procedure, joined.room) == (own_house.procedure, private)
