"""What every exchange of criminal records does, over HTTP against the simulator and in memory."""

from pathlib import Path

import pytest

from adapters.criminal_records.http import CriminalRecordsHttp
from adapters.memory import MemoryCriminalRecords
from deploy.ecris.authorities import asked
from deploy.ecris.troubles import Trouble, order
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ParticipantId
from domain.ports.criminal_records import CriminalRecordsExchange, RecordQuestion, RecordReply
from domain.procedure.criminal_records import TCN, PersonAsked, RecordPurpose
from tests.adapters.registers import simulator

__all__ = ["simulator"]

PERSON = PersonAsked(
    participant=ParticipantId("p1"),
    surnames="Duarte Lopes",
    first_names="Inês",
    birth_date="1981-04-09",
    birth_country="PT",
    birth_town="Braga",
    nationalities=("PT",),
    previous_names="Inês Duarte",
)
QUESTION = RecordQuestion(
    message="prc_1.cr1.PT",
    authority="PT",
    asked_at="2026-11-26T10:00:00+00:00",
    person=PERSON,
    purpose=RecordPurpose.CRIMINAL_PROCEEDINGS,
    legal_basis="LECrim art. 379",
    body="vilar-court",
    case_number="12/2026",
)


@pytest.fixture(params=["memory", "http"])
def exchange(request: pytest.FixtureRequest, simulator: str) -> CriminalRecordsExchange:
    if request.param == "http":
        return CriminalRecordsHttp(simulator)
    return answering()


def answering() -> MemoryCriminalRecords:
    memory = MemoryCriminalRecords()
    said = RecordReply(
        message=QUESTION.message,
        authority="PT",
        surnames=PERSON.surnames,
        first_names=PERSON.first_names,
        birth_date=PERSON.birth_date,
        found=False,
    )
    memory.answers[QUESTION.message] = said.model_dump_json().encode()
    return memory


async def test_a_question_is_known_once_it_was_put_and_answered_under_its_id(exchange: CriminalRecordsExchange) -> None:
    assert not (await exchange.standing("PT", QUESTION.message)).known
    await exchange.ask(QUESTION)
    await exchange.ask(QUESTION)
    standing = await exchange.standing("PT", QUESTION.message)
    assert standing.known and standing.answer is not None
    reply = exchange.reply(standing.answer)
    assert (reply.message, reply.authority, reply.surnames) == (QUESTION.message, "PT", "Duarte Lopes")


async def test_what_cannot_be_read_is_refused(exchange: CriminalRecordsExchange) -> None:
    with pytest.raises(PersonMustAct, match="record_reply_unreadable"):
        exchange.reply(b"<")


async def test_an_authority_that_is_down_is_tried_again(simulator: str, tmp_path: Path) -> None:
    exchange = CriminalRecordsHttp(simulator)
    order(tmp_path, "PT", Trouble.DOWN)
    with pytest.raises(TryAgain):
        await exchange.standing("PT", QUESTION.message)
    with pytest.raises(TryAgain):
        await exchange.ask(QUESTION)
    with pytest.raises(TryAgain):
        await CriminalRecordsHttp("http://127.0.0.1:9").standing("PT", QUESTION.message)


async def test_a_slow_authority_has_the_question_and_no_answer(simulator: str, tmp_path: Path) -> None:
    exchange = CriminalRecordsHttp(simulator)
    order(tmp_path, "PT", Trouble.SLOW)
    await exchange.ask(QUESTION)
    assert (await exchange.standing("PT", QUESTION.message)).answer is None
    order(tmp_path, "PT", Trouble.NONE)
    assert (await exchange.standing("PT", QUESTION.message)).answer is not None
    assert asked(tmp_path) == [(QUESTION.message, "asked"), (QUESTION.message, "answered")]


@pytest.mark.parametrize("trouble", [Trouble.MALFORMED, Trouble.ANOTHER_PERSON, Trouble.TWICE])
async def test_an_authority_answers_badly_on_demand(simulator: str, tmp_path: Path, trouble: Trouble) -> None:
    exchange = CriminalRecordsHttp(simulator)
    order(tmp_path, "PT", trouble)
    await exchange.ask(QUESTION)
    first, second = [(await exchange.standing("PT", QUESTION.message)).answer for _ in range(2)]
    assert first is not None and second is not None
    assert (first != second) == (trouble is Trouble.TWICE)
    if trouble is Trouble.MALFORMED:
        with pytest.raises(PersonMustAct):
            exchange.reply(first)
    else:
        assert (exchange.reply(first).surnames != PERSON.surnames) == (trouble is Trouble.ANOTHER_PERSON)


@pytest.mark.parametrize(
    "question",
    [
        QUESTION.but(authority=TCN),
        QUESTION.but(authority=TCN, purpose=RecordPurpose.OTHER_BY_LAW, person=PERSON.but(nationalities=("MA",))),
        QUESTION.but(authority="ZZ"),
    ],
    ids=["a national of a Member State", "a purpose that the law does not name", "no such authority"],
)
async def test_an_authority_refuses_what_the_law_does_not_allow(simulator: str, question: RecordQuestion) -> None:
    with pytest.raises(PersonMustAct, match="record_question_refused"):
        await CriminalRecordsHttp(simulator).ask(question)


async def test_an_installation_that_is_not_connected_says_so() -> None:
    with pytest.raises(PersonMustAct, match="records_not_connected"):
        await CriminalRecordsHttp("").ask(QUESTION)
