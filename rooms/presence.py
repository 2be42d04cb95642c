"""Who waits, is in, is lost or gone, told as facts exactly when it changes; what follows is the workflow's decision."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum, auto

from rooms.protocol import FactKind

Note = Callable[[str, str, FactKind, str, datetime], None]
"""participant, role, kind, reason, instant"""


class Whereabouts(Enum):
    """Where somebody is, as far as this process knows. Whoever is in can be seen and heard."""

    WAITING = auto()
    IN = auto()
    LOST_WAITING = auto()
    LOST = auto()


class Presence:
    """The presence of the participants of one room."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._people: dict[str, tuple[str, Whereabouts]] = {}

    def waits(self, participant: str, role: str) -> None:
        """They are connected and wait. Somebody lost from the room itself is back only when they can be seen again."""
        before = self._move(participant, role, Whereabouts.WAITING, unless=(Whereabouts.LOST, Whereabouts.WAITING))
        if before is None:
            self._tell(participant, role, "joined", "waiting")
        elif before is Whereabouts.LOST_WAITING:
            self._tell(participant, role, "restored", "waiting")

    def live(self, participant: str, role: str) -> None:
        """Their media flows."""
        before = self._move(participant, role, Whereabouts.IN, unless=(Whereabouts.IN,))
        if before in (None, Whereabouts.WAITING):
            self._tell(participant, role, "joined", "admitted")
        elif before is not Whereabouts.IN:
            self._tell(participant, role, "restored", "media")

    def lost(self, participant: str, reason: str, at: datetime | None = None) -> None:
        """Their connection broke, at `at` if that is known better than now."""
        role, before = self._people.get(participant, ("", None))
        if before in (Whereabouts.WAITING, Whereabouts.IN):
            after = Whereabouts.LOST if before is Whereabouts.IN else Whereabouts.LOST_WAITING
            self._people[participant] = (role, after)
            self._note(participant, role, "connection_lost", reason, at or datetime.now(UTC))

    def left(self, participant: str, reason: str) -> None:
        """They are gone for good; coming back would be a new `joined`."""
        if participant in self._people:
            role, _ = self._people.pop(participant)
            self._tell(participant, role, "left", reason)

    def everybody(self) -> list[str]:
        """Those who wait, are in or are lost."""
        return list(self._people)

    def _move(
        self, participant: str, role: str, to: Whereabouts, unless: tuple[Whereabouts, ...]
    ) -> Whereabouts | None:
        _, before = self._people.get(participant, (role, None))
        if before not in unless:
            self._people[participant] = (role, to)
        return before

    def _tell(self, participant: str, role: str, kind: FactKind, reason: str) -> None:
        self._note(participant, role, kind, reason, datetime.now(UTC))
