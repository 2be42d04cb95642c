"""The media process's end: copies the packets of everybody in a room, for as long as somebody reads them."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from time import time

from aiortc.rtp import RtpPacket

from rooms.peer import Peer
from rooms.recording.packets import Kind, Packet

log = logging.getLogger(__name__)

MOST_WAITING = 20_000
"""Packets, about half a minute of a room of five: a reader that is further behind is cut off."""

Listener = Callable[[RtpPacket], None]


class Tap:
    """What one reader still has to read. It never holds up the room."""

    def __init__(self, sound_only: bool = False) -> None:
        self._sound_only = sound_only
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._tapped: dict[str, tuple[Peer, Listener, Listener]] = {}
        self.ended = False

    def follow(self, people: Mapping[str, Peer], paused: bool) -> None:
        """From now on copy what these send, and nothing in a recess."""
        present = {} if paused else people
        for participant, (peer, *_) in list(self._tapped.items()):
            if present.get(participant) is not peer:
                self._let_go(participant)
                self._post(Packet(Kind.PAUSED if paused else Kind.LEFT, participant, time()))
        for participant, peer in present.items():
            if participant not in self._tapped and not self.ended:
                self._listen(participant, peer)

    def want_key_frame(self, participant: str) -> None:
        """A segment is to begin: ask for a picture that needs none before it."""
        if participant in self._tapped and not self._sound_only:
            self._tapped[participant][0].video.want_key_frame()

    def end(self) -> None:
        """Let go of everybody; whoever reads is told that this is all."""
        self.ended = True
        for participant in list(self._tapped):
            self._let_go(participant)
        self._waiting.put_nowait(None)

    async def next(self) -> bytes | None:
        """What has to be sent now; None at the end."""
        record = await self._waiting.get()
        if record is None:
            return None
        records = [record]
        while not self._waiting.empty() and (more := self._waiting.get_nowait()) is not None:
            records.append(more)
        return b"".join(records)

    def _listen(self, participant: str, peer: Peer) -> None:
        audio, video = self._listener(Kind.AUDIO, participant), self._listener(Kind.VIDEO, participant)
        self._tapped[participant] = (peer, audio, video)
        peer.audio.taps.append(audio)
        if not self._sound_only:
            peer.video.taps.append(video)
            peer.video.want_key_frame()

    def _listener(self, kind: Kind, participant: str) -> Listener:
        def listen(packet: RtpPacket) -> None:
            self._post(
                Packet(kind, participant, time(), packet.sequence_number, packet.timestamp, bytes(packet.payload))
            )

        return listen

    def _let_go(self, participant: str) -> None:
        peer, audio, video = self._tapped.pop(participant)
        for publication, listener in ((peer.audio, audio), (peer.video, video)):
            if listener in publication.taps:
                publication.taps.remove(listener)

    def _post(self, packet: Packet) -> None:
        if self.ended:
            return
        if self._waiting.qsize() >= MOST_WAITING:
            log.error("what records a room does not keep up with it, and is cut off")
            self.end()
        else:
            self._waiting.put_nowait(packet.to_bytes())
