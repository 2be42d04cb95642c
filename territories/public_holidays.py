"""The public holidays of the Communities, as the `holidays` package lists them; the law of court days is in the domain.

Scar: the package knows a Community's own choice of days only for the years already published; for later ones it gives
what never changes. A profile adds those days, and those that a town keeps, by hand.
"""

from datetime import UTC, date, datetime

from holidays import country_holidays

COUNTRY = "ES"
YEARS_AHEAD = 5
"""Longer than any procedure or process lives; what is not known of a year is not invented."""


def subdivisions() -> frozenset[str]:
    """The codes of Communities and autonomous cities (ISO 3166-2:ES, without `ES-`)."""
    return frozenset(code for code in country_holidays(COUNTRY).subdivisions if len(code) == 2)


def of_community(subdivision: str, first: int | None = None) -> tuple[date, ...]:
    """Its public holidays from the year `first` (None: last year) on, in order."""
    first = first or datetime.now(UTC).year - 1
    return tuple(sorted(country_holidays(COUNTRY, subdiv=subdivision, years=range(first, first + YEARS_AHEAD))))
