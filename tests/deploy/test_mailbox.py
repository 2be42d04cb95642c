"""One mail is kept once, whatever happens between its final dot and the answer."""

import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bench.installation import settings_of
from deploy.mailbox.maildir import Maildir
from deploy.mailbox.outages import Outage, order
from deploy.stack import Stack
from settings import Settings
from templates.mails import MailKind, write_mail
from tests.templates.samples import ADMINISTRATION, conciliation


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("mails")) as stack:
        stack.need("mailbox")
        yield stack


def mail(identity: str, subject: str = "Acta firmada", text: str = "Su acta está firmada.\n") -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<{identity}@estrado.invalid>"
    message["From"] = "notificaciones@estrado.invalid"
    message["To"] = "persona@example.org"
    message["Subject"] = subject
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage) -> None:
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=10) as relay:
        relay.send_message(message)


def kept(stack: Stack, identity: str) -> int:
    """How many mails with this Message-ID are in the mailbox."""
    maildir = Maildir(stack.var / "mail")
    identities = [maildir.read(name)["Message-ID"] for name in maildir.names()]
    return identities.count(f"<{identity}@estrado.invalid>")


def test_a_mail_sent_twice_is_kept_once(mails: Stack) -> None:
    for _ in range(2):
        send(settings_of(mails), mail("twice"))
    assert kept(mails, "twice") == 1


@pytest.mark.parametrize(
    ("outage", "on_disk"), [(Outage.KILLED_BEFORE_ANSWERING, 1), (Outage.KILLED_BEFORE_KEEPING, 0)]
)
def test_a_server_killed_after_the_final_dot_keeps_the_repeated_mail_once(
    mails: Stack, outage: Outage, on_disk: int
) -> None:
    settings = settings_of(mails)
    before = mails.pid("mailbox")
    order(mails.var / "mail", outage)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(settings, mail(outage))
    assert kept(mails, outage) == on_disk

    mails.wait_healthy("mailbox")
    assert mails.pid("mailbox") != before
    send(settings, mail(outage))
    assert kept(mails, outage) == 1


def test_a_lost_answer_keeps_the_mail_once(mails: Stack) -> None:
    order(mails.var / "mail", Outage.ANSWER_LOST)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(settings_of(mails), mail("lost"))
    send(settings_of(mails), mail("lost"))
    assert kept(mails, "lost") == 1


@pytest.mark.parametrize(("outage", "code"), [(Outage.REFUSED_FOR_NOW, 451), (Outage.REFUSED_FOR_GOOD, 550)])
def test_a_refused_mail_is_not_kept(mails: Stack, outage: Outage, code: int) -> None:
    order(mails.var / "mail", outage, times=2)
    for _ in range(2):
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            send(settings_of(mails), mail(outage))
        assert refusal.value.smtp_code == code
    assert kept(mails, outage) == 0
    send(settings_of(mails), mail(outage))
    assert kept(mails, outage) == 1


def test_two_mails_without_an_identity_are_two_mails(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path)
    assert maildir.keep(b"Subject: one\r\n\r\n")
    assert maildir.keep(b"Subject: two\r\n\r\n")
    assert len(list(maildir.names())) == 2


def page(stack: Stack, path: str, language: str = "es") -> str:
    request = urllib.request.Request(stack.parts["mailbox"].address + path, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=10) as answer:
        content: bytes = answer.read()
    return content.decode()


def test_mails_are_read_in_the_browser_in_both_languages(mails: Stack) -> None:
    message = mail("read", subject="Citación recibida")
    message["Date"] = "Sun, 22 Nov 2026 09:30:00 +0100"
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="acta.pdf")
    send(settings_of(mails), message)

    spanish, english = page(mails, "/"), page(mails, "/", "en-GB,en;q=0.9")
    assert 'lang="es"' in spanish and "Correos electrónicos" in spanish and "Citación recibida" in spanish
    assert "22/11/2026 09:30 UTC+01:00" in spanish
    assert 'lang="en"' in english and "E-mails" in english

    link = next(part for part in spanish.split('href="') if "Citación recibida" in part).split("?")[0]
    shown = page(mails, link)
    assert "Su acta está firmada." in shown and "acta.pdf" in shown
    assert page(mails, f"{link}/attachment/1") == "%PDF-1.7"


def test_a_hostile_mail_is_shown_and_does_nothing(mails: Stack) -> None:
    script = "<script>alert(1)</script>"
    message = mail("hostile", subject=script, text=script)
    message.add_alternative(f"<p>{script}</p>", subtype="html")
    send(settings_of(mails), message)

    listed = page(mails, "/")
    assert script not in listed
    link = next(part for part in listed.split('href="') if "&lt;script&gt;" in part).split("?")[0]
    shown = page(mails, link)
    assert script not in shown
    assert f'<iframe sandbox src="{link}/formatted"' in shown
    with urllib.request.urlopen(mails.parts["mailbox"].address + f"{link}/formatted", timeout=10) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert policy.endswith("sandbox")


def test_a_mail_is_seen_as_it_was_laid_out_and_the_browser_complains_of_nothing(mails: Stack) -> None:
    procedure = conciliation().procedure
    letter = write_mail(MailKind.SUMMONS, procedure, ADMINISTRATION, procedure.participants[0], code="AB12-CD34")
    message = mail("laid-out", subject="Citación con formato", text=letter.text)
    message.add_alternative(letter.html, subtype="html")
    send(settings_of(mails), message)
    link = next(part for part in page(mails, "/").split('href="') if "Citación con formato" in part).split("?")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        complaints: list[str] = []
        tab.on("console", lambda said: complaints.append(said.text))
        tab.goto(mails.parts["mailbox"].address + link)
        shown = tab.frame_locator("iframe").locator("h1")
        assert shown.evaluate("(heading) => getComputedStyle(heading).fontSize") == "23px"
        assert complaints == []
        browser.close()


@pytest.mark.parametrize("path", ["/mail/nothing", "/mail/..%2F..%2Fkeys%2Fmaster.key", "/mail/nothing/attachment/1"])
def test_what_is_not_a_mail_is_not_found(mails: Stack, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refusal:
        page(mails, path)
    refusal.value.close()


def test_text_messages_are_read_in_the_browser(mails: Stack) -> None:
    outbox = settings_of(mails).sms_outbox_dir
    (outbox / "1.json").write_text(
        '{"to": "+34 600 000 000", "text": "Su código es <b>123456</b>", "at": "2026-01-02T03:04:05Z"}'
    )
    shown = page(mails, "/sms")
    assert "+34 600 000 000" in shown
    assert "02/01/2026 03:04 UTC" in shown
    assert "Su código es &lt;b&gt;123456&lt;/b&gt;" in shown
