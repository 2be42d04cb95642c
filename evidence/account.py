"""What a judge asks of an act: who took part and how that was checked, what was signed, what happened meanwhile.

Facts in codes and instants; words are made when a report is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Absences",
    "Account",
    "Act",
    "Answer",
    "DocumentAccount",
    "Fact",
    "Indication",
    "PersonAccount",
    "Requirement",
    "SignatureAccount",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened: a code of the catalogue, when, and whom it is about."""

    code: str
    at: str
    person: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """Which act it was."""

    number: str
    body: str
    """Code of the body that held it."""
    body_name: str
    """What the signed minutes call it; empty when they do not say."""
    body_known: bool
    """The verifier knows the body of that code by that name."""
    administration: str
    """Code of the Administration of that body; empty for minutes alone."""
    administration_name: str
    """What the signed minutes call it; empty when they do not say."""
    titles: Mapping[str, str]
    """Of its type, by language."""
    outcomes: Mapping[str, str]
    """How it ended, by language; empty when the journal does not say."""
    opened_at: str
    closed_at: str
    """Of the first session and the last; empty when there was none."""


@dataclass(frozen=True, slots=True)
class PersonAccount:
    id: str
    name: str
    """Their name, or the title of their role where names are kept."""
    role: Mapping[str, str]
    """Title of the role by language."""
    number: str
    """Part of the number of their document, as it is published; empty when none is known."""
    checks: tuple[Fact, ...]
    places: tuple[Fact, ...]
    """From where they took part, and who saw that they acted freely."""
    official: bool


@dataclass(frozen=True, slots=True)
class SignatureAccount:
    document: str
    title: str
    person: str
    means: str
    steps: tuple[Fact, ...]
    """In the order of the journal: shown, read, understood, code sent, authenticated, signed."""
    holder: str = ""
    """Of the certificate of the signature in the document; empty when it was not found."""
    proven_at: str = ""
    """Until when its time-stamp says that it was made; empty when there is none."""
    where: str = ""
    """Document and field."""


@dataclass(frozen=True, slots=True)
class DocumentAccount:
    title: str
    kind: str
    character: str
    sha256: str
    path: str
    stamped: tuple[str, ...]
    """Times that the time-stamps of its signatures prove."""
    archived: tuple[str, str] | None = None
    """Time of the latest time-stamp over the whole document, and when its certificate ends; `None` without one."""


@dataclass(frozen=True, slots=True)
class Absences:
    """What the journal speaks of and the bundle does not hold."""

    documents: tuple[Fact, ...]
    """Withheld or erased, each with the time of the event that first speaks of it."""
    superseded: int
    """Documents of which a later revision is here."""
    events: int
    """Events whose data are withheld."""


@dataclass(frozen=True, slots=True)
class Account:
    act: Act
    people: tuple[PersonAccount, ...]
    signatures: tuple[SignatureAccount, ...]
    readings: tuple[SignatureAccount, ...]
    """What somebody was shown or read and did not sign."""
    notes: tuple[Fact, ...]
    incidents: tuple[Fact, ...]
    documents: tuple[DocumentAccount, ...]
    absences: Absences
    recording: str
    """What the type says of recording; empty when it says nothing."""
    recorded: bool
    """The journal tells that there is a recording."""
    from_journal: bool = True
    """False of minutes alone: what is told is what their signatures and the records attached to them say."""


class Answer(StrEnum):
    """What the evidence says of one requirement."""

    PROVEN = "proven"
    CONTRADICTED = "contradicted"
    NOT_PROVABLE = "not_provable"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement and its answer."""

    article: str
    answer: Answer
    why: str
    """Code of the reason, in the text catalogue."""
    whom: str = ""
    """Participants whom the reason is about."""


@dataclass(frozen=True, slots=True)
class Indication:
    """What ETSI EN 319 102-1 (clause 5.1.3) calls the result for one signature, seal or time-stamp."""

    object: str
    main: str
    sub: str
