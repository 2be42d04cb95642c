"""Registers outside, of powers of attorney (REAJ) and the civil one (DICIREG): entered once, with one receipt."""

from datetime import date, datetime, time
from typing import Protocol

from domain.base import Value
from domain.ids import Sha256


class EntryTold(Value):
    """What a register is told, whichever it is; each kind adds what its own law wants."""

    id: str
    """Names it for good: asked again under it, nothing new is entered."""
    document_sha256: Sha256
    """Of the document with every signature."""
    body: str
    """Before which justice body, and in which case."""
    case_number: str


class PowerGrantor(Value):
    """Law: RDL 6/2023 art. 74.3.a."""

    name: str
    id_number: str
    address: str
    phone: str
    email: str | None = None


class PowerAttorney(Value):
    """Law: RDL 6/2023 art. 74.3.b."""

    name: str
    id_number: str
    profession: str
    """`court_agent`, `lawyer` or `labour_agent`."""
    college: str
    college_number: str
    address: str
    phone: str
    email: str | None = None


class PowerEntry(EntryTold):
    """What the register has to say of a power, and which document proves it."""

    grantor: PowerGrantor
    attorneys: tuple[PowerAttorney, ...]
    kind: str
    """`any_procedure`, `some_procedures` or `one_procedure`. Law: art. 74.4."""
    which: str | None = None
    """Which procedures, unless for any."""
    special_powers: str | None = None
    """Law: LEC art. 25."""
    excluded: str | None = None
    granted_on: date
    valid_until: date
    """Law: art. 74.6."""


class Declarant(Value):
    """Law: LRC art. 45."""

    name: str
    id_number: str
    obliged_as: str
    """`parent`, `relative`, `health_staff`, `present` or `public_body`."""


class Parent(Value):
    name: str
    id_number: str | None = None
    born: str | None = None
    status_and_nationality: str | None = None
    address: str | None = None


class BirthEntry(EntryTold):
    """What is declared of a birth. Law: LRC art. 49."""

    declarant: Declarant
    declared_on: date
    name: str
    surnames: str
    """In their order."""
    surname_order: str
    """`agreed`, `one_parent` or `earlier_sibling`; `not_agreed` is not entered yet. Law: LRC art. 49.2."""
    sex: str
    """`female` or `male`."""
    born_on: date
    born_at: time
    place: str
    parents: tuple[Parent, ...]
    medical_proof: str
    """`signed_certificate` or `other_document`."""
    term: str
    """`in_time`, or `late`, which is not entered without a registry file. Law: LRC arts. 47.1 and 47.3."""


class EntryReceipt(Value):
    id: str
    register_name: str
    """As the register calls itself."""
    number: str
    document_sha256: Sha256
    recorded_at: datetime
    valid_until: date | None = None
    """Where what is entered ends by itself."""
    content: bytes
    """The receipt itself, as PDF."""


class EntryRegister(Protocol):
    async def enter(self, told: EntryTold) -> EntryReceipt:
        """Have it entered. The same id is entered once, however often it is sent, and has its first receipt.

        Raises `Refusal` for what the register does not take, `TryAgain` while it cannot be reached,
        `PersonMustAct('register_receipt_wrong')` for an answer that is no receipt.
        """
