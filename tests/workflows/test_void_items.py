"""An item that was held and gave nothing: a mediation that nobody accepts, a birth without its medical proof."""

from typing import Any

import pytest

from domain.commands import CloseSession, FillItem, OpenItem, SkipItem
from domain.errors import Refusal
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from rehearsal.presiding import presiding
from tests.workflows.court import Court, Room


async def held_with(room: Room, play: Play, code: str, left_out: tuple[str, ...], **words: Any) -> None:
    """Everything up to the end of the session: `code` with these words, and without the items of `left_out`."""
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda:
        procedure = await room.procedure()
        host = presiding(procedure)
        if item.code in left_out:
            await play.say(host, SkipItem, item=item.id, reason="No procede en este acto")
        elif item.code == code:
            await play.say(host, OpenItem, item=item.id)
            values = plausible_values(procedure.type.item(code), procedure, item) | words
            await play.say(host, FillItem, item=item.id, values=values, done=True)
            await play.sign_what_was_written()
        else:
            await play.deal_with(item)


async def refused_end(room: Room, play: Play, outcome: str) -> str:
    with pytest.raises(Refusal) as refused:
        await play.say(presiding(await room.procedure()), CloseSession, outcome=outcome)
    return f"{refused.value.code} {refused.value.params['item']}"


async def test_a_mediation_that_is_not_accepted_ends_as_attempted(court: Court) -> None:
    room = await court.summon("mediation", "prc_not_accepted")
    play = Play(room, "not-accepted")
    await held_with(room, play, "A42", ("A43", "A44", "A45"), acceptance="not_accepted")

    assert await refused_end(room, play, "agreement") == "outcome_needs_item A44"
    (record,) = (await room.procedure()).documents
    signers = {signature.signer for signature in record.signatures}
    assert signers == {person.id for person in (await room.procedure()).participants}
    await play.say(presiding(await room.procedure()), CloseSession, outcome="attempted")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "attempted"


async def test_a_mediation_that_was_accepted_was_not_attempted_in_vain(court: Court) -> None:
    room = await court.summon("mediation", "prc_accepted")
    play = Play(room, "accepted")
    await held_with(room, play, "A42", ("A44", "A45"))

    assert await refused_end(room, play, "attempted") == "outcome_excludes_item A42"
    await play.say(presiding(await room.procedure()), CloseSession, outcome="continues")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "continues"


async def test_a_birth_without_medical_proof_is_neither_declared_nor_entered(court: Court) -> None:
    room = await court.summon("birth_declaration", "prc_unproved")
    play = Play(room, "unproved")
    await held_with(room, play, "A46", ("A41",), medical_proof="no_proof")

    assert await refused_end(room, play, "registered") == "outcome_needs_item A46"
    assert await refused_end(room, play, "declared") == "outcome_needs_item A46"
    await play.say(presiding(await room.procedure()), CloseSession, outcome="not_declared")
    assert (await room.reaches(Stage.APPROVAL)).outcome == "not_declared"
