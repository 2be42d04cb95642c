"""What registers of criminal records answered, merged into one document for whoever may read it."""

from datetime import datetime

from babel import Locale

from domain.ports.criminal_records import RecordReply
from domain.procedure.criminal_records import TCN, CriminalRecordRequest, RecordMessage
from domain.procedure.minutes import WrittenDocument
from domain.procedure.state import Procedure
from domain.types.territory import Administration
from templates.documents import write_from
from templates.texts import text

Answered = tuple[tuple[RecordMessage, RecordReply], ...]


def authority_name(code: str, language: str) -> str:
    """A Member State by its name, or the central system."""
    if code == TCN:
        return text("vocabulary.record_authority.TCN", language)
    return str(Locale.parse(language).territories.get(code, code))


def report_title(language: str) -> str:
    """Says nothing of what it is about: titles stand in lists."""
    return text("documents.criminal_record.neutral_title", language)


def write_report(
    procedure: Procedure,
    administration: Administration,
    request: CriminalRecordRequest,
    answered: Answered,
    at: datetime,
) -> WrittenDocument:
    """Every conviction with the state that told it; which authorities have not answered yet."""
    return write_from(
        "criminal_record",
        procedure,
        administration,
        procedure.language,
        request=request,
        answered=answered,
        convictions=tuple((message, one) for message, reply in answered for one in reply.convictions),
        conditions=tuple((message, reply.conditions) for message, reply in answered if reply.conditions),
        named=lambda code: authority_name(code, procedure.language),
        at=at,
    )
