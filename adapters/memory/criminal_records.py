"""Registers of criminal records in memory, which answer what they are given to answer, when they are given it."""

from domain.errors import PersonMustAct, TryAgain
from domain.ports.criminal_records import RecordQuestion, RecordReply, Standing


class MemoryCriminalRecords:
    """Remembers every question; answers lie in `answers` by the id of the question."""

    def __init__(self) -> None:
        self.asked: list[RecordQuestion] = []
        self.answers: dict[str, bytes] = {}
        self.down: set[str] = set()
        """Authorities that cannot be reached."""

    async def standing(self, authority: str, message: str) -> Standing:
        self._reach(authority)
        known = any(question.message == message for question in self.asked)
        return Standing(known=known, answer=self.answers.get(message) if known else None)

    async def ask(self, question: RecordQuestion) -> None:
        self._reach(question.authority)
        if not any(known.message == question.message for known in self.asked):
            self.asked.append(question)

    def reply(self, answer: bytes) -> RecordReply:
        try:
            return RecordReply.model_validate_json(answer)
        except ValueError:
            raise PersonMustAct("record_reply_unreadable") from None

    def _reach(self, authority: str) -> None:
        if authority in self.down:
            raise TryAgain(authority)
