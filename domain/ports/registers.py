"""Registers outside, of powers of attorney (REAJ) and the civil one (DICIREG): entered once, with one receipt."""

from datetime import date, datetime, time
from typing import Literal, Protocol

from pydantic import Field

from domain.base import Value
from domain.ids import Sha256
from domain.procedure.registry_searches import Detail


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


class PowerEnding(EntryTold):
    """Whoever granted a power revokes it, or whoever was given it renounces it. Law: RDL 6/2023 arts. 74.6 and 74.7."""

    power_number: str
    """Of the entry that it ends."""
    kind: str
    """`revocation` or `renunciation`."""
    declarant_name: str
    declarant_id_number: str
    declared_on: date


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


class Standing(Value):
    """What a register says, asked now, of what stands under a number."""

    number: str
    state: Literal["in_force", "revoked", "renounced", "lapsed"]
    """Of a power: `in_force`, `revoked`, `renounced` (nobody is left who may act) or `lapsed`."""
    acting: tuple[str, ...] = ()
    """Identity documents of those who may still act with it."""

    def has_ended(self, ending: PowerEnding) -> bool:
        """A renunciation takes away who renounces, and nobody else."""
        if ending.kind == "renunciation":
            return _plain(ending.declarant_id_number) not in map(_plain, self.acting)
        return self.state == "revoked"


def _plain(id_number: str) -> str:
    """An identity document, however it is spaced."""
    return "".join(filter(str.isalnum, id_number)).upper()


class SearchTold(Value):
    """What is looked for in the civil registry, for whom and with what right. Law: LRC arts. 80 to 84."""

    id: str
    """Names it for good: asked again under it, the registry answers what it answered first."""
    body: str
    case_number: str
    fact: str
    """`birth`, `marriage`, `death` or `other_entry`."""
    registered: str
    """Name and surnames of the person registered."""
    registered_id_number: str | None = None
    happened_on: date | None = None
    place: str
    applicant_name: str
    applicant_id_number: str
    standing: str
    """`no_protected_data`, `person_registered`, `representative`, `authorised` or `court_leave`."""
    purpose: str | None = None


class SearchResult(Value):
    """How many entries fit; of one what stands there. Of several nothing is told: they are other people's too."""

    id: str
    register_name: str
    """As the registry calls itself."""
    reference: str
    """Under which the registry keeps who looked, when and why. Law: LRC art. 80.1.1, under their responsibility."""
    searched_at: datetime
    found: int = Field(ge=0)
    number: str | None = None
    """Of the one entry."""
    details: tuple[Detail, ...] = ()


class EntryRegister(Protocol):
    async def enter(self, told: EntryTold) -> EntryReceipt:
        """Have it entered. The same id is entered once, however often it is sent, and has its first receipt.

        Raises `Refusal` for what the register does not take, `TryAgain` while it cannot be reached,
        `PersonMustAct('register_receipt_wrong')` for an answer that is no receipt.
        """

    async def standing(self, number: str) -> Standing:
        """What stands under `number` now. Raises `TryAgain`, and `Refusal` where the register has no such number."""

    async def search(self, told: SearchTold) -> SearchResult:
        """What stands there. Raises `TryAgain`, and `Refusal` where the law gives whoever asks no access to it, or the
        register is not one in which anything is looked for."""
