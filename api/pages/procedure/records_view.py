"""Criminal records as whoever may read them sees their state: who was asked, what is late, where the report is."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.rendering import PageContext
from domain.procedure.criminal_records import NO_RECORDS, CriminalRecordRequest, RecordMessage
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.item_type import Asks
from templates.criminal_records import authority_name
from templates.people import shown_name
from templates.texts import broken_rule, text


@dataclass(frozen=True)
class RecordLine:
    authority: str
    code: str
    words: str
    tone: str
    until: datetime | None
    """By when the law wants an answer; None once there is one."""


@dataclass(frozen=True)
class RecordRequestView:
    id: str
    person: str
    purpose: str
    lines: tuple[RecordLine, ...]
    document: str | None


@dataclass(frozen=True)
class RecordsView:
    requests: tuple[RecordRequestView, ...] = ()
    askable: str = ""
    """The open item from which a record may be asked for now."""

    @property
    def there(self) -> bool:
        return bool(self.requests or self.askable)


def records_view(procedure: Procedure, seat: Participant | None, context: PageContext) -> RecordsView:
    """Nothing for whoever may not read what comes back."""
    if seat is None:
        return RecordsView()
    records = procedure.criminal_records or NO_RECORDS
    asked = tuple(one for one in records.requests if _reads(procedure, one.item, seat))
    item = procedure.open_item()
    askable = item is not None and _reads(procedure, item.id, seat) and records.of_item(item.id) is None
    return RecordsView(
        requests=tuple(_request(procedure, one, context) for one in asked),
        askable=item.id if item and askable and procedure.role_of(seat).hosts else "",
    )


def _reads(procedure: Procedure, item: str, seat: Participant) -> bool:
    kind = procedure.type.item(procedure.item(item).code)
    return kind.asks is Asks.CRIMINAL_RECORD and seat.role in kind.visible_to


def _request(procedure: Procedure, request: CriminalRecordRequest, context: PageContext) -> RecordRequestView:
    person = procedure.participant(request.person.participant)
    return RecordRequestView(
        id=request.id,
        person=shown_name(procedure, person, context.language),
        purpose=text(f"vocabulary.record_purpose.{request.purpose.value}", context.language),
        lines=tuple(_line(one, request, context) for one in request.messages),
        document=request.document,
    )


def _line(message: RecordMessage, request: CriminalRecordRequest, context: PageContext) -> RecordLine:
    words, tone = _state(message, request, context)
    return RecordLine(
        authority=authority_name(message.authority, context.language),
        code=message.authority,
        words=words,
        tone=tone,
        until=None if message.answered_at or request.left else message.due_at,
    )


def _state(message: RecordMessage, request: CriminalRecordRequest, context: PageContext) -> tuple[str, str]:
    if message.answered_at is not None:
        return text("pages.records.answered", context.language), "good"
    if request.left:
        return text("pages.records.left", context.language), "quiet"
    if message.trouble is not None:
        return text("pages.records.unfit", context.language, why=broken_rule(message.trouble, context.language)), "bad"
    return text(f"pages.records.{'overdue' if message.overdue else 'waiting'}", context.language), "waiting"
