"""Whether what the regional system knows of its procedures is what the journals say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.postgres.database import Database
from bench.installation import House
from bench.regional.system import RegionalSystem
from domain.ids import ProcedureId
from domain.journal.told import told_of

ENDS: Mapping[str, str] = {
    "procedure.closed": "closed",
    "procedure.cancelled": "cancelled",
    "procedure.not_held": "no_show",
}
"""The last event that is told -> where the system takes the procedure to stand."""


@dataclass
class Judged:
    """What became of one procedure; `wrong` is empty where both sides know the same."""

    procedure: str
    type: str
    events: list[str]
    stage: str
    wrong: list[str] = field(default_factory=list)


async def judged(house: House, system: RegionalSystem, procedure: str, type_id: str, given_up: str) -> Judged:
    journal = [
        told for line in await house.installation.journal.read(ProcedureId(procedure)) if (told := told_of(line))
    ]
    heard = [one for one in system.inbox.messages if one["data"]["procedure"] == procedure]
    found = Judged(
        procedure, type_id, [one["type"] for one in heard], (await system.interface.status(procedure))["stage"]
    )
    if given_up:
        found.wrong.append(f"given up: {given_up}")
    if [(one["data"]["seq"], one["type"]) for one in heard] != [(line.seq, line.event) for line in journal]:
        found.wrong.append(f"told {found.events}, and the journal has {[line.event for line in journal]}")
    if found.stage != (known := ENDS.get(found.events[-1] if heard else "", "under way")):
        found.wrong.append(f"stands at {found.stage}, and the system knows {known}")
    return found


async def begun_otherwise_than_once(house: House, numbers: Sequence[str]) -> list[str]:
    """Own numbers that are those of no procedure, or of several, of all that the register has."""
    async with Database.connect(house.settings.database_url, connections=1) as database:
        rows = await database.rows("SELECT external_id FROM register WHERE external_id = ANY($1)", list(numbers))
    found = Counter(row["external_id"] for row in rows)
    return [number for number in numbers if found[number] != 1]


async def most_attempts(house: House) -> int:
    """How often one message was sent until it was taken; what comes after it waits meanwhile."""
    async with Database.connect(house.settings.database_url, connections=1) as database:
        [row] = await database.rows("SELECT max(attempts) AS most FROM webhook_messages")
    return int(row["most"] or 0)
