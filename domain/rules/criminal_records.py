"""When a criminal record may be asked for, and what is asked of whom."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.calendar import is_office_day
from domain.commands import AskCriminalRecord
from domain.errors import Refusal
from domain.ids import ParticipantId
from domain.procedure.agenda import AgendaItem
from domain.procedure.criminal_records import (
    HOME,
    MEMBER_STATES,
    NO_RECORDS,
    TCN,
    CriminalRecordRequest,
    PersonAsked,
    RecordMessage,
    RecordPurpose,
)
from domain.procedure.state import Procedure
from domain.refusals.agenda import ITEM_NOT_OPEN
from domain.refusals.criminal_records import (
    RECORD_ALREADY_ASKED,
    RECORD_BIRTH_IN_FUTURE,
    RECORD_COUNTRY_UNKNOWN,
    RECORD_DATA_MISSING,
    RECORD_NOT_ASKED_HERE,
    RECORD_PURPOSE_NOT_FOR_CENTRAL,
)
from domain.rules.common import as_host, at_stage
from domain.types.item_type import Asks
from domain.types.vocabulary import ItemState, Stage

_COUNTRY = re.compile(r"[A-Z]{2}")


def may_ask_criminal_record(procedure: Procedure, command: AskCriminalRecord) -> None:
    """Law: FD 2009/315/JHA art. 6, a competent authority asks, and says of whom and for what."""
    host = as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION)
    item = procedure.item(command.item)
    kind = procedure.type.item(item.code)
    if kind.asks is not Asks.CRIMINAL_RECORD or host.role not in kind.visible_to:
        raise Refusal(RECORD_NOT_ASKED_HERE, item=item.code)
    if item.state is not ItemState.OPEN:
        raise Refusal(ITEM_NOT_OPEN, item=item.code, state=item.state.value)
    if (procedure.criminal_records or NO_RECORDS).of_item(item.id):
        raise Refusal(RECORD_ALREADY_ASKED, item=item.code)
    for field in kind.fields:
        if field.required and not item.values.get(field.name):
            raise Refusal(RECORD_DATA_MISSING, field=field.name)
    _sensible(procedure, item.values)


def _sensible(procedure: Procedure, values: dict[str, Any]) -> None:
    if not _COUNTRY.fullmatch(_code(values["birth_country"])):
        raise Refusal(RECORD_COUNTRY_UNKNOWN, field="birth_country")
    nationalities = _codes(values["nationalities"])
    if not nationalities or not all(map(_COUNTRY.fullmatch, nationalities)):
        raise Refusal(RECORD_COUNTRY_UNKNOWN, field="nationalities")
    today = procedure.changed_at.date() if procedure.changed_at else date.max
    if date.fromisoformat(values["birth_date"]) > today:
        raise Refusal(RECORD_BIRTH_IN_FUTURE)
    # Law: Reg. (EU) 2019/816 art. 7.1, the central system is for the purposes that it names.
    if TCN in authorities(nationalities) and values["purpose"] == RecordPurpose.OTHER_BY_LAW:
        raise Refusal(RECORD_PURPOSE_NOT_FOR_CENTRAL)


def authorities(nationalities: tuple[str, ...]) -> tuple[str, ...]:
    """Law: FD art. 6, the state of nationality knows all convictions; Reg. art. 7, the central system says which states
    hold those of people of no Member State. The own register is searched in any case."""
    states = tuple(one for one in dict.fromkeys(nationalities) if one in MEMBER_STATES and one != HOME)
    central = (TCN,) if not set(nationalities) <= MEMBER_STATES else ()
    return (HOME, *states, *central)


def request_of(procedure: Procedure, item: AgendaItem, at: datetime) -> CriminalRecordRequest:
    """What is asked, of whom, under which ids: the same whenever it is decided again."""
    values = item.values
    purpose = RecordPurpose(values["purpose"])
    number = len((procedure.criminal_records or NO_RECORDS).requests) + 1
    id = f"cr{number}"
    person = PersonAsked(
        participant=ParticipantId(values["person"]),
        surnames=values["surnames"],
        first_names=values["first_names"],
        birth_date=values["birth_date"],
        birth_country=_code(values["birth_country"]),
        birth_town=values["birth_town"],
        nationalities=_codes(values["nationalities"]),
        previous_names=values.get("previous_names"),
    )
    return CriminalRecordRequest(
        id=id,
        item=item.id,
        person=person,
        purpose=purpose,
        legal_basis=values["legal_basis"],
        messages=tuple(message(procedure, id, one, purpose, at) for one in authorities(person.nationalities)),
    )


def message(procedure: Procedure, request: str, authority: str, purpose: RecordPurpose, at: datetime) -> RecordMessage:
    """What is asked of one authority, from `at` on."""
    return RecordMessage(
        id=f"{procedure.id}.{request}.{authority}",
        authority=authority,
        asked_at=at,
        due_at=_due(at, purpose.working_days),
    )


def _due(asked_at: datetime, working_days: int) -> datetime:
    """Law: FD art. 8 with Reg. 1182/71 art. 3, the day of asking does not count, and the last one counts to its end."""
    day = asked_at.astimezone(UTC).date()
    while working_days:
        day += timedelta(days=1)
        working_days -= is_office_day(day)
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_code, re.split(r"[,;\s]+", typed))))


def _code(typed: str) -> str:
    """As the exchange writes it: EL, which the Union writes for Greece, is GR in ISO 3166."""
    code = typed.strip().upper()
    return "GR" if code == "EL" else code
