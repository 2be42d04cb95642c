"""What an Administration has chosen: its image, its languages, its offices and the types that may be held there."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from domain.base import Texts, Value
from domain.ids import AdministrationId, OfficeId
from domain.languages import BASE_LANGUAGES
from domain.types.vocabulary import BodyKind

COURT = "court"
"""The kind of office that is a judicial one. Law: LOPJ art. 439 ter.1; a municipal office is outside the court."""


DIR3 = r"^[A-Z][A-Z0-9][0-9]{7}$"
"""Nine signs, such as `E04990201`, `EA0008523`. Standard: RD 4/2010 art. 9, the inventory of units (DIR3)."""
HOUR = r"^((0[89]|1[0-9]):[0-5][0-9]|20:00)$"


class Theme(Value):
    """Design tokens; the same values dress pages, PDFs and mails. Colours are `#rrggbb`."""

    brand: str = Field(pattern=r"^#[0-9a-f]{6}$")
    on_brand: str = Field(pattern=r"^#[0-9a-f]{6}$")
    link: str = Field(pattern=r"^#[0-9a-f]{6}$")
    focus: str = Field(pattern=r"^#[0-9a-f]{6}$")
    accent: str = Field(pattern=r"^#[0-9a-f]{6}$")
    radius_px: int = Field(default=4, ge=0, le=24)
    logo: str
    """File name beside the profile (SVG)."""


class Office(Value):
    """A Municipal Justice Office, or the seat of a justice body."""

    id: OfficeId
    name: str
    names: Texts | None = None
    """The same for those who read another language; left out, everybody reads `name`."""
    municipality: str
    kind: str = Field(pattern=r"^(municipal|court|registry|adr_unit|victim_office)$")
    time_zone: str = "Europe/Madrid"
    public_holidays: tuple[date, ...] = ()
    """Days that the town keeps. Law: LOPJ art. 182.1; no term runs on them."""
    opens_at: str = Field(default="08:00", pattern=HOUR)
    closes_at: str = Field(default="20:00", pattern=HOUR)
    """Between these hours acts begin there. Law: LOPJ art. 182.2, LEC art. 130.3; from eight to eight at the most."""

    @property
    def known_as(self) -> Texts:
        return self.names or Texts(dict.fromkeys(BASE_LANGUAGES, self.name))

    def called(self, language: str) -> str:
        return self.names.in_language(language) if self.names else self.name

    kilometres: Mapping[str, int] = Field(default_factory=dict)
    """By road, one way, to the seat of each body (by its id): an estimate of the Administration, for its indicators."""
    bodies: tuple[str, ...] = ()
    """Bodies for which its desk asks for acts; none named: for every one of the Administration."""


class Body(Value):
    """A justice body that holds procedures: its name on the minutes and the certificates that it signs with.

    Law: RDL 6/2023 art. 25.3, a certificate that signs by itself tells the scope of the act that it is used for; Ley
    40/2015 art. 42.a, the seal is one of a body.
    """

    id: str
    names: Texts
    municipality: str
    seal: str
    """Name of the seal certificate."""
    earlier_seals: tuple[str, ...] = ()
    """Names of those it sealed with before, also for others: what they sealed is to be verified for as long as it is
    kept."""
    acts_certificate: str
    """Name of the certificate that wraps what somebody signs before this body without one of their own."""
    earlier_acts_certificates: tuple[str, ...] = ()
    """Names of those that did so before, also for others."""
    dir3: str | None = Field(default=None, pattern=DIR3)
    """Its code in the common directory of units; None where it is not known here, and then the id stands for it."""
    kind: BodyKind | None = None
    """What it is; None where its Administration has not said, and then it may hold whatever is enabled."""


class EnabledType(Value):
    """Law: each Community's heads of Justice decide which procedures may be held."""

    type: str
    approved_by: str
    approved_on: str
    document: str
    journeys: int = Field(default=1, ge=0, le=9)
    """How often each person would have to travel there and back, were the act held in person: an estimate."""
    pilot_until: date | None = None
    """Acts asked for up to this day, that day included, are of a pilot and counted apart; None: there is no pilot."""
    bodies: tuple[str, ...] = ()
    """Ids of the bodies that may hold it; empty: every one."""
    offices: tuple[str, ...] = ()
    """Ids of the offices from which people may take part in it; empty: every one."""
    starts_on: str | None = None
    """The first day on which it may be asked for, as 2026-01-15; None: from the approval on."""
    ends_on: str | None = None
    """The first day on which it no longer may be. What runs goes on."""


class Administration(Value):
    id: AdministrationId
    names: Texts
    languages: tuple[str, ...] = Field(min_length=1)
    theme: Theme
    contact: Texts
    """Where a person asks for help or complains, printed on mails and minutes."""
    data_protection: Texts
    handwriting_key: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9-]*$")
    """Name of the public key to which strokes of handwriting are encrypted; None: nobody is asked to sign by hand."""
    offices: tuple[Office, ...] = Field(min_length=1)
    subdivision: str | None = None
    """The Community's code (ISO 3166-2:ES, without `ES-`): its public holidays are then known by themselves."""
    public_holidays: tuple[date, ...] = ()
    """Days that the Community keeps and all Spain does not; in a profile, those to be added. Law: LOPJ art. 182.1."""
    bodies: tuple[Body, ...] = Field(min_length=1)
    enabled: tuple[EnabledType, ...]

    def time_zone(self, office: OfficeId | None) -> str:
        """The legal time at that office (IANA name); that of the first one where none is meant."""
        zones = {known.id: known.time_zone for known in self.offices}
        return zones.get(office, self.offices[0].time_zone) if office else self.offices[0].time_zone

    def day(self, at: datetime) -> date:
        """Which day it is there at that instant."""
        return at.astimezone(ZoneInfo(self.time_zone(None))).date()

    def public_holidays_at(self, office: OfficeId) -> frozenset[date]:
        """What is kept there besides the public holidays of all Spain."""
        local = (day for known in self.offices if known.id == office for day in known.public_holidays)
        return frozenset((*self.public_holidays, *local))
