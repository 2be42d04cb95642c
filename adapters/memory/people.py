"""PINs, messages, mails, codes and accounts in memory."""

from datetime import datetime

from domain.access.accounts import Account
from domain.codes.pins import pin_of, proof_of
from domain.errors import PersonMustAct, Refusal
from domain.ids import AccountId, ParticipantId, ProcedureId
from domain.ports import Mail, PinAnswer

KEY = b"\x02" * 32
TRIES = 3


class MemoryPins:
    """Three tries a challenge; the same attempt counts once."""

    def __init__(self) -> None:
        self._expiry: dict[str, datetime] = {}
        self._answers: dict[str, dict[str, PinAnswer]] = {}

    async def open(
        self, challenge: str, procedure: ProcedureId, participant: ParticipantId, purpose: str, expires_at: datetime
    ) -> str:
        self._expiry.setdefault(challenge, expires_at)
        self._answers.setdefault(challenge, {})
        return pin_of(KEY, challenge)

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        given = self._answers[challenge]
        if attempt in given:
            return given[attempt]
        if any(answer.correct for answer in given.values()):
            raise Refusal("pin_used")
        if at >= self._expiry[challenge]:
            raise Refusal("pin_expired")
        if len(given) >= TRIES:
            raise Refusal("pin_exhausted")
        right = proof == proof_of(KEY, challenge, pin_of(KEY, challenge))
        given[attempt] = PinAnswer(correct=right, left=TRIES - len(given) - 1)
        return given[attempt]

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
    """A relay that delivers each Message-ID once, and can be told which addresses it shall refuse for good."""

    def __init__(self) -> None:
        self.delivered: dict[str, Mail] = {}
        self.refused: set[str] = set()
        """Addresses that get a 550: nobody lives there."""

    async def send(self, mail: Mail) -> str:
        if mail.to in self.refused:
            raise PersonMustAct("mail_refused", reply="550 5.1.1 no such mailbox")
        self.delivered.setdefault(mail.message_id, mail)
        return "250 kept"


class MemoryCodes:
    def __init__(self) -> None:
        self.seats: dict[str, tuple[ProcedureId, ParticipantId]] = {}

    async def keep_summons_code(self, procedure: ProcedureId, participant: ParticipantId, code_hmac: str) -> None:
        self.seats.setdefault(code_hmac, (procedure, participant))


class MemoryAccounts:
    """Only what signing asks: who holds which certificate."""

    def __init__(self) -> None:
        self.accounts: dict[AccountId, Account] = {}

    async def get(self, account: AccountId) -> Account | None:
        return self.accounts.get(account)
