"""Cuts what one person sends into segments, each of which begins with a key frame and plays by itself."""

from dataclasses import dataclass, field

from domain.procedure.recording import TOLERANCE
from rooms.recording.arriving import Frame, Stream
from rooms.recording.packets import Kind, Packet

GRACE = 1.5
"""Seconds of sound that wait for a first picture, so that both begin together."""
OVERTIME = 3.0
"""Seconds past its length after which a segment ends without a key frame: the camera is off."""
AUDIO_FRAME = 0.02


@dataclass
class Taken:
    """The frames of one segment, as they come."""

    frames: list[Frame] = field(default_factory=list)
    safe: int = 0
    """How many of them are on disk already."""
    name: str = ""
    """Of the file in which they are."""

    @property
    def began(self) -> float:
        return min(frame.at for frame in self.frames)

    @property
    def ended(self) -> float:
        # Sound waits longer than pictures for its turn: the last ones may stand in either order.
        return max(frame.at for frame in self.frames[-8:]) + AUDIO_FRAME


class Track:
    """One person from when they came until they go."""

    def __init__(self, participant: str, length: float) -> None:
        """`length`: seconds of a segment."""
        self.participant = participant
        self._length = length
        self._streams = {kind: Stream(kind) for kind in (Kind.AUDIO, Kind.VIDEO)}
        self.taken = Taken()
        self._has_picture = False
        self._is_over = False

    @property
    def wants_key_frame(self) -> bool:
        """The next segment is due, or a picture is lost: somebody has to ask for one that needs none before it."""
        return self._is_over or self._streams[Kind.VIDEO].wants_key_frame

    def take(self, packet: Packet) -> Taken | None:
        """Take a packet in; return the segment that it ends, if it ends one."""
        frame = self._streams[packet.kind].take(packet)
        if frame is None:
            return None
        due = bool(self.taken.frames) and self._due(frame)
        if frame.kind is Kind.VIDEO and not self._has_picture and not frame.key:
            return None
        ended = self.end() if due else None
        self.taken.frames.append(frame)
        self._has_picture = self._has_picture or frame.kind is Kind.VIDEO
        return ended

    def end(self) -> Taken | None:
        """End the segment now; None when it holds nothing."""
        ended, self.taken = self.taken, Taken()
        self._has_picture = self._is_over = False
        return ended if ended.frames else None

    def _due(self, frame: Frame) -> bool:
        """True when `frame` belongs to a next segment."""
        age = frame.at - self.taken.frames[0].at
        if frame.at - self.taken.ended > TOLERANCE:
            return True
        if frame.key and not self._has_picture:
            return age > GRACE
        self._is_over = age >= self._length
        return age >= self._length and (frame.key or age >= self._length + OVERTIME)
