"""One participant's present connection to a room: their signalling channel, and their media once admitted."""

from time import monotonic
from typing import Any, Protocol

from domain.codes.room_tokens import RoomClaims
from rooms.peer import ONE_ALONE, Peer

QUALITIES = ("good", "fair", "poor")
"""How good somebody's connection is, as their browser measures it (`web/js/room-measures.js`)."""


class Channel(Protocol):
    """The way to a browser. Neither method waits: a slow browser must not hold up a room."""

    def post(self, message: dict[str, Any]) -> None:
        """Queue a message."""

    def close(self, message: dict[str, Any]) -> None:
        """Send a last message and close."""


class Member:
    """Somebody who is connected. `peer` is None for as long as they wait: no media m-line exists for them."""

    def __init__(self, claims: RoomClaims, channel: Channel) -> None:
        self.participant = claims.participant
        self.role = claims.role
        self.label = claims.label
        self.hosts = claims.hosts
        self.session = claims.session
        self.channel = channel
        self.peer: Peer | None = None
        self.sends = {"audio": True, "video": True}
        """What they say they send, for the others' tiles."""
        self.muted = False
        self.quality = ""
        """What their browser measures of their connection, one of `QUALITIES`; empty until it has said so."""
        self.virtual_camera = False
        """Their browser names a camera that is a program: what it shows may not be what is there."""
        self._said_at = monotonic()
        self.places: list[Member | None] = [None] * (claims.seats - 1)
        self._shown: list[dict[str, Any]] = []

    def mute(self, muted: bool) -> None:
        """Whoever holds the act has closed their microphone, or opened it again."""
        if muted != self.muted:
            self.muted = muted
            self.channel.post({"type": "muted", "muted": muted})
        if self.peer is not None:
            self.peer.audio.mute(muted)

    def says_they_send(self, *, audio: bool, video: bool) -> None:
        """They have switched their microphone or camera."""
        self.sends = {"audio": audio, "video": video}
        self._said_at = monotonic()

    def silent_for(self) -> float:
        """Seconds for which nothing has come, or for long not one of sound and picture, although they say they send it.

        Law: BOE-A-2021-9004; sound and picture run both, or it is not known who is there.
        """
        if self.peer is None:
            return 0.0
        since = [self.peer.silent_for(kind) for kind, sends in self.sends.items() if sends]
        silences = [seconds for seconds in since if seconds is not None]
        if not silences:
            return 0.0
        silent = max(silences) if max(silences) > ONE_ALONE else min(silences)
        return min(silent, monotonic() - self._said_at)

    def show(self, others: list["Member"]) -> None:
        """Put `others` in the slots: whoever has a place keeps it, newcomers take the free ones, a host any."""
        if self.peer is None:
            return
        self.places = [place if place in others else None for place in self.places]
        for other in others:
            if other not in self.places and (free := self._place_for(other)) is not None:
                self.places[free] = other
        for (audio, video), place in zip(self.peer.slots, self.places, strict=True):
            theirs = place.peer if place else None
            audio.bind(theirs.audio if theirs else None)
            video.bind(theirs.video if theirs else None)
        shown = [place.tile(f"slot{n}", whole=self.hosts) for n, place in enumerate(self.places) if place]
        if shown != self._shown:
            self._shown = shown
            self.channel.post({"type": "slots", "slots": shown})

    def _place_for(self, newcomer: "Member") -> int | None:
        for n, place in enumerate(self.places):
            if place is None or (newcomer.hosts and None not in self.places and not place.hosts):
                return n
        return None

    def tile(self, stream: str, whole: bool = False) -> dict[str, Any]:
        """How others see them in the slot `stream`. `whole`: with what only whoever holds the act is told."""
        noticed = {"quality": self.quality, "virtual": self.virtual_camera} if whole else {}
        return noticed | {
            "stream": stream,
            "participant": self.participant,
            "role": self.role,
            "label": self.label,
            "audio": self.sends["audio"],
            "video": self.sends["video"],
            "muted": self.muted,
        }
