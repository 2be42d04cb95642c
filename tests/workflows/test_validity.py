"""What would make an act void is refused while it is held; once what was missing is there, the same is accepted."""

import pytest

from domain.commands import CloseSession, FillItem, OpenItem, SkipItem
from domain.errors import Refusal
from domain.ports.media import RoomFact
from domain.types.vocabulary import ItemState, Stage, Verb
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from rehearsal.presiding import presiding
from tests.workflows.court import Court, Room
from workflows.procedure import ProcedureWorkflow


async def held_but(room: Room, play: Play, *left_out: Verb) -> None:
    """Everything up to the end of the session, but the items of these verbs."""
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda:
        kind = (await room.procedure()).type.item(item.code)
        if kind.verb in left_out:
            host = (await room.procedure()).hosts[0]
            await play.say(host, SkipItem, item=item.id, reason="No procede en este acto")
        else:
            await play.deal_with(item)


async def test_a_conciliation_without_its_clauses_does_not_end_with_agreement(court: Court) -> None:
    room = await court.summon("conciliation", "prc_void")
    play = Play(room, "void")
    await held_but(room, play, Verb.SETTLE)
    clerk = (await room.procedure()).hosts[0]

    with pytest.raises(Refusal, match="outcome_needs_item") as refused:
        await play.say(clerk, CloseSession, outcome="agreement")
    assert (refused.value.params["item"], refused.value.params["law"]) == ("A23", "LJV arts. 145.3 y 145.4")

    settled = next(item for item in (await room.procedure()).agenda if item.code == "A23")
    assert settled.state is ItemState.SKIPPED
    await play.say(clerk, OpenItem, item=settled.id)
    procedure = await room.procedure()
    values = plausible_values(procedure.type.item("A23"), procedure, settled)
    await play.say(clerk, FillItem, item=settled.id, values=values, done=True)
    written = (await room.procedure()).documents[-1]
    for signer in procedure.citizens:
        await play.read_and_sign(written, signer)
    await play.say(clerk, CloseSession, outcome="agreement")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "agreement"


async def test_a_hearing_does_not_end_while_its_judge_is_cut_off_nor_by_the_hand_of_the_clerk(court: Court) -> None:
    room = await court.summon("oral_hearing_witness", "prc_judge")
    play = Play(room, "judge")
    await held_but(room, play)
    procedure = await room.procedure()
    judge, clerk = presiding(procedure), next(p for p in procedure.participants if p.role == "clerk")

    with pytest.raises(Refusal, match="presides_only"):
        await play.say(clerk, CloseSession, outcome="ready_for_judgment")

    await tell(room, judge.id, "connection_lost", 2)
    with pytest.raises(Refusal, match="presence_not_live") as refused:
        await play.say(judge, CloseSession, outcome="ready_for_judgment")
    assert refused.value.params["law"] == "LEC art. 137"

    await tell(room, judge.id, "restored", 3)
    await play.say(judge, CloseSession, outcome="ready_for_judgment")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "ready_for_judgment"


async def tell(room: Room, participant: str, kind: str, number: int) -> None:
    procedure = await room.procedure()
    fact = RoomFact.model_validate(
        {
            "id": number,
            "procedure": procedure.id,
            "participant": participant,
            "kind": kind,
            "at": procedure.changed_at,
            "reason": "",
        }
    )
    await room.handle.signal(ProcedureWorkflow.room_fact, fact)
    presence = {"joined": "connected", "restored": "connected", "connection_lost": "lost"}[kind]
    while (await room.procedure()).participant(participant).presence != presence:
        pass
