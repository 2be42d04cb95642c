"""What has happened in a procedure, one sentence an event."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from api.access.permissions import Permission
from api.deps import Case, case
from api.services.idempotency import IdempotentRoute
from domain.base import Value
from domain.journal.chain import JournalEntry
from domain.procedure.state import Procedure
from templates.timeline import timeline_sentence
from templates.words import Words

router = APIRouter(tags=["procedures"], route_class=IdempotentRoute)


class Happening(Value):
    seq: int
    at: datetime
    type: str
    role: str
    sentence: str
    hash: str


class Timeline(Value):
    items: tuple[Happening, ...]


@router.get("/procedures/{procedure}/timeline", summary="The journal in words")
async def read_timeline(
    case: Annotated[Case, case(Permission.READ_TIMELINE)], after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1
) -> Timeline:
    procedure = (await case.progress()).procedure
    entries = await case.ports.journal.read(case.id, first=after + 1)
    await case.record_access("timeline")
    words = Words(case.language, case.territory.time_zone(procedure.office))
    return Timeline(items=tuple(describe_event(procedure, entry, words) for entry in entries))


def describe_event(procedure: Procedure, entry: JournalEntry, words: Words) -> Happening:
    line = json.loads(entry.line)
    return Happening(
        seq=entry.seq,
        at=line["at"],
        type=entry.type,
        role=line["role"],
        sentence=timeline_sentence(entry.type, entry.content, procedure, words),
        hash=entry.hash,
    )
