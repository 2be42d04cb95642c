"""An entry for the recipient's calendar: the summons, a new date, the end of it. Standard: RFC 5545 and RFC 5546.

Calendars are shared with families and employers: it says when and where, and neither the matter nor the code. Whoever
is protected, and whoever a protected procedure summons, is sent none.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.privacy import PROTECTED
from domain.types.territory import Administration
from templates.people import is_hidden
from templates.texts import text
from templates.words import Words

WIDEST = 75
"""Octets of a line. Standard: RFC 5545 3.1."""

SUMMONS, ADJOURNED, CANCELLED = "summons", "adjourned", "cancelled"


class Invitation(NamedTuple):
    method: str
    """`REQUEST` or `CANCEL`."""
    content: bytes


def write_invitation(
    kind: str, procedure: Procedure, administration: Administration, recipient: Participant, *, uid: str, sender: str
) -> Invitation | None:
    """What goes with the notice of `kind`; None where nothing may lie in a calendar. `uid`: the same for every notice
    to that person of that procedure; each new date counts its `SEQUENCE` up.
    """
    protected = PROTECTED[procedure.type.procedure.privacy] or is_hidden(procedure, recipient)
    if kind not in (SUMMONS, ADJOURNED, CANCELLED) or protected:
        return None
    words = Words(recipient.language, administration.time_zone(procedure.office))
    office = next((office for office in administration.offices if office.id == recipient.office), None)
    told = [one for one in procedure.notices if one.recipient == recipient.id]
    later = sum(one.kind == ADJOURNED for one in told) + (kind != SUMMONS)
    method = "CANCEL" if kind == CANCELLED else "REQUEST"
    assert procedure.changed_at is not None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//estrado//notices//ES",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{later}",
        f"DTSTAMP:{_moment(procedure.changed_at)}",
        f"DTSTART:{_moment(procedure.scheduled_at)}",
        f"SUMMARY:{_escaped(text('mails.calendar.title', words.language))}",
        f"DESCRIPTION:{_escaped(text('mails.calendar.what', words.language))}",
        f"ORGANIZER:mailto:{sender}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:{recipient.email}",
        f"STATUS:{'CANCELLED' if kind == CANCELLED else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    if lasts := procedure.type.procedure.lasts:
        lines.insert(-8, f"DTEND:{_moment(procedure.scheduled_at + lasts)}")
    if office is not None:
        place = f"{office.called(words.language)} ({office.municipality})"
        lines.insert(-3, f"LOCATION:{_escaped(place)}")
    return Invitation(method, "".join(_folded(line) for line in lines).encode())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    """Standard: RFC 5545 3.3.11."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> str:
    """In lines of at most 75 octets, none cut within a character; each ends with CRLF."""
    folded, width = "", 0
    for sign in line:
        octets = len(sign.encode())
        if width + octets > WIDEST:
            folded, width = f"{folded}\r\n ", 1
        folded, width = folded + sign, width + octets
    return f"{folded}\r\n"
