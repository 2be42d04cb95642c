"""The SMTP side of the mail server (RFC 5321): answers 250 only for a mail that is on disk."""

import logging
import os
import signal
from datetime import UTC, datetime
from email.utils import format_datetime

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.mailbox.maildir import Maildir
from deploy.mailbox.outages import Outage, next_outage

log = logging.getLogger("mailbox")

KEPT = "250 2.0.0 kept"
KEPT_BEFORE = "250 2.0.0 kept already"
COME_AGAIN = "451 4.3.0 ordered outage: come again later"
DO_NOT_COME_AGAIN = "550 5.7.1 ordered outage: refused"


class KeepOnce:
    """What aiosmtpd asks when a mail has come whole."""

    def __init__(self, maildir: Maildir) -> None:
        self._maildir = maildir

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it by this name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        outage = next_outage(self._maildir.directory)
        if outage is Outage.REFUSED_FOR_NOW:
            return COME_AGAIN
        if outage is Outage.REFUSED_FOR_GOOD:
            return DO_NOT_COME_AGAIN
        if outage is Outage.KILLED_BEFORE_KEEPING:
            os.kill(os.getpid(), signal.SIGKILL)
        is_new = self._maildir.keep(with_trace(session, envelope))
        log.info(
            "%s for %d recipient(s)",
            "kept a mail" if is_new else "absorbed a repeated mail",
            len(envelope.rcpt_tos),
        )
        if outage is Outage.KILLED_BEFORE_ANSWERING:
            os.kill(os.getpid(), signal.SIGKILL)
        if outage is Outage.ANSWER_LOST and server.transport is not None:
            server.transport.close()
        return KEPT if is_new else KEPT_BEFORE


def with_trace(session: Session, envelope: Envelope) -> bytes:
    """The mail with what only the server knows: who it was for, when it came, from which host (RFC 5321 4.4)."""
    content = envelope.original_content or b""
    received = f"from {session.host_name or 'unknown'} by estrado; {format_datetime(datetime.now(UTC))}"
    trace = [f"Return-Path: <{envelope.mail_from}>"]
    trace += [f"Delivered-To: {recipient}" for recipient in envelope.rcpt_tos]
    trace += [f"Received: {received}"]
    return "".join(f"{line}\r\n" for line in trace).encode() + content
