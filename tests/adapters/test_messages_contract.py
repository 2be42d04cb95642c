"""What every relay, outbox and keeper of codes does, real and in memory: each message once, each code for one seat."""

import asyncio
import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.memory import MemoryCodes, MemoryMailbox, MemorySms
from adapters.messages.sms_outbox import SmsOutbox
from adapters.messages.smtp import MailSmtp
from adapters.postgres.summons import SummonsPostgres
from deploy.mailbox.outages import Outage, order
from deploy.stack import Stack
from domain.access.accounts import Seat
from domain.access.register import SummonsCodes
from domain.codes.pins import summons_code_of
from domain.errors import PersonMustAct
from domain.ids import ParticipantId, ProcedureId
from domain.ports.messages import Mail, MailRelay, SmsSender
from settings import Settings

KEY = b"k" * 32
PROCEDURE, PERSON = ProcedureId("prc_1"), ParticipantId("p1")
Sent = Callable[[], list[str]]


@pytest.fixture(params=["memory", "outbox"])
def sms(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[SmsSender, Sent]:
    """A sender, and how to read the texts that it sent."""
    if request.param == "memory":
        kept = MemorySms()
        return kept, lambda: [text for _, text in kept.sent.values()]
    return SmsOutbox(tmp_path), lambda: [json.loads(path.read_text())["text"] for path in tmp_path.iterdir()]


async def test_a_message_sent_again_is_there_once_as_it_was_first(sms: tuple[SmsSender, Sent]) -> None:
    sender, sent = sms
    await sender.send("m1", "+34600000001", "first")
    await sender.send("m1", "+34600000001", "again")
    assert sent() == ["first"]


@pytest.fixture(params=["memory", "smtp"])
def relay(request: pytest.FixtureRequest) -> tuple[MailRelay, Callable[[], None]]:
    """A relay, and how to make it refuse the next mail for good."""
    if request.param == "memory":
        kept = MemoryMailbox()
        return kept, lambda: kept.refused.add("person@example.org")
    servers: Stack = request.getfixturevalue("servers")
    settings: Settings = request.getfixturevalue("settings")
    servers.need("mailbox")
    folder = servers.var / "mail"
    return MailSmtp(settings.smtp_host, settings.smtp_port), lambda: order(folder, Outage.REFUSED_FOR_GOOD, times=1)


def mail() -> Mail:
    return Mail(
        message_id=f"<{secrets.token_hex(16)}@estrado.invalid>",
        sender="notices@estrado.invalid",
        to="person@example.org",
        subject="Notice",
        text="A notice.\n",
        html="<p>A notice.</p>\n",
    )


async def test_a_mail_sent_again_is_taken_again(relay: tuple[MailRelay, Callable[[], None]]) -> None:
    sender, _ = relay
    notice = mail()
    assert [(await sender.send(notice))[:4] for _ in range(3)] == ["250 "] * 3


async def test_a_refusal_for_good_needs_a_person(relay: tuple[MailRelay, Callable[[], None]]) -> None:
    sender, refuse = relay
    refuse()
    with pytest.raises(PersonMustAct, match="mail_refused"):
        await sender.send(mail())


@pytest.fixture(params=["memory", "postgres"])
def codes(request: pytest.FixtureRequest) -> SummonsCodes:
    if request.param == "memory":
        return MemoryCodes(lambda: (KEY,))
    return SummonsPostgres(request.getfixturevalue("database"), lambda: (KEY,))


async def test_a_code_opens_its_seat_however_it_was_typed(codes: SummonsCodes) -> None:
    code = await codes.issue(PROCEDURE, PERSON)
    for typed in (code, code.lower(), code.replace("-", " "), f" {code} "):
        assert await codes.seat_of(typed) == Seat(procedure=PROCEDURE, participant=PERSON)
    assert await codes.seat_of(code + "0") is None
    assert await codes.seat_of(summons_code_of(KEY, PROCEDURE, ParticipantId("p2"))) is None  # nobody issued it


async def test_a_seat_keeps_its_code(codes: SummonsCodes) -> None:
    issued = await asyncio.gather(*[codes.issue(PROCEDURE, PERSON) for _ in range(5)])
    assert set(issued) == {summons_code_of(KEY, PROCEDURE, PERSON)}
    assert await codes.issue(PROCEDURE, ParticipantId("p2")) not in issued
