"""Central authorities of criminal records, of all Member States, and the central system that knows where to ask."""

from typing import Protocol

from domain.base import Value
from domain.procedure.criminal_records import PersonAsked, RecordPurpose


class RecordQuestion(Value):
    """What one authority is asked, with all that it needs. Fingerprints are no part of it."""

    message: str
    """Its id: the same question under the same id is one question."""
    authority: str
    asked_at: str
    person: PersonAsked
    purpose: RecordPurpose
    legal_basis: str
    body: str
    """Which justice body asks, and in which case."""
    case_number: str


class Conviction(Value):
    """One conviction as the authority tells it. Law: FD 2009/315/JHA art. 11.1."""

    convicted_by: str
    decided_on: str
    final_on: str | None = None
    offence: str
    """As the convicting state names it."""
    offence_code: str | None = None
    """Of the common tables. Law: Decision 2009/316/JHA art. 4."""
    sanction: str
    sanction_code: str | None = None


class RecordReply(Value):
    """What an authority answered."""

    message: str
    """The question that it answers."""
    authority: str
    surnames: str
    first_names: str
    birth_date: str
    """Of whom it speaks: compared with who was asked about."""
    found: bool
    """False: no record."""
    convictions: tuple[Conviction, ...] = ()
    states: tuple[str, ...] = ()
    """Of the central system: which states hold convictions."""
    conditions: str | None = None
    """For what it may be used, where the authority says so. Law: FD art. 9."""


class Standing(Value):
    """What an authority says of a question."""

    known: bool
    """Whether it has the question."""
    answer: bytes | None = None
    """As it came; None: not yet."""


class CriminalRecordsExchange(Protocol):
    """Every method may raise `TryAgain`; `PersonMustAct` with a code where the authority refuses the question."""

    async def standing(self, authority: str, message: str) -> Standing:
        """Whether it has that question, and its answer. Asks nothing."""

    async def ask(self, question: RecordQuestion) -> None:
        """Put the question. Under an id that it has already nothing happens."""

    def reply(self, answer: bytes) -> RecordReply:
        """What an answer says. Raises `PersonMustAct('record_reply_unreadable')`."""
