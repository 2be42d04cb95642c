"""How a language writes amounts, dates, times, durations and numbers in minutes, documents and mails.

Every method takes what an agenda item or an event holds (JSON types too) and gives the words; None gives none.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LANGUAGES = ("es", "en")
"""The languages that have catalogues and templates; a record in any other is written in Spanish."""

_MONTHS = {
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio",
           "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_AND = {"es": "y", "en": "and"}
_YES_NO = {"es": ("sí", "no"), "en": ("yes", "no")}
_SHOWN_DIGITS = 4


class Words:
    """One language and one time zone. `zone` is an IANA name: the legal time of the office that holds the act."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.zone = ZoneInfo(zone)

    def money(self, amount: str | Decimal | None) -> str:
        """`1200.00` -> `1.200,00 euros`, `EUR 1,200.00`."""
        if amount is None or amount == "":
            return ""
        figure = f"{Decimal(amount):,.2f}"
        if self.language == "en":
            return f"EUR {figure}"
        return f"{figure.translate(str.maketrans(',.', '.,'))} euros"

    def day(self, when: str | date | datetime | None) -> str:
        """An instant, a date, or either in ISO 8601 -> `22 de noviembre de 2026`, `22 November 2026`."""
        if not when:
            return ""
        moment = self._local(when)
        month = _MONTHS[self.language][moment.month - 1]
        joint = " de " if self.language == "es" else " "
        return joint.join((str(moment.day), month, str(moment.year)))

    def clock(self, when: str | datetime | None) -> str:
        """An instant -> `10:37:02` at the office. A time typed into a form (`10:30`) stays as it was typed."""
        if not when:
            return ""
        if isinstance(when, str) and "T" not in when:
            return when
        return f"{self._local(when):%H:%M:%S}"

    def moment(self, when: str | datetime | None) -> str:
        """Day and time of an instant."""
        if not when:
            return ""
        joint = ", a las " if self.language == "es" else ", at "
        return f"{self.day(when)}{joint}{self.clock(when)}"

    def appointment(self, when: str | datetime | None) -> str:
        """Day and time of an appointment, as people say it: without seconds."""
        return self.moment(when)[:-3]

    def duration(self, length: timedelta | None) -> str:
        """`48 s`, `1 min 48 s`, `1 h 5 min`, `2 d 3 h`: the two largest units that say something."""
        if length is None:
            return ""
        seconds = round(length.total_seconds())
        units = (("d", seconds // 86400), ("h", seconds // 3600 % 24), ("min", seconds // 60 % 60), ("s", seconds % 60))
        said = [f"{count} {unit}" for unit, count in units if count]
        return " ".join(said[:2]) or "0 s"

    def id_number(self, number: str | None) -> str:
        """An identity number with four figures left: `00043210X` -> `***4321**`.

        Law: LO 3/2018 additional provision 7; which four is the AEPD's guidance (the fourth to the seventh figure, or
        the last four where there are fewer than seven).
        """
        if not number:
            return ""
        figures = [place for place, sign in enumerate(number) if sign.isdigit()]
        shown = figures[3 : 3 + _SHOWN_DIGITS] if len(figures) >= 3 + _SHOWN_DIGITS else figures[-_SHOWN_DIGITS:]
        return "".join(sign if place in shown else "*" for place, sign in enumerate(number) if sign.isalnum())

    def short_hash(self, digest: str) -> str:
        """The first sixteen figures: enough to recognise a document by eye, not to prove it."""
        return f"{digest[:16]}…"

    def whole_hash(self, digest: str) -> str:
        """All figures in groups of sixteen, so that a person can compare them and a line can break."""
        return " ".join(digest[place : place + 16] for place in range(0, len(digest), 16))

    def listed(self, parts: Sequence[str]) -> str:
        """`a, b y c` / `a, b and c`."""
        if len(parts) < 2:
            return "".join(parts)
        joint = _AND[self.language]
        if joint == "y" and re.match(r"h?i(?!e)", parts[-1], re.IGNORECASE):
            joint = "e"
        return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"

    def yes_no(self, value: bool) -> str:
        return _YES_NO[self.language][0 if value else 1]

    def _local(self, when: str | date | datetime) -> date:
        if isinstance(when, str):
            when = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        if isinstance(when, datetime) and when.tzinfo:
            return when.astimezone(self.zone)
        return when
