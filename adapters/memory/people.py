"""PINs, messages, mails, codes and accounts in memory."""

from collections.abc import Callable, Sequence
from datetime import datetime

from domain.access.accounts import Account, Seat
from domain.codes.pins import (
    PIN_TRIES,
    UNANSWERED_PINS,
    pin_of,
    proof_of,
    summons_code_hmac,
    summons_code_of,
)
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ids import AccountId, ParticipantId, ProcedureId
from domain.ports.messages import Mail
from domain.ports.pins import PinAnswer
from domain.refusals.pins import PIN_EXHAUSTED, PIN_EXPIRED, PIN_USED, TOO_MANY_PINS, UNKNOWN_CHALLENGE

KEY = b"\x02" * 32
CODE_KEY = b"\x01" * 32


class MemoryPins:
    """The tries and limits of `domain.codes.pins`; the same attempt counts once."""

    def __init__(self) -> None:
        self._opened: dict[str, tuple[ProcedureId, ParticipantId, str]] = {}
        self._expiry: dict[str, datetime] = {}
        self._answers: dict[str, dict[str, PinAnswer]] = {}

    async def open(
        self, challenge: str, procedure: ProcedureId, participant: ParticipantId, purpose: str, expires_at: datetime
    ) -> str:
        whose = (procedure, participant, purpose)
        if challenge not in self._opened:
            if self._unanswered(procedure, participant) >= UNANSWERED_PINS:
                raise Refusal(TOO_MANY_PINS, limit=UNANSWERED_PINS)
            self._opened[challenge] = whose
            self._expiry[challenge] = expires_at
            self._answers[challenge] = {}
        elif self._opened[challenge] != whose:
            raise PersonMustAct("pin_challenge_reused", challenge=challenge)
        return pin_of(KEY, challenge)

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        if challenge not in self._answers:
            raise Refusal(UNKNOWN_CHALLENGE)
        given = self._answers[challenge]
        if attempt in given:
            return given[attempt]
        if self._used(challenge):
            raise Refusal(PIN_USED)
        if len(given) >= PIN_TRIES:
            raise Refusal(PIN_EXHAUSTED)
        if at >= self._expiry[challenge]:
            raise Refusal(PIN_EXPIRED)
        right = proof == proof_of(KEY, challenge, pin_of(KEY, challenge))
        given[attempt] = PinAnswer(correct=right, left=PIN_TRIES - len(given) - 1)
        return given[attempt]

    def _unanswered(self, procedure: ProcedureId, participant: ParticipantId) -> int:
        theirs = [challenge for challenge, whose in self._opened.items() if whose[:2] == (procedure, participant)]
        return sum(not self._used(challenge) for challenge in theirs)

    def _used(self, challenge: str) -> bool:
        return any(answer.correct for answer in self._answers[challenge].values())

    @staticmethod
    def proof(challenge: str, *, right: bool = True) -> str:
        """What the API would make of the right (or a wrong) PIN."""
        return proof_of(KEY, challenge, pin_of(KEY, challenge) if right else "not it")


class MemorySms:
    def __init__(self) -> None:
        self.sent: dict[str, tuple[str, str]] = {}

    async def send(self, message_id: str, number: str, text: str) -> None:
        self.sent.setdefault(message_id, (number, text))


class MemoryMailbox:
    """A relay that delivers each Message-ID once, and can be told which addresses it shall refuse, or not serve now."""

    def __init__(self) -> None:
        self.delivered: dict[str, Mail] = {}
        self.refused: set[str] = set()
        """Addresses that get a 550: nobody lives there."""
        self.away: set[str] = set()
        """Addresses for which it does not answer now."""

    async def send(self, mail: Mail) -> str:
        if mail.to in self.away:
            raise TryAgain("the mail relay does not answer")
        if mail.to in self.refused:
            raise PersonMustAct("mail_refused", reply="550 5.1.1 no such mailbox")
        self.delivered.setdefault(mail.message_id, mail)
        return "250 kept"


class MemoryCodes:
    def __init__(self, keys: Callable[[], Sequence[bytes]] = lambda: (CODE_KEY,)) -> None:
        self._keys = keys
        self._codes: dict[Seat, str] = {}

    async def issue(self, procedure: ProcedureId, participant: ParticipantId) -> str:
        seat = Seat(procedure=procedure, participant=participant)
        return self._codes.setdefault(seat, summons_code_of(self._keys()[0], procedure, participant))

    async def seat_of(self, typed: str) -> Seat | None:
        shown = summons_code_hmac(CODE_KEY, typed)
        return next((seat for seat, code in self._codes.items() if summons_code_hmac(CODE_KEY, code) == shown), None)


class MemoryAccounts:
    """Only what signing asks: who holds which certificate."""

    def __init__(self) -> None:
        self.accounts: dict[AccountId, Account] = {}

    async def get(self, account: AccountId) -> Account | None:
        return self.accounts.get(account)
