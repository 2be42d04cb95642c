"""Criminal records asked for in a procedure: about whom, for what, of which authorities, and what has come back.

What a record says is in no event: an answer is known here by its digest, and read by those whom the type names.
"""

from datetime import datetime
from enum import StrEnum

from domain.base import Value
from domain.ids import ItemId, ParticipantId, Sha256
from domain.procedure.documents import DocumentRef

HOME = "ES"
"""The state whose own register is searched first."""

TCN = "TCN"
"""The central system that knows which states hold convictions of people of no Member State."""

CRIMINAL_RECORD = "criminal_record"
"""The document code of what came back, in every type."""

MEMBER_STATES = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    )
)


class RecordPurpose(StrEnum):
    """Law: FD 2009/315/JHA art. 6 and Reg. (EU) 2019/816 art. 7.1; what a record may be asked for, and nothing else."""

    CRIMINAL_PROCEEDINGS = "criminal_proceedings"
    OWN_RECORD = "own_record"
    """The person asks for their own."""
    SECURITY_CLEARANCE = "security_clearance"
    LICENCE_OR_PERMIT = "licence_or_permit"
    EMPLOYMENT = "employment"
    VOLUNTARY_WORK = "voluntary_work"
    """With children or vulnerable people."""
    MIGRATION = "migration"
    """Visa, nationality, asylum."""
    PUBLIC_CONTRACT = "public_contract"
    """And public examinations."""
    OTHER_BY_LAW = "other_by_law"
    """Any other that national law names. The central system does not take it."""

    @property
    def working_days(self) -> int:
        """Law: FD 2009/315/JHA art. 8, within how many an authority answers."""
        return 20 if self is RecordPurpose.OWN_RECORD else 10


class PersonAsked(Value):
    """Whom a record is about. Standard: Impl. Decision (EU) 2022/2470, annex; what is mandatory there is so here."""

    participant: ParticipantId
    surnames: str
    first_names: str
    birth_date: str
    """ISO 8601."""
    birth_country: str
    birth_town: str
    nationalities: tuple[str, ...]
    previous_names: str | None = None


class RecordMessage(Value):
    """What one authority was asked. Its id is decided in the workflow: asking again under it asks nothing new."""

    id: str
    authority: str
    """A Member State by its ISO 3166 code, or `TCN`."""
    asked_at: datetime
    due_at: datetime
    sha256: Sha256 | None = None
    """Of the answer as it came."""
    kept: DocumentRef | None = None
    answered_at: datetime | None = None
    overdue: bool = False
    trouble: str | None = None
    """Why the last answer, or the last attempt, was of no use."""
    unfit: Sha256 | None = None
    """Of an answer that was of no use."""


class CriminalRecordRequest(Value):
    id: str
    """`cr1`, `cr2`, in the order in which they were asked."""
    item: ItemId
    person: PersonAsked
    purpose: RecordPurpose
    legal_basis: str
    messages: tuple[RecordMessage, ...]
    document: str | None = None
    """The report of what has come so far."""
    reported: int = 0
    """How many answers stand in it."""
    left: bool = False
    """The act is over: nobody waits any more for what has not come."""

    @property
    def waiting(self) -> tuple[RecordMessage, ...]:
        return () if self.left else tuple(one for one in self.messages if one.answered_at is None)

    @property
    def answers(self) -> tuple[RecordMessage, ...]:
        """What has come from authorities that hold convictions."""
        return tuple(one for one in self.messages if one.answered_at is not None and one.authority != TCN)

    def message(self, id: str) -> RecordMessage:
        return next(one for one in self.messages if one.id == id)

    def with_message(self, changed: RecordMessage) -> "CriminalRecordRequest":
        return self.but(messages=tuple(changed if one.id == changed.id else one for one in self.messages))


class CriminalRecords(Value):
    """All that a procedure asked for."""

    requests: tuple[CriminalRecordRequest, ...] = ()

    def request(self, id: str) -> CriminalRecordRequest:
        return next(one for one in self.requests if one.id == id)

    def of_item(self, item: str) -> CriminalRecordRequest | None:
        return next((one for one in reversed(self.requests) if one.item == item), None)

    def with_request(self, changed: CriminalRecordRequest) -> "CriminalRecords":
        return self.but(requests=tuple(changed if one.id == changed.id else one for one in self.requests))

    def waiting(self) -> tuple[tuple[CriminalRecordRequest, RecordMessage], ...]:
        return tuple((request, message) for request in self.requests for message in request.waiting)

    def unreported(self) -> tuple[CriminalRecordRequest, ...]:
        """Those of which more has come than their report says."""
        return tuple(one for one in self.requests if len(one.answers) > one.reported)


NO_RECORDS = CriminalRecords()
