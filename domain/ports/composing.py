"""What makes one video of the segments of several people."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.base import Value
from domain.ids import ParticipantId
from domain.procedure.playing import Stretch


class Card(Value):
    """Whose place in the picture it is."""

    participant: ParticipantId
    name: str
    role: str


class Layout(Value):
    """The same from the first picture to the last."""

    people: tuple[Card, ...]
    strip: str
    """What stands under all of them."""
    missing: Mapping[str, str]
    """Words for each reason why nobody is seen; `no_picture` for who sends sound alone, `unreadable` for what cannot
    be decoded."""
    time_zone: str


class Cluster(Value):
    """Some seconds that begin with a picture that needs none before it."""

    begins: int
    """Milliseconds from the beginning of the video."""
    size: int


class Composition(Value):
    """A stretch of the video. Its clusters lie one after the other, and fill it."""

    content: bytes
    clusters: tuple[Cluster, ...]


class Composer(Protocol):
    async def compose(self, layout: Layout, stretch: Stretch, segments: Mapping[int, bytes]) -> Composition:
        """A stretch. `segments` by their number; one that makes no sense is shown as unreadable, and nothing else is.

        The same input gives the same bytes. Raises `PersonMustAct('video_not_composed')`.
        """

    def around(self, layout: Layout, clusters: Sequence[Cluster], lasts: float) -> tuple[bytes, bytes]:
        """What stands before and after all the clusters of a video of `lasts` seconds, for it to play."""

    async def close(self) -> None: ...
