"""Nobody signs unread or twice, a refusal to sign is recorded, and a mail that bounced is sent where it should go."""

import asyncio

from adapters.memory import MemoryMailbox, PlainSigner
from domain.commands import (
    ApproveMinutes,
    CorrectItem,
    CorrectMinutes,
    FillItem,
    OpenItem,
    PresentDocument,
    ReadPage,
    Receipt,
    RefuseSignature,
    RetryStep,
    SignDocument,
    SkipItem,
    UnderstandDocument,
)
from domain.errors import Refusal
from domain.ids import ItemId
from domain.procedure.minutes import Paragraph, WrittenDocument
from domain.types.vocabulary import ItemState, Stage, Verb
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.workflows.asking import before_signing, by, code_of, events, pin, read, summoned, until
from tests.workflows.court import Court, Room


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


async def test_what_was_corrected_before_it_was_signed_is_signed_in_its_new_words_alone(court: Court) -> None:
    room, play, person, before = await before_signing(court, "rewritten")
    procedure = await room.procedure()
    bound = await read(play, procedure.hosts[0], person, before)
    sign = {**bound, **await pin(play, person, before.id), "explicit": True}
    assert before.item is not None
    values = {**procedure.item(before.item).values, "content": "Declara que vive y que es viudo."}
    await play.say(procedure.hosts[0], CorrectItem, item=before.item, values=values, reason="Faltaba el estado civil")
    now = await until(room, lambda now: len(now.documents) == 2)

    assert await code_of(play.say(person, SignDocument, **sign)) == "document_rewritten"

    await play.sign_what_was_written()
    for item in now.agenda:
        await play.deal_with(item)
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert [one.signed_by(person.id) for one in closed.documents[:2]] == [False, True]


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


async def test_nobody_signs_the_minutes_with_the_certificate_of_somebody_else(court: Court) -> None:
    room = await court.summon("life_certificate", "prc_of_another")
    play = Play(room, "of_another")
    for step in (play.arrive, play.enter, play.identify, play.hold_agenda, play.close, play.approve):
        await step()
    signer = court.installation.signer
    assert isinstance(signer, PlainSigner)
    signer.names["iria-outeiro"] = "Somebody else"
    assert await code_of(play.sign()) == "certificate_of_another"
    assert (await room.procedure()).stage is Stage.SIGNING
    signer.names.clear()

    await play.sign()

    assert (await room.reaches(Stage.CLOSED)).minutes is not None
