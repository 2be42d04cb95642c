"""Summons codes: whose seat each opens. The codes themselves are nowhere (`domain/codes/pins.py`).

A code is good for as long as its act: the key that made it may be followed by another one meanwhile, and stays beside
it until no code of it is out.
"""

from collections.abc import Callable, Sequence

import asyncpg

from adapters.postgres.database import Database
from domain.access.accounts import Seat
from domain.codes.pins import key_label, maker, summons_code_hmac, summons_code_of
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.types.vocabulary import Stage

_BEFORE = "coalesce(made_with, $2) <> $1"
"""Made by another key than the newest; a code that names none was made by the oldest."""

ENDED = [stage.value for stage in Stage if stage.ended]


class SummonsPostgres:
    """`SummonsCodes` over the table `summons`."""

    def __init__(self, database: Database, keys: Callable[[], Sequence[bytes]]) -> None:
        """`keys`: that which makes codes now, then those whose codes are still good; asked for each time."""
        self._database = database
        self._keys = keys

    async def issue(self, procedure: ProcedureId, participant: ParticipantId) -> str:
        """As the port says. Raises `TryAgain` in a process whose file has not got the key of that code (yet)."""
        keys = self._keys()
        code = summons_code_of(keys[0], procedure, participant)
        try:
            await self._database.execute(
                "INSERT INTO summons (procedure, participant, code_hmac, made_with) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (procedure, participant) DO NOTHING",
                procedure,
                participant,
                summons_code_hmac(keys[0], code),
                key_label(keys[0]),
            )
        except asyncpg.UniqueViolationError as fault:
            raise PersonMustAct("summons_code_taken", procedure=procedure, participant=participant) from fault
        kept = await self._database.row(
            "SELECT made_with FROM summons WHERE procedure = $1 AND participant = $2", procedure, participant
        )
        if kept is None:
            raise TryAgain("the code was ended at this moment")
        return summons_code_of(_maker(keys, kept["made_with"]), procedure, participant)

    async def seat_of(self, typed: str) -> Seat | None:
        digests = [summons_code_hmac(key, typed) for key in self._keys()]
        row = await self._database.row(
            "SELECT procedure, participant FROM summons WHERE code_hmac = ANY($1::text[])", digests
        )
        return Seat(procedure=row["procedure"], participant=row["participant"]) if row else None

    async def of_keys_before(self) -> int:
        """How many codes of acts that are not over were made by another key than the one in force."""
        row = await self._database.row(
            f"SELECT count(*) AS out FROM summons JOIN register USING (procedure) WHERE {_BEFORE}"  # noqa: S608
            " AND stage <> ALL($3::text[])",
            *self._newest_and_oldest(),
            ENDED,
        )
        return int(row["out"]) if row else 0

    async def end_of_keys_before(self) -> int:
        """No code of another key than the one in force opens anything any more; how many that were."""
        return await self._database.execute(
            f"DELETE FROM summons WHERE {_BEFORE}",  # noqa: S608
            *self._newest_and_oldest(),
        )

    def _newest_and_oldest(self) -> tuple[str, str]:
        keys = self._keys()
        return key_label(keys[0]), key_label(keys[-1])


def _maker(keys: Sequence[bytes], made_with: str | None) -> bytes:
    if (key := maker(keys, made_with)) is None:
        raise TryAgain("the key of this summons code is not in the file of this process")
    return key
