"""The mail server of the local stack: takes every mail, keeps each one once, and shows them in the browser.

It stands where an Administration's own submission relay stands, and keeps its promise: a Message-ID is on
disk before the 250 that takes responsibility for it, so a mail sent again after a lost answer is not a second
mail.
"""

from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http

SENDER = "notificaciones@estrado.invalid"  # RFC 2606: never deliverable


def part(place: Place) -> Part:
    return Part(
        name="mailbox",
        command=(
            *(installed("python"), "-m", "deploy.mailbox", "--host", LOOPBACK),
            *("--smtp-port", str(place.ports["smtp"]), "--http-port", str(place.ports["mailbox"])),
            *("--maildir", str(place.directory("mail")), "--sms", str(place.directory("sms"))),
        ),
        probe=answers_http(f"{place.url('mailbox')}/healthz"),
        address=place.url("mailbox"),
        before_start=lambda: place.directory("sms").mkdir(parents=True, exist_ok=True),
    )


def settings(place: Place) -> dict[str, str]:
    return {
        "ESTRADO_SMTP_HOST": LOOPBACK,
        "ESTRADO_SMTP_PORT": str(place.ports["smtp"]),
        "ESTRADO_MAIL_SENDER": SENDER,
        "ESTRADO_SMS_OUTBOX_DIR": str(place.directory("sms")),
    }
