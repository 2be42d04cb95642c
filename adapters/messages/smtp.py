"""Hands mails to the Administration's submission relay (SMTP) and returns what it answered.

"Exactly once" rests on the Message-ID: the relay keeps it durably before its 250, so sending again after a lost
answer is harmless. What happens behind the relay nobody here can promise.
"""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

import aiosmtplib

from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ports.messages import Mail
from domain.refusals.mail import MAIL_ADDRESS_INVALID, MAIL_HEADER_INVALID

SECONDS_TO_ANSWER = 20.0

SECONDS_AFTER_THE_DOT = 600.0
"""RFC 5321 4.5.3.2.6: after the final dot a relay may take ten minutes. Whoever leaves earlier does not know whether
the mail was taken, and tells a relay that does not absorb repetitions the same mail again and again."""

# The plain form of RFC 5321 4.1.2 (dot-string local part, host name), nothing quoted, no address literal: what people
# have, and nothing that a header or a command could be smuggled in with (F-56).
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{1,254}}\Z)(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})+")
MESSAGE_ID = re.compile(rf"<{ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*>")
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_HEADER = 400


class MailSmtp:
    """The `MailRelay` port."""

    def __init__(
        self, host: str, port: int, seconds_to_answer: float = SECONDS_TO_ANSWER, *, insists_on_tls: bool = False
    ) -> None:
        """`seconds_to_answer`: for every command but the end of the mail itself."""
        self._host, self._port = host, port
        self._seconds_to_answer = seconds_to_answer
        # None: wherever the relay offers it, which whoever stands on the way can take out of its words.
        self._start_tls = True if insists_on_tls else None

    async def send(self, mail: Mail) -> str:
        """Send `mail` and return the relay's final reply, such as `250 2.0.0 kept`.

        Raises Refusal `mail_address_invalid` or `mail_header_invalid` before anything is sent; TryAgain when the
        relay does not answer or answers 4xx; PersonMustAct `mail_refused` with its reply when it answers 5xx.
        """
        content = as_message(mail).as_bytes()
        # With STARTTLS the relay's certificate is verified.
        relay = aiosmtplib.SMTP(
            hostname=self._host, port=self._port, timeout=self._seconds_to_answer, start_tls=self._start_tls
        )
        try:
            async with relay:
                await relay.mail(mail.sender)
                await relay.rcpt(mail.to)
                reply = await relay.data(content, timeout=SECONDS_AFTER_THE_DOT)
        except aiosmtplib.SMTPResponseException as refusal:
            said = f"{refusal.code} {refusal.message}"
            if 500 <= refusal.code < 600:
                raise PersonMustAct("mail_refused", reply=said) from refusal
            raise TryAgain(f"the mail relay answered {said}") from refusal
        except (aiosmtplib.SMTPException, OSError) as reason:
            raise TryAgain(f"the mail relay does not answer: {type(reason).__name__}") from reason
        return f"{reply.code} {reply.message}"


def as_message(mail: Mail) -> EmailMessage:
    """`mail` as RFC 5322 and MIME have it: text and HTML as alternatives, then the attachments.

    Raises Refusal for an address or a header that is not plainly one.
    """
    for address in (mail.sender, mail.to):
        if not ADDRESS.fullmatch(address):
            raise Refusal(MAIL_ADDRESS_INVALID)
    check_headers(mail)
    message = EmailMessage(policy=SMTP_POLICY)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(datetime.now(UTC))
    message["From"] = mail.sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    # RFC 3834: no out-of-office reply may answer a court.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
    for name, media_type, content in mail.attachments:
        kind, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    if mail.calendar is not None:
        # Standard: RFC 6047 2.4, the method of the part is that of what is in it.
        method, content = mail.calendar
        params = {"method": method, "charset": "utf-8"}
        message.add_attachment(content, maintype="text", subtype="calendar", params=params, filename="cita.ics")
    return message


def check_headers(mail: Mail) -> None:
    """Raises Refusal `mail_header_invalid` for a line end, a control character or an endless line."""
    lines = [mail.subject, *(name for name, _, _ in mail.attachments)]
    sound = all(line and not CONTROL.search(line) and len(line) <= LONGEST_HEADER for line in lines)
    types = all(MEDIA_TYPE.fullmatch(media_type) for _, media_type, _ in mail.attachments)
    types = types and (mail.calendar is None or mail.calendar[0] in ("REQUEST", "CANCEL"))
    if not (sound and types and MESSAGE_ID.fullmatch(mail.message_id) and len(mail.message_id) <= LONGEST_HEADER):
        raise Refusal(MAIL_HEADER_INVALID)
