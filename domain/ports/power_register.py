"""The register of powers of attorney for court (REAJ): a power is entered once, and has one receipt."""

from datetime import date, datetime
from typing import Protocol

from domain.base import Value
from domain.ids import Sha256


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


class PowerEntry(Value):
    """What the register has to say of a power, and which document proves it."""

    id: str
    """Names it for good: asked again under it, nothing new is entered."""
    document_sha256: Sha256
    """Of the power with every signature."""
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
    body: str
    """Before which justice body, and in which case."""
    case_number: str


class EntryReceipt(Value):
    id: str
    register_name: str
    """As the register calls itself."""
    number: str
    document_sha256: Sha256
    recorded_at: datetime
    valid_until: date
    content: bytes
    """The receipt itself, as PDF."""


class PowerRegister(Protocol):
    async def enter(self, entry: PowerEntry) -> EntryReceipt:
        """Have it entered. The same id is entered once, however often it is sent, and has its first receipt.

        Raises `Refusal` for what the register does not take, `TryAgain` while it cannot be reached,
        `PersonMustAct('register_receipt_wrong')` for an answer that is no receipt.
        """
