"""One-time PINs: who may still guess, and how often. The PINs themselves are nowhere (`domain/codes/pins.py`).

An attempt is counted before it is judged, in the transaction that keeps the verdict: whatever is killed in between,
and however many guess at once, nobody gets a fourth try.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from adapters.postgres.database import Connection, Database, lock
from domain.codes.pins import PIN_TRIES, UNANSWERED_PINS, key_label, maker, pin_of, proves
from domain.errors import PersonMustAct, Refusal
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer
from domain.refusals.pins import PIN_EXHAUSTED, PIN_EXPIRED, PIN_USED, TOO_MANY_PINS, UNKNOWN_CHALLENGE


class PinsPostgres:
    """`PinChallenges` over the tables `pin_challenges` and `pin_attempts`."""

    def __init__(self, database: Database, keys: Callable[[], Sequence[bytes]]) -> None:
        """`keys`: that which makes PINs now, then those whose PINs are still good; asked for each time."""
        self._database = database
        self._keys = keys

    async def open(
        self,
        challenge: str,
        procedure: ProcedureId,
        participant: ParticipantId,
        purpose: str,
        expires_at: datetime,
    ) -> str:
        """As the port says. Raises `Refusal('too_many_pins')` after five that were not answered correctly, and
        `PersonMustAct('pin_challenge_reused')` when `challenge` was somebody else's or for something else.
        """
        keys = self._keys()
        made_with: str | None = key_label(keys[0])
        whose = (procedure, participant, purpose)
        async with self._database.transaction() as connection:
            await lock(connection, "pins", procedure, participant)
            known = await connection.fetchrow(
                "SELECT procedure, participant, purpose, made_with FROM pin_challenges WHERE challenge = $1", challenge
            )
            if known is None:
                if not await _add(connection, challenge, *whose, expires_at, made_with):
                    raise PersonMustAct("pin_challenge_reused", challenge=challenge)
            elif tuple(known)[:3] != whose:
                raise PersonMustAct("pin_challenge_reused", challenge=challenge)
            else:
                made_with = known["made_with"]
        return pin_of(_maker(keys, made_with), challenge)

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        """As the port says; also raises `Refusal('unknown_challenge')`."""
        async with self._database.transaction() as connection:
            row = await connection.fetchrow(
                "SELECT expires_at, attempts, used_at, made_with FROM pin_challenges WHERE challenge = $1 FOR UPDATE",
                challenge,
            )
            if row is None:
                raise Refusal(UNKNOWN_CHALLENGE)
            judged = await connection.fetchrow(
                "SELECT correct, left_then FROM pin_attempts WHERE challenge = $1 AND attempt = $2", challenge, attempt
            )
            if judged:
                return PinAnswer(correct=judged["correct"], left=judged["left_then"])
            if row["used_at"]:
                raise Refusal(PIN_USED)
            if row["attempts"] >= PIN_TRIES:
                raise Refusal(PIN_EXHAUSTED)
            if at >= row["expires_at"]:
                raise Refusal(PIN_EXPIRED)
            keys = self._keys()
            right = proves(_maker(keys, row["made_with"]), keys, challenge, proof)
            return await self._count(connection, challenge, attempt, right, at)

    async def _count(
        self, connection: Connection, challenge: str, attempt: str, correct: bool, at: datetime
    ) -> PinAnswer:
        # One statement for right and wrong: a clock would tell one more from one less.
        left = PIN_TRIES - await connection.fetchval(
            "UPDATE pin_challenges SET attempts = attempts + 1, used_at = CASE WHEN $3 THEN $2::timestamptz END"
            " WHERE challenge = $1 RETURNING attempts",
            challenge,
            at,
            correct,
        )
        await connection.execute(
            "INSERT INTO pin_attempts (challenge, attempt, correct, left_then) VALUES ($1, $2, $3, $4)",
            challenge,
            attempt,
            correct,
            left,
        )
        return PinAnswer(correct=correct, left=left)


async def _add(
    connection: Connection,
    challenge: str,
    procedure: ProcedureId,
    participant: ParticipantId,
    purpose: str,
    expires_at: datetime,
    made_with: str | None,
) -> bool:
    """False when somebody else was sent it at the same moment: their lock is another.

    Raises `Refusal('too_many_pins')`.
    """
    # PINs answered correctly do not count: who got them is who was meant, and long acts need many.
    unanswered = await connection.fetchval(
        "SELECT count(*) FROM pin_challenges WHERE procedure = $1 AND participant = $2 AND used_at IS NULL",
        procedure,
        participant,
    )
    if unanswered >= UNANSWERED_PINS:
        raise Refusal(TOO_MANY_PINS, limit=UNANSWERED_PINS)
    added = await connection.execute(
        "INSERT INTO pin_challenges (challenge, procedure, participant, purpose, expires_at, made_with)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (challenge) DO NOTHING",
        challenge,
        procedure,
        participant,
        purpose,
        expires_at,
        made_with,
    )
    return added == "INSERT 0 1"


def _maker(keys: Sequence[bytes], made_with: str | None) -> bytes:
    """Raises `Refusal('pin_expired')` when the key of a PIN is gone: nothing is counted, and another can be had."""
    if (key := maker(keys, made_with)) is None:
        raise Refusal(PIN_EXPIRED)
    return key
