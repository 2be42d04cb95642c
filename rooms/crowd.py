"""Who was in the rooms of a media process, as its facts told: if it dies, nobody else knows whom to miss."""

from datetime import UTC, datetime

from domain.ids import RoomId
from rooms.protocol import Fact


class Crowd:
    """The people connected to one process, seen from outside it."""

    def __init__(self) -> None:
        self._instance: str | None = None
        self._present: dict[tuple[RoomId, str], Fact] = {}
        self._latest = 0
        self._interrupted_at: datetime | None = None

    def note(self, fact: Fact) -> None:
        """Take a fact into account."""
        self._latest = max(self._latest, fact.id)
        who = (fact.room, fact.participant)
        if fact.kind in ("joined", "restored"):
            self._present[who] = fact
        else:
            self._present.pop(who, None)

    def interrupted(self) -> None:
        """The process has stopped talking; the first time counts."""
        self._interrupted_at = self._interrupted_at or datetime.now(UTC)

    def meet(self, instance: str) -> list[Fact]:
        """A process answers: if it is another one, everybody known to the one before is lost."""
        lost = [] if instance == self._instance else self.disperse()
        self._instance, self._interrupted_at = instance, None
        return lost

    def disperse(self) -> list[Fact]:
        """The process is dead: what it would have said of its people."""
        at = self._interrupted_at or datetime.now(UTC)
        gone = {"id": self._latest, "kind": "connection_lost", "at": at, "reason": "process"}
        lost = [fact.but(**gone) for fact in self._present.values()]
        self._present.clear()
        return lost
