"""How a language writes amounts, dates, times, durations and numbers in minutes, documents and mails.

Every method takes what an agenda item or an event holds (JSON types too) and gives the words; None gives none.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from domain import languages
from domain.codes.countries import COUNTRIES
from templates.catalogues import spoken
from templates.texts import text

_SHOWN_DIGITS = 4
_BEFORE_E = re.compile(r"h?i(?!e)", re.IGNORECASE)
"""What turns the Spanish «y» before it into «e»: «Ana e Iria», but «agua y hielo». CLDR does not know this rule."""


class Words:
    """One language and one time zone. `zone` is an IANA name: the legal time of the office that holds the act."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = spoken(language)
        self.locale = languages.language(self.language).locale
        self.zone = ZoneInfo(zone)

    def money(self, amount: str | Decimal | None) -> str:
        """`1200.00` -> `1.200,00 euros`, `EUR 1,200.00`."""
        if amount is None or amount == "":
            return ""
        figure = format_decimal(Decimal(amount), "#,##0.00", locale=self.locale)
        return text("figures.money", self.language, amount=figure)

    def country(self, code: str | None) -> str:
        """`PT` -> `Portugal`; a code that nobody has stays as it is."""
        return "" if not code else str(Locale.parse(self.locale).territories.get(code, code))

    def countries(self) -> dict[str, str]:
        """Code -> name, in the order in which the language puts them."""
        named = {code: self.country(code) for code in COUNTRIES}
        return dict(sorted(named.items(), key=lambda one: unicodedata.normalize("NFKD", one[1]).casefold()))

    def number(self, figure: float | None) -> str:
        """`1234.5` -> `1.234,5`, `1,234.5`."""
        return "" if figure is None else str(format_decimal(figure, locale=self.locale))

    def day(self, when: str | date | datetime | None) -> str:
        """An instant, a date, or either in ISO 8601 -> `22 de noviembre de 2026`, `22 November 2026`."""
        return format_date(self._local(when), "long", locale=self.locale) if when else ""

    def weekday(self, when: date) -> str:
        """A date -> `domingo, 22 de noviembre de 2026`, `Sunday, 22 November 2026`."""
        return format_date(when, "full", locale=self.locale)

    def date_of(self, when: datetime) -> date:
        """The date on which an instant falls at the office."""
        return when.astimezone(self.zone).date()

    def clock(self, when: str | datetime | None) -> str:
        """An instant -> `10:37:02` at the office. A time typed into a form (`10:30`) stays as it was typed."""
        return self._clock(when, "%H:%M:%S")

    def moment(self, when: str | datetime | None) -> str:
        """Day and time of an instant."""
        return self._moment(when, self.clock(when))

    def appointment(self, when: str | datetime | None) -> str:
        """Day and time of an appointment, as people say it: without seconds."""
        return self._moment(when, self._clock(when, "%H:%M"))

    def duration(self, length: timedelta | None) -> str:
        """`48 s`, `1 min 48 s`, `1 h 5 min`, `2 d 3 h`: the two largest units that say something."""
        if length is None:
            return ""
        seconds = round(length.total_seconds())
        # Standard: symbols of the SI and of the units accepted with it, the same in every language.
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
        said = format_list(parts, locale=self.locale)
        if self.language == "es" and len(parts) > 1 and _BEFORE_E.match(parts[-1]):
            return f"{said.removesuffix(f' y {parts[-1]}')} e {parts[-1]}"
        return said

    def yes_no(self, value: bool) -> str:
        return text(f"figures.{'yes' if value else 'no'}", self.language)

    def name_of(self, code: str) -> str:
        """What a language is called in this one: `inglés`, `Spanish`; its code where it is none of the list."""
        if code not in languages.LANGUAGE_CODES:
            return code
        return Locale.parse(languages.language(code).locale).get_language_name(self.locale) or code

    def _moment(self, when: str | datetime | None, clock: str) -> str:
        return text("figures.moment", self.language, day=self.day(when), clock=clock) if when else ""

    def _clock(self, when: str | datetime | None, form: str) -> str:
        if not when:
            return ""
        if isinstance(when, str) and "T" not in when:
            return when
        # A record tells its times in 24 hours, with two figures each, in every language.
        return self._local(when).strftime(form)

    def _local(self, when: str | date | datetime) -> date:
        if isinstance(when, str):
            when = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        if isinstance(when, datetime) and when.tzinfo:
            return when.astimezone(self.zone)
        return when
