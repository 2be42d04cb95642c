"""The shapes of what a record tells: people, items, documents, signatures, ready for a template to word."""

from dataclasses import dataclass
from datetime import datetime

from domain.types.territory import Office
from domain.types.vocabulary import Side


@dataclass(frozen=True)
class Attendee:
    """Somebody who appears, as the minutes may show them."""

    name: str
    role: str
    side: Side
    number: str
    """Identity number with four figures left; empty where it is protected or unknown."""
    hidden: bool
    place: str | None
    """`office`, `court`, `own_device`; None where it is not said."""
    office: Office | None
    methods: tuple[str, ...]
    assurance: str | None
    waiver: str | None
    attested: bool
    """The office said that they act freely, and no more of the place."""
    seen_there: tuple[str, datetime] | None
    """What the office saw of the place, in words, and when; None where nobody filled that in."""
    warned: bool
    consent: bool | None
    """The last answer about recording; None when nobody asked."""
    events: tuple[int, ...]


@dataclass(frozen=True)
class ItemFacts:
    """An item of the agenda that was dealt with or skipped."""

    id: str
    title: str
    sentence: str
    mention: bool
    skipped: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    events: tuple[int, ...]


@dataclass(frozen=True)
class FiledDocument:
    """A document in the file when the minutes are written."""

    number: int
    title: str
    character: str
    pages: int
    sha256: str
    depositor: str
    signers: tuple[tuple[str, str], ...]
    """(who, method)."""
    refusers: tuple[tuple[str, str], ...]
    """(who, reason)."""
    events: tuple[int, ...]


@dataclass(frozen=True)
class PlannedSignature:
    """Who is to sign the minutes, and how."""

    name: str
    role: str
    method: str
