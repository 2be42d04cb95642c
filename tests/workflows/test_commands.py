"""What is asked is done once, or refused and leaves no trace: repeated ids, two tabs, wrong PINs, unread documents."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.memory import MemoryJournal, MemoryMailbox, MemoryPins, PlainSigner
from bench.acting import Play, plausible_values
from domain.commands import (
    AdmitParticipant,
    ApproveMinutes,
    AskHelp,
    Author,
    CaptureStill,
    ConfirmIdDocument,
    CorrectMinutes,
    EnterPin,
    FillItem,
    OpenItem,
    OpenRoom,
    PresentDocument,
    ReadPage,
    Receipt,
    RefuseSignature,
    RetryStep,
    SendPin,
    SignDocument,
    SkipItem,
    UnderstandDocument,
)
from domain.documents import CaseDocument
from domain.errors import Refusal
from domain.ids import CommandId, ItemId
from domain.minutes import Paragraph, WrittenDocument
from domain.people import Participant
from domain.procedure import Procedure
from domain.vocabulary import ItemState, Stage, Verb
from tests.workflows.court import Court, Room
from workflows.messages import Carried, HoldProcedure


async def events(court: Court, room: Room) -> list[str]:
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    return [entry.type for entry in await journal.read((await room.procedure()).id)]


async def until(room: Room, holds: Callable[[Procedure], bool]) -> Procedure:
    """The procedure once it holds; without skipping time."""
    for _ in range(2000):
        if holds(procedure := await room.procedure()):
            return procedure
        await asyncio.sleep(0.01)
    raise AssertionError(f"still at {procedure.stage} with trouble {procedure.trouble}")


async def code_of(asked: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await asked
    return refused.value.code


def by(person: Participant, id: str) -> dict[str, Any]:
    return {"id": CommandId(id), "author": Author(participant=person.id, account=person.account)}


async def summoned(court: Court, name: str) -> tuple[Room, Play]:
    room = await court.summon("life_certificate", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    return room, play


async def before_signing(court: Court, name: str) -> tuple[Room, Play, Participant, CaseDocument]:
    """The declaration is written, and nobody has been shown it."""
    room, play = await summoned(court, name)
    await play.enter()
    await play.identify()
    procedure = await room.procedure()
    line = next(i for i, item in enumerate(procedure.agenda) if procedure.type.item(item.code).verb is Verb.DECLARE)
    for item in procedure.agenda[:line]:
        await play.deal_with(item)
    host = procedure.hosts[0]
    declaration = procedure.agenda[line]
    await play.say(host, OpenItem, item=declaration.id)
    kind = procedure.type.item(declaration.code)
    values = plausible_values(kind, await room.procedure(), declaration)
    await play.say(host, FillItem, item=declaration.id, values=values, done=True)
    written = await until(room, lambda now: bool(now.documents))
    return room, play, procedure.citizens[0], written.documents[0]


async def read(play: Play, host: Participant, person: Participant, document: CaseDocument) -> dict[str, Any]:
    bound = {"document": document.id, "sha256": document.original.sha256, "participant": person.id}
    await play.say(host, PresentDocument, document=document.id, to=(person.id,))
    for page in range(1, (document.original.pages or 1) + 1):
        await play.say(person, ReadPage, **bound, page=page)
    await play.say(person, UnderstandDocument, **bound)
    return bound


async def pin(play: Play, person: Participant, purpose: str) -> dict[str, str]:
    sent = await play.say(person, SendPin, participant=person.id, purpose=purpose)
    challenge = sent.detail["challenge"]
    return {"challenge": challenge, "proof": MemoryPins.proof(challenge)}


# -- once ----------------------------------------------------------------------------------------------------------


async def test_fifty_parallel_requests_with_one_id_are_one_event_and_one_answer(court: Court) -> None:
    room, _ = await summoned(court, "fifty")
    host = (await room.procedure()).hosts[0]
    command = OpenRoom(**by(host, "open-once"))

    answers = await asyncio.gather(*(room.perform(command) for _ in range(50)))

    assert all(answer == answers[0] for answer in answers)
    assert (await events(court, room)).count("room_opened") == 1


async def test_a_command_repeated_much_later_gets_its_first_answer(court: Court) -> None:
    room, play = await summoned(court, "later")
    host = (await room.procedure()).hosts[0]
    command = OpenRoom(**by(host, "open-early"))
    first = await room.perform(command)
    await play.say(host, AdmitParticipant, participant=(await room.procedure()).citizens[0].id)

    assert await room.perform(command) == first
    assert (await events(court, room)).count("room_opened") == 1


async def test_of_two_tabs_that_open_the_room_at_once_the_second_is_told_that_it_is_open(court: Court) -> None:
    room, _ = await summoned(court, "tabs")
    host = (await room.procedure()).hosts[0]
    tabs = [OpenRoom(**by(host, f"open-tab-{n}")) for n in (1, 2)]

    answers = await asyncio.gather(*(room.perform(tab) for tab in tabs), return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers) == ["Receipt", "Refusal"]
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["room_already_open"]
    assert (await events(court, room)).count("room_opened") == 1


async def test_who_is_in_already_is_not_let_in_again_from_another_tab(court: Court) -> None:
    room, play = await summoned(court, "admitted")
    await play.enter()
    procedure = await room.procedure()
    again = AdmitParticipant(**by(procedure.hosts[0], "admit-again"), participant=procedure.citizens[0].id)

    assert await code_of(room.perform(again)) == "already_admitted"


async def test_a_refused_command_leaves_no_event(court: Court) -> None:
    room, _ = await summoned(court, "refused")
    citizen = (await room.procedure()).citizens[0]
    before = await events(court, room)

    assert await code_of(room.perform(OpenRoom(**by(citizen, "not-a-host")))) == "host_only"

    assert await events(court, room) == before


async def test_what_crosses_to_the_next_run_keeps_every_answer_and_the_whole_state(court: Court) -> None:
    room, _ = await summoned(court, "carried")
    procedure = await room.procedure()
    receipts = {"key-0001": Receipt(seq=3, stage="summoned", detail={"challenge": "pin_1"})}
    progress = await room.handle.query("progress", result_type=Any)
    head = {"next_seq": progress["seq"] + 1, "hash": "ab" * 32}
    carried = Carried.model_validate({"procedure": procedure, "head": head, "seed": "cd" * 32, "receipts": receipts})

    read_back = HoldProcedure.model_validate_json(HoldProcedure(carried=carried).model_dump_json()).carried

    assert read_back == carried


async def test_a_run_that_was_handed_over_answers_a_repeated_command_as_the_first_run_did(court: Court) -> None:
    room, _ = await summoned(court, "first_run")
    procedure = await room.procedure()
    given = Receipt(seq=4, stage="checked_in", detail={"from": "the first run"})
    command = AskHelp(**by(procedure.citizens[0], "asked-before"), participant=procedure.citizens[0].id)
    next_run = await court.carry_on(procedure, {command.id: given})

    assert await next_run.perform(command) == given
    assert (await next_run.procedure()).citizens[0].asks_for_help is False


# -- PINs ----------------------------------------------------------------------------------------------------------


async def test_three_wrong_pins_use_the_challenge_up_and_a_new_pin_works(court: Court) -> None:
    room = await court.summon("conciliation", "prc_pins")
    play = Play(room, "pins")
    await play.arrive()
    await play.enter()
    person = await shown_to_camera(room, play)
    challenge = (await pin(play, person, "identity"))["challenge"]
    wrong = {"participant": person.id, "challenge": challenge, "proof": MemoryPins.proof(challenge, right=False)}

    left = []
    for _ in range(3):
        with pytest.raises(Refusal) as refused:
            await play.say(person, EnterPin, **wrong)
        assert refused.value.code == "pin_wrong"
        left.append(refused.value.params["left"])
    assert left == [2, 1, 0]
    right = MemoryPins.proof(challenge)
    late = play.say(person, EnterPin, participant=person.id, challenge=challenge, proof=right)
    assert await code_of(late) == "pin_exhausted"
    assert (await events(court, room)).count("pin_failed") == 3

    await play.say(person, EnterPin, participant=person.id, **await pin(play, person, "identity"))

    policy = (await room.procedure()).type.procedure.identity
    assert (await room.procedure()).participant(person.id).identity.satisfies(policy)


async def shown_to_camera(room: Room, play: Play) -> Participant:
    """The first citizen, with the document shown and confirmed, before any PIN."""
    procedure = await room.procedure()
    host, person = procedure.hosts[0], procedure.citizens[0]
    taken = await play.say(host, CaptureStill, participant=person.id)
    number = person.document_number
    await play.say(host, ConfirmIdDocument, participant=person.id, document_number=number, still=taken.detail["still"])
    return person


# -- signing -------------------------------------------------------------------------------------------------------


async def test_nobody_signs_what_was_not_shown_read_and_understood(court: Court) -> None:
    room, play, person, document = await before_signing(court, "unread")
    host = (await room.procedure()).hosts[0]
    bound = {"document": document.id, "sha256": document.original.sha256, "participant": person.id}
    sign = {**bound, "challenge": "pin_none", "proof": "none", "explicit": True}

    assert await code_of(play.say(person, SignDocument, **sign)) == "document_not_shown"
    await play.say(host, PresentDocument, document=document.id, to=(person.id,))
    assert await code_of(play.say(person, SignDocument, **sign)) == "document_not_read"
    await play.say(person, ReadPage, **bound, page=1)
    assert await code_of(play.say(person, UnderstandDocument, **bound)) == "document_not_read"
    await play.say(person, ReadPage, **bound, page=2)
    assert await code_of(play.say(person, SignDocument, **sign)) == "document_not_understood"
    await play.say(person, UnderstandDocument, **bound)
    assert await code_of(play.say(person, SignDocument, **sign)) == "pin_unknown"
    assert "document_signed" not in await events(court, room)


async def test_a_signature_is_for_the_bytes_that_were_read_and_for_nothing_tacit(court: Court) -> None:
    room, play, person, document = await before_signing(court, "bytes")
    host = (await room.procedure()).hosts[0]
    bound = await read(play, host, person, document)
    sign = {**bound, **await pin(play, person, document.id), "explicit": True}

    assert await code_of(play.say(person, SignDocument, **{**sign, "sha256": "00" * 32})) == "document_changed"
    assert await code_of(play.say(person, SignDocument, **{**sign, "explicit": False})) == "will_not_explicit"
    assert await code_of(play.say(host, SignDocument, **sign)) == "only_oneself"
    assert "document_signed" not in await events(court, room)

    await play.say(person, SignDocument, **sign)
    assert (await events(court, room)).count("document_signed") == 1


async def test_whoever_authenticates_twice_while_signatures_wait_still_signs_once(court: Court) -> None:
    room, play, person, document = await before_signing(court, "impatient")
    host = (await room.procedure()).hosts[0]
    bound = await read(play, host, person, document)
    signer = court.installation.signer
    assert isinstance(signer, PlainSigner)
    signer.out_of_order = True
    first = SignDocument(**by(person, "sign-first"), **bound, **await pin(play, person, document.id), explicit=True)
    waiting = [asyncio.create_task(room.perform(first))]
    await until(room, lambda now: now.participant(person.id).challenge is None)
    second = SignDocument(**by(person, "sign-second"), **bound, **await pin(play, person, document.id), explicit=True)
    waiting.append(asyncio.create_task(room.perform(second)))
    await until(room, lambda now: now.participant(person.id).challenge is None)
    signer.out_of_order = False

    answers = await asyncio.gather(*waiting, return_exceptions=True)

    assert isinstance(answers[0], Receipt)
    assert isinstance(answers[1], Refusal) and answers[1].code == "already_signed"
    assert (await events(court, room)).count("document_signed") == 1


async def test_a_refusal_to_sign_is_recorded_with_its_reason_and_the_act_goes_on_to_its_end(court: Court) -> None:
    room, play, person, document = await before_signing(court, "unwilling")
    host = (await room.procedure()).hosts[0]
    await read(play, host, person, document)

    await play.say(person, RefuseSignature, document=document.id, participant=person.id, reason="No estoy de acuerdo")
    for item in (await room.procedure()).agenda:
        if item.state == "planned" and (await room.procedure()).type.item(item.code).verb is Verb.SIGN:
            await play.say(host, SkipItem, item=item.id, reason="La persona no firma")
    for item in (await room.procedure()).agenda:
        await deal_without_signing(room, play, item.id)
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    assert closed.document(document.id).refusals == {person.id: "No estoy de acuerdo"}
    assert closed.document(document.id).signatures == ()
    assert (await events(court, room)).count("signature_refused") == 1


async def deal_without_signing(room: Room, play: Play, id: ItemId) -> None:
    procedure = await room.procedure()
    item, host = procedure.item(id), procedure.hosts[0]
    if item.state in (ItemState.DONE, ItemState.SKIPPED):
        return
    await play.say(host, OpenItem, item=id)
    values = plausible_values(procedure.type.item(item.code), procedure, item)
    await play.say(host, FillItem, item=id, values=values, done=True)


# -- minutes -------------------------------------------------------------------------------------------------------


async def test_a_correction_shows_in_the_minutes_and_a_stale_draft_is_not_approved(court: Court) -> None:
    room, play = await summoned(court, "corrected")
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    procedure = await room.reaches(Stage.APPROVAL)
    host, minutes = procedure.hosts[0], procedure.minutes
    assert minutes is not None
    vault = court.installation.vault
    draft = WrittenDocument.model_validate_json(await vault.get(procedure.id, minutes.draft))
    paragraph = next(block for block in draft.blocks if isinstance(block, Paragraph))
    stale = {"draft": minutes.draft.sha256, "corrections": 0}
    change = {"block": paragraph.id, "before": paragraph.text, "after": "Palabras corregidas.", "reason": "Errata"}

    await play.say(host, CorrectMinutes, **change)

    assert await code_of(play.say(host, ApproveMinutes, **stale)) == "draft_changed"
    await play.say(host, ApproveMinutes, draft=minutes.draft.sha256, corrections=1)
    signing = await room.reaches(Stage.SIGNING)
    assert signing.minutes is not None and signing.minutes.document is not None
    printed = await vault.get(signing.id, signing.document(signing.minutes.document).original)
    assert b"Palabras corregidas." in printed and b"Errata" in printed


async def test_an_address_that_nobody_has_is_reported_and_the_corrected_one_gets_the_minutes(court: Court) -> None:
    room, play = await summoned(court, "bounced")
    mailbox = court.installation.relay
    assert isinstance(mailbox, MemoryMailbox)
    person = (await room.procedure()).citizens[0]
    assert person.email is not None
    mailbox.refused.add(person.email)
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    await room.reaches(Stage.DELIVERING)
    stuck = await until(room, lambda now: now.trouble is not None)
    assert (stuck.stage, stuck.trouble) == (Stage.DELIVERING, "mail_refused")

    await play.say(stuck.hosts[0], RetryStep, participant=person.id, email="la.buena@correo.example")
    closed = await room.reaches(Stage.CLOSED)

    assert closed.trouble is None
    minutes = [mail for mail in mailbox.delivered.values() if mail.to == "la.buena@correo.example"]
    assert len(minutes) == 1
    assert [n.kind for n in closed.notices] == ["summons", "minutes"]
