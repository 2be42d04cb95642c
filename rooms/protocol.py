"""What the workflow's side and the media process say to each other over the Unix socket: one JSON object a line.

Commands are idempotent: the sidecar may repeat any of them after a crash. Facts are resent until acknowledged.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from domain.base import Value
from domain.ids import RoomId, main_room

MAX_LINE_BYTES = 32 * 1024 * 1024
"""A still of 1280x720 is about 2 MB as PNG and a third more in base64; anything far beyond is not ours."""


class OnRoom(Value):
    """Of one room of a procedure; a sidecar or a process that names none means the main one."""

    procedure: str
    room: RoomId = Field(default_factory=lambda told: main_room(told["procedure"]))


class OpenRoom(OnRoom):
    """Let people into this room; answers with the instance id of the process."""

    command: Literal["open_room"] = "open_room"


class Admit(OnRoom):
    """Start media for a participant, now if they wait, else when they come."""

    command: Literal["admit"] = "admit"
    participant: str


class Dismiss(OnRoom):
    """Send a participant away. Their older tokens do not bring them back; only a new `Admit` does."""

    command: Literal["dismiss"] = "dismiss"
    participant: str
    reason: str


class Pause(OnRoom):
    """In a recess nobody sees or hears anybody; `paused` False: the act goes on."""

    command: Literal["pause"] = "pause"
    paused: bool


class Mute(OnRoom):
    """From now on these, and nobody else, are not heard, whether they are there or come later."""

    command: Literal["mute"] = "mute"
    participants: tuple[str, ...]


class CloseRoom(OnRoom):
    """Send everybody away and refuse joins until the next `OpenRoom`."""

    command: Literal["close_room"] = "close_room"
    reason: str = ""


class GrabStill(OnRoom):
    """Take a still frame from what the participant is sending right now."""

    command: Literal["grab_still"] = "grab_still"
    participant: str


class EndSession(Value):
    """A session is over: its media end, and no pass that it was given opens anything."""

    command: Literal["end_session"] = "end_session"
    session: str


class ListSessions(Value):
    """Whose sessions are connected here; the answer says of each whether its media flow."""

    command: Literal["sessions"] = "sessions"


class FollowFacts(Value):
    """From now on this connection receives every fact, beginning with those not acknowledged."""

    command: Literal["facts"] = "facts"


class Record(Value):
    """From now on this connection receives what everybody in the room sends (`rooms/recording/packets.py`).

    An `Answer` comes first. Whoever reads may write `KeyFrameWanted` meanwhile; one connection a room, the last one.
    """

    command: Literal["record"] = "record"
    room: RoomId
    sound_only: bool = False
    """Nothing of any camera is copied."""


class KeyFrameWanted(Value):
    """What records a room needs a picture of this person that needs none before it."""

    participant: str


class AckFact(Value):
    """Forget this fact and every older one."""

    command: Literal["ack"] = "ack"
    fact: int


Command = Annotated[
    OpenRoom
    | Admit
    | Dismiss
    | Pause
    | Mute
    | CloseRoom
    | GrabStill
    | EndSession
    | ListSessions
    | FollowFacts
    | AckFact
    | Record,
    Field(discriminator="command"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)


class Still(Value):
    """A frame of the live stream. `keyframe` is the original: the bytes that the browser encoded, untouched."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    png: bytes
    keyframe: bytes
    codec: str
    width: int
    height: int
    captured_at: AwareDatetime
    """When its last packet reached the server, by the server's clock."""
    rtp_timestamp: int


FactKind = Literal["joined", "left", "connection_lost", "restored"]


class Fact(OnRoom):
    """Something that happened to a participant's connection. `id` grows, also across restarts of the process."""

    id: int
    instance: str
    participant: str
    role: str
    kind: FactKind
    at: AwareDatetime
    reason: str


class Answer(Value):
    """The reply to a command. `refused` is a code (see `rooms/client.py`); at most one of the rest is set."""

    refused: str | None = None
    instance: str | None = None
    room: RoomId | None = None
    """Which room was opened; none is named by a process that knows main rooms only."""
    still: Still | None = None
    sessions: dict[str, bool] | None = None


class FactLine(Value):
    """One line of a connection that follows facts. The first one carries none."""

    instance: str
    fact: Fact | None = None
