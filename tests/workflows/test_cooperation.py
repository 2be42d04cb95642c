"""A request to a foreign authority goes out once and comes back executed, whatever LexNET and the authorities do."""

from datetime import timedelta

import pytest

from domain.commands import CancelProcedure, CloseSession
from domain.events import state_of
from domain.types.cooperation import AnswerKind
from domain.types.vocabulary import Stage
from tests.workflows.abroad import request
from tests.workflows.asking import code_of, events
from tests.workflows.court import Court
from tests.workflows.faults import Fault, PersistentRoom, disturbed, hung, refused_for_good

HALF_AN_HOUR = timedelta(minutes=31)


async def test_a_request_goes_out_and_comes_back_executed_with_its_documents(court: Court) -> None:
    asked = await request(court, "executed")
    await asked.play.write(state="FR")
    await asked.play.sign_request()
    await asked.play.enclose("Traducción al francés")
    await asked.play.submit()
    filed = await asked.room.reaches(Stage.AWAITING)

    assert [file.name for file in asked.lexnet.filed["prc_executed.1"].files] == [
        "001 Solicitud de auxilio judicial.pdf",
        "002 Traducción al francés.pdf",
    ]
    assert filed.cooperation is not None and filed.cooperation.sent is not None
    receipt = filed.cooperation.sent.receipt
    assert receipt is not None and receipt.number == "LX-000001"
    assert filed.document(receipt.document).brought, "as LexNET gave it, byte for byte"
    assert filed.cooperation.sent.instrument == "eio"

    await asked.answer("acknowledged", "Expediente 77/2026.")
    await asked.answer("executed", "Se adjunta el acta.", {"Acta de la declaracion.pdf": b"%PDF from abroad"})
    answered = await asked.room.reaches(Stage.ANSWERED)
    assert answered.cooperation is not None
    assert [one.kind for one in answered.cooperation.answers] == [AnswerKind.ACKNOWLEDGED, AnswerKind.EXECUTED]
    assert answered.documents[-1].title == "Acta de la declaracion"

    assert await code_of(asked.play.end("refused")) == "outcome_not_answered"
    assert await code_of(asked.play.end("withdrawn")) == "outcome_not_answered"
    await asked.play.end("executed")
    closed = await asked.room.reaches(Stage.CLOSED)

    assert closed.outcome == "executed" and closed.bundle is not None and closed.anchor is not None
    journal = court.installation.journal
    assert state_of(await journal.read(closed.id)) == closed


async def test_it_is_filed_once_though_no_receipt_arrives_for_two_days(unanchored: Court) -> None:
    asked = await request(unanchored, "down")
    asked.lexnet.loses_answers = 1000
    await asked.submitted()
    waiting = await asked.passes(timedelta(days=2))
    assert waiting.stage is Stage.SUBMISSION and waiting.trouble == "outside_unavailable"
    asked.lexnet.loses_answers = 0
    filed = await asked.room.reaches(Stage.AWAITING)

    assert filed.trouble is None
    assert list(asked.lexnet.filed) == ["prc_down.1"] and asked.lexnet.asked > 2
    assert (await events(unanchored, asked.room)).count("lexnet_receipt_kept") == 1


async def test_what_lies_in_the_mailbox_while_lexnet_is_down_is_taken_in_once_it_is_back(
    unanchored: Court,
) -> None:
    asked = await request(unanchored, "mailbox")
    await asked.sent()
    asked.lexnet.down = True
    await asked.answer("acknowledged", id="AC-1")
    await asked.answer("acknowledged", id="AC-1")  # the same message, listed twice
    assert (await asked.passes(timedelta(days=2))).trouble == "outside_unavailable"
    asked.lexnet.down = False
    back = await asked.passes(HALF_AN_HOUR)

    assert back.trouble is None and back.stage is Stage.AWAITING
    assert (await events(unanchored, asked.room)).count("answer_received") == 1


async def test_a_request_that_came_back_is_put_right_and_sent_again_and_never_unchanged(court: Court) -> None:
    asked = await request(court, "returned")
    await asked.sent(language="french")
    await asked.answer("returned", "Falta la traducción.")
    back = await asked.room.reaches(Stage.PREPARATION)
    assert back.cooperation is not None and back.cooperation.returned is not None
    assert back.cooperation.returned.words == "Falta la traducción."

    assert await code_of(asked.play.submit()) == "request_sent_unchanged"
    await asked.play.enclose("Traducción al francés")
    await asked.play.submit()
    again = await asked.room.reaches(Stage.AWAITING)
    assert again.cooperation is not None and again.cooperation.returned is None
    assert list(asked.lexnet.filed) == ["prc_returned.1", "prc_returned.2"]


async def test_what_lexnet_refuses_goes_back_to_whoever_wrote_it(court: Court) -> None:
    asked = await request(court, "refused")
    asked.lexnet.refuses = True
    await asked.submitted()
    back = await asked.room.reaches(Stage.PREPARATION)
    assert back.cooperation is not None and back.cooperation.sent is not None
    assert back.cooperation.sent.refused == "lexnet_refused"

    asked.lexnet.refuses = False
    await asked.play.submit()  # the same again: nobody has it yet
    await asked.room.reaches(Stage.AWAITING)


async def test_a_receipt_that_cannot_be_copied_is_kept_as_it_came(court: Court) -> None:
    asked = await request(court, "receipt")
    asked.lexnet.receipt = b"MZ nothing that is read here "
    filed = await asked.sent()
    assert filed.cooperation is not None and filed.cooperation.sent is not None
    receipt = filed.cooperation.sent.receipt
    assert receipt is not None
    kept = filed.document(receipt.document)
    assert await court.installation.vault.get(filed.id, kept.original) == b"MZ nothing that is read here LX-000001"


async def test_what_comes_with_an_answer_is_kept_even_when_it_cannot_be_copied_for_reading(court: Court) -> None:
    asked = await request(court, "came")
    await asked.sent()
    await asked.answer("executed", files={"001 Acta.bin": b"MZ nothing that is read here"})
    answered = await asked.room.reaches(Stage.ANSWERED)
    assert answered.cooperation is not None
    [answer] = answered.cooperation.answers
    [kept] = answer.documents
    assert answer.unreadable == ("001 Acta.bin",)
    content = await court.installation.vault.get(answered.id, answered.document(kept).original)
    assert content == b"MZ nothing that is read here"


async def test_a_term_that_passes_without_an_answer_is_told_once(unanchored: Court) -> None:
    asked = await request(unanchored, "overdue")
    await asked.sent(state="PT")
    early = await asked.passes(timedelta(days=6))
    late = await asked.passes(timedelta(days=2))

    assert early.cooperation is not None and early.cooperation.overdue == ()
    assert late.cooperation is not None and late.cooperation.overdue == ("acknowledgement",)
    assert late.stage is Stage.AWAITING
    await asked.passes(timedelta(days=2))
    assert (await events(unanchored, asked.room)).count("answer_overdue") == 1


async def test_an_acknowledgement_in_time_leaves_no_term_behind(unanchored: Court) -> None:
    asked = await request(unanchored, "in_time")
    await asked.sent(state="PT")
    await asked.answer("acknowledged")
    procedure = await asked.passes(timedelta(days=9))
    assert procedure.cooperation is not None and procedure.cooperation.overdue == ()


async def test_what_was_never_sent_can_be_called_off_and_what_was_sent_cannot(court: Court) -> None:
    asked = await request(court, "called_off")
    await asked.sent()
    await asked.answer("returned")
    await asked.room.reaches(Stage.PREPARATION)
    clerk = await asked.clerk()
    assert await code_of(asked.play.say(clerk, CancelProcedure, reason="Ya no hace falta.")) == "request_sent"
    await asked.play.say(clerk, CloseSession, outcome="withdrawn")
    assert (await asked.room.reaches(Stage.APPROVAL)).outcome == "withdrawn"

    other = await request(court, "never_sent")
    await other.room.reaches(Stage.PREPARATION)
    await other.play.say(await other.clerk(), CancelProcedure, reason="Ya no hace falta.")
    assert (await other.room.reaches(Stage.CANCELLED)).cooperation is not None


@pytest.mark.parametrize("fault", [refused_for_good, hung], ids=lambda fault: fault.__name__)
async def test_whatever_fails_once_is_done_once(fault: Fault) -> None:
    async with disturbed(fault) as (court, first):
        asked = await request(court, "disturbed", PersistentRoom)
        await asked.submitted()
        await asked.room.reaches(Stage.AWAITING)
        await asked.answer("executed")
        answered = await asked.room.reaches(Stage.ANSWERED)
        told = await events(court, asked.room)

    assert {"file_request", "take_in_answers"} <= set(first.met)
    assert answered.trouble is None and list(asked.lexnet.filed) == ["prc_disturbed.1"]
    kinds = ("request_submitted", "lexnet_receipt_kept", "answer_received")
    assert [told.count(kind) for kind in kinds] == [1, 1, 1]


async def test_nothing_leaves_unsigned(court: Court) -> None:
    asked = await request(court, "unsigned")
    await asked.play.write()
    assert await code_of(asked.play.submit()) == "request_not_signed"
    assert asked.lexnet.filed == {}
