"""Mails through a real SMTP server: what arrives, how often, and what can never be smuggled in."""

import asyncio
import email
import email.policy
import secrets
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from adapters.messages.smtp import MailSmtp, as_message
from deploy.mailbox.outages import Outage, order
from deploy.stack import Stack
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.messages import Mail
from settings import Settings


@pytest.fixture
def relay(servers: Stack, settings: Settings) -> Iterator[MailSmtp]:
    servers.need("mailbox")
    order(mails(servers), Outage.REFUSED_FOR_NOW, times=0)
    yield MailSmtp(settings.smtp_host, settings.smtp_port)
    order(mails(servers), Outage.REFUSED_FOR_NOW, times=0)


def mails(stack: Stack) -> Path:
    return stack.var / "mail"


def notice(**changes: object) -> Mail:
    return Mail(
        message_id=f"<{secrets.token_hex(16)}@estrado.invalid>",
        sender="notificaciones@estrado.invalid",
        to="persona@example.org",
        subject="Su acta está disponible · València",
        text="Puede consultar su acta.\n",
        html="<p>Puede consultar su acta.</p>\n",
        attachments=(("acta ñ.pdf", "application/pdf", b"%PDF-1.7 ..."),),
    ).but(**changes)


def kept(stack: Stack, mail: Mail) -> list[EmailMessage]:
    """The mails in the mailbox with this Message-ID."""
    read = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (mails(stack) / "new").iterdir()
    ]
    return [one for one in read if isinstance(one, EmailMessage) and one["Message-ID"] == mail.message_id]


async def test_a_mail_arrives_as_it_was_written(relay: MailSmtp, servers: Stack) -> None:
    mail = notice()
    reply = await relay.send(mail)

    assert reply.startswith("250 ")
    (arrived,) = kept(servers, mail)
    assert (arrived["From"], arrived["To"], arrived["Subject"]) == (mail.sender, mail.to, mail.subject)
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Date"]
    text, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == mail.text.splitlines()
    assert html.get_content().splitlines() == mail.html.splitlines()
    (attachment,) = arrived.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("acta ñ.pdf", "application/pdf")
    assert attachment.get_content() == b"%PDF-1.7 ..."


async def test_a_mail_sent_again_is_in_the_mailbox_once(relay: MailSmtp, servers: Stack) -> None:
    mail = notice()
    for _ in range(3):
        await relay.send(mail)
    assert len(kept(servers, mail)) == 1


async def test_a_lost_answer_is_tried_again_and_delivers_once(relay: MailSmtp, servers: Stack) -> None:
    mail = notice()
    order(mails(servers), Outage.ANSWER_LOST, times=1)
    with pytest.raises(TryAgain):
        await relay.send(mail)
    await relay.send(mail)
    assert len(kept(servers, mail)) == 1


async def test_a_temporary_refusal_is_tried_again(relay: MailSmtp, servers: Stack) -> None:
    mail = notice()
    order(mails(servers), Outage.REFUSED_FOR_NOW, times=1)
    with pytest.raises(TryAgain, match="451"):
        await relay.send(mail)
    assert kept(servers, mail) == []


async def test_a_permanent_refusal_needs_a_person_and_keeps_the_reply(relay: MailSmtp, servers: Stack) -> None:
    order(mails(servers), Outage.REFUSED_FOR_GOOD, times=1)
    with pytest.raises(PersonMustAct) as refused:
        await relay.send(notice())
    assert refused.value.code == "mail_refused"
    assert refused.value.params["reply"].startswith("550 ")


async def test_without_a_relay_the_mail_waits() -> None:
    with pytest.raises(TryAgain):
        await MailSmtp("127.0.0.1", 9).send(notice())


async def test_a_relay_that_takes_its_time_after_the_dot_is_told_the_mail_once() -> None:
    """Longer than any other answer may take: RFC 5321 4.5.3.2.6 gives it ten minutes."""
    taken, gone = [], asyncio.Event()

    async def slow_relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 slow\r\n")
        while not (line := await reader.readline()).startswith(b"QUIT"):
            if line.startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                taken.append(await reader.readuntil(b"\r\n.\r\n"))
                await asyncio.sleep(1.5)
            writer.write(b"250 slowly kept\r\n")
        writer.write(b"221 bye\r\n")
        writer.close()
        await writer.wait_closed()
        gone.set()

    server = await asyncio.start_server(slow_relay, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        reply = await MailSmtp("127.0.0.1", port, seconds_to_answer=0.5).send(notice())
        await gone.wait()

    assert reply == "250 slowly kept"
    assert len(taken) == 1


async def test_where_tls_is_insisted_on_a_relay_without_it_hears_nothing_of_the_mail() -> None:
    """Whoever stands on the way takes STARTTLS out of what the relay offers."""
    heard: list[bytes] = []
    gone = asyncio.Event()

    async def without_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 relay\r\n")
        while line := await reader.readline():
            heard.append(line)
            writer.write(b"250 well\r\n")
        writer.close()
        gone.set()

    server = await asyncio.start_server(without_tls, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(TryAgain):
            await MailSmtp("127.0.0.1", port, seconds_to_answer=2, insists_on_tls=True).send(notice())
        await asyncio.wait_for(gone.wait(), 5)
    assert heard and not [line for line in heard if line.startswith((b"MAIL", b"RCPT", b"DATA"))]


async def test_a_relay_that_closes_at_once_is_tried_again() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        with pytest.raises(TryAgain):
            await MailSmtp("127.0.0.1", server.sockets[0].getsockname()[1]).send(notice())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nadie",
        "@example.org",
        "a@",
        "a@b",
        "a b@example.org",
        "a@example.org\r\nBcc: otra@example.org",
        "a@example.org\nRCPT TO:<x@example.org>",
        "a@example.org\x00",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "Ana <a@example.org>",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "a..b@example.org",
        ".a@example.org",
        "a@-example.org",
        "a@exаmple.org",  # the a of the host is Cyrillic
        "ñ@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + "." + "e" * 63 + ".org",
        "a@example.org ",
        "=?utf-8?q?a=0d=0aBcc:x?=@example.org\r\n",
    ],
)
def test_only_a_plain_address_is_written_to(address: str) -> None:
    with pytest.raises(Refusal) as refused:
        as_message(notice(to=address))
    assert refused.value.code == "mail_address_invalid"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hola\r\nBcc: otra@example.org"},
        {"subject": "Hola\nX-Otra: 1"},
        {"subject": "Hola\x00"},
        {"subject": "Hola\u2028X: 1"},
        {"subject": ""},
        {"subject": "x" * 401},
        {"message_id": "<a@b>\r\nBcc: x@example.org"},
        {"message_id": "sin corchetes"},
        {"attachments": (("a\r\nb.pdf", "application/pdf", b""),)},
        {"attachments": (("a.pdf", "application/pdf\r\nX: 1", b""),)},
    ],
)
def test_no_header_can_be_smuggled_in(changes: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        as_message(notice(**changes))
    assert refused.value.code == "mail_header_invalid"


def test_a_body_with_header_like_lines_stays_a_body() -> None:
    mail = notice(text="Bcc: otra@example.org\r\n\r\n.\r\nQUIT\r\n", attachments=())
    read = email.message_from_bytes(as_message(mail).as_bytes(), policy=email.policy.default)
    assert read["Bcc"] is None
    assert max(len(line) for line in as_message(mail).as_bytes().split(b"\r\n")) <= 998


async def test_an_entry_for_a_calendar_arrives_with_its_method(relay: MailSmtp, servers: Stack) -> None:
    mail = notice(attachments=(), calendar=("REQUEST", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"))
    await relay.send(mail)
    (arrived,) = kept(servers, mail)
    (entry,) = arrived.iter_attachments()
    assert (entry.get_content_type(), entry.get_filename()) == ("text/calendar", "cita.ics")
    assert (entry.get_param("method"), entry.get_content_charset()) == ("REQUEST", "utf-8")
    assert entry.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


async def test_a_calendar_of_another_method_is_refused(relay: MailSmtp) -> None:
    with pytest.raises(Refusal):
        await relay.send(notice(calendar=("REQUEST\r\nBcc: otra@example.org", b"")))
