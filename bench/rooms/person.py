"""Somebody with a browser, played by aiortc: joins by WebSocket, publishes prepared frames, keeps what he receives."""

import asyncio
import contextlib
import json
import random
from collections import Counter, defaultdict
from functools import partial
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from aiortc import (
    RTCBundlePolicy,
    RTCConfiguration,
    RTCIceServer,
    RTCIceTransportPolicy,
    RTCPeerConnection,
    RTCRtpTransceiver,
    RTCSessionDescription,
)
from aiortc.rtp import RtpPacket

from bench.rooms.clips import MICROPHONE, SMALL, Camera, ClipTrack, EncodedSink, encoded_video
from bench.rooms.waiting import until
from rooms.aiortc_hooks import SilentTrack, offer_loopback


class Person:
    """One participant. `heard` are the signalling messages, `seen` the encoded frames by stream and kind."""

    def __init__(
        self,
        session: ClientSession,
        url: str,
        seed: int = 0,
        camera: Camera | None = SMALL,
        relay: RTCIceServer | None = None,
        answers: bool = False,
        counts: bool = False,
    ) -> None:
        """`camera` None: they have none. `relay`: media go over it, and no other way. `answers`: gives a key frame when
        it is asked for, as a camera does. `counts`: nothing that arrives is opened, only counted, so that many people
        cost little."""
        self.video = encoded_video(seed, camera) if camera else []
        self._period = 1 / camera.rate if camera else 0.0
        self.audio = [b"\xf8" + random.Random(seed + n).randbytes(20) for n in range(50)]
        self.heard: list[dict[str, Any]] = []
        self.seen: dict[tuple[str, str], EncodedSink] = defaultdict(EncodedSink)
        self.tracks: list[ClipTrack] = []
        self.pc: RTCPeerConnection | None = None
        self.close_code: int | None = None
        self.packets = 0
        """Of media that have arrived, of whoever only counts them."""
        self.flows: Counter[int] = Counter()
        """The same by the number of the source that every packet names in clear (RFC 3550, 5.1)."""
        self._answers, self._counts = answers, counts
        self._session = session
        self._relay = relay
        self._url = url
        self._socket: ClientWebSocketResponse | None = None
        self._listening: asyncio.Task[None] | None = None

    async def join(self, token: str) -> None:
        self._socket = await self._session.ws_connect(self._url)
        await self.say({"type": "join", "token": token})
        self._listening = asyncio.ensure_future(self._listen())

    async def say(self, message: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send_json(message)

    async def leave(self) -> None:
        """Say goodbye and go."""
        await self.say({"type": "leave"})
        await self.vanish()

    async def vanish(self) -> None:
        """Go without a word, as a browser that crashes."""
        if self._socket is not None:
            await self._socket.close()
        if self._listening is not None:
            await self._listening
        if self.pc is not None:
            await self.pc.close()
            self.pc = None

    def last(self, kind: str) -> dict[str, Any] | None:
        return next((m for m in reversed(self.heard) if m["type"] == kind), None)

    async def hears(self, kind: str) -> dict[str, Any]:
        """Wait for a message of this kind."""
        message = await until(lambda: self.last(kind))
        assert message is not None
        return message

    async def sees(self, participant: str, frames: int = 5) -> list[bytes]:
        """Wait for this many new video frames of somebody, and return every frame received in his place."""
        return await self._receives(participant, "video", frames)

    async def sees_in_place_of(self, participant: str, sender: "Person", frames: int = 10) -> list[bytes]:
        """Wait for the first frame of `sender` in the place of `participant`, and return it with those after it.

        What somebody else sent before may still have been on its way.
        """
        mine = set(sender.video)
        shown = await self.sees(participant, frames=1)
        await until(lambda: mine & set(shown))
        first = next(n for n, frame in enumerate(shown) if frame in mine)
        await until(lambda: len(shown) >= first + frames)
        return shown[first:]

    async def hears_voice_of(self, participant: str, frames: int = 10) -> list[bytes]:
        """Wait for this many new sound frames of somebody, and return every one received in his place."""
        return await self._receives(participant, "audio", frames)

    async def _receives(self, participant: str, kind: str, frames: int) -> list[bytes]:
        sink = self.seen[str(await until(lambda: self.stream_of(participant))), kind]
        enough = len(sink.frames) + frames
        await until(lambda: len(sink.frames) >= enough)
        return sink.frames

    def stream_of(self, participant: str) -> str | None:
        slots = (self.last("slots") or {"slots": []})["slots"]
        return next((slot["stream"] for slot in slots if slot["participant"] == participant), None)

    def frames_received(self) -> int:
        return sum(len(sink.frames) for sink in self.seen.values())

    def lose_packets(self, chance: random.Random, share: float) -> list[int]:
        """From now on a share of the video packets gets lost on the way here; return the growing list of them."""
        assert self.pc is not None
        lost: list[int] = []
        for transceiver in self.pc.getTransceivers()[2:]:
            if transceiver.kind == "video":
                _lose(transceiver, chance, share, lost)
        return lost

    async def _count(self, data: bytes, arrival_time_ms: int) -> None:
        self.packets += 1
        self.flows[int.from_bytes(data[8:12], "big")] += 1

    async def _listen(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                self.heard.append(said)
                if said["type"] == "offer":
                    await self._answer(said["sdp"])
        self.close_code = self._socket.close_code

    async def _answer(self, sdp: str) -> None:
        ways = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        if self._relay is not None:
            ways.iceServers, ways.iceTransportPolicy = [self._relay], RTCIceTransportPolicy.RELAY
        self.pc = pc = RTCPeerConnection(ways)
        await pc.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        microphone = ClipTrack("audio", self.audio, MICROPHONE)
        camera = ClipTrack("video", self.video, self._period) if self.video else SilentTrack("video")
        self.tracks = [t for t in (microphone, camera) if isinstance(t, ClipTrack)]
        for transceiver, track in zip(pc.getTransceivers(), (microphone, camera), strict=False):
            sender: Any = transceiver.sender
            sender.replaceTrack(track)
            if self._answers and isinstance(track, ClipTrack) and track.kind == "video":
                track.key_frame_wanted = partial(getattr, sender, "_RTCRtpSender__force_keyframe")
            transceiver.direction = "sendonly"
        for place, transceiver in enumerate(pc.getTransceivers()[2:]):
            # The slots follow in pairs, in the order of the offer.
            sink = self.seen[f"slot{place // 2}", transceiver.kind]
            transceiver.receiver._RTCRtpReceiver__decoder_queue = sink  # type: ignore[attr-defined]
        if self._counts:
            pc.getTransceivers()[0].receiver.transport._handle_rtp_data = self._count  # type: ignore[method-assign]
        if self._relay is None:
            offer_loopback(pc)
        await pc.setLocalDescription(await pc.createAnswer())
        with contextlib.suppress(ConnectionError):
            await self.say({"type": "answer", "sdp": pc.localDescription.sdp})


def _lose(transceiver: RTCRtpTransceiver, chance: random.Random, share: float, lost: list[int]) -> None:
    receiver: Any = transceiver.receiver
    arrive = receiver._handle_rtp_packet
    # Unlike a browser, aiortc does not learn from the offer to whom retransmissions belong when there are several.
    for ssrc in receiver._RTCRtpReceiver__rtx_ssrc:
        receiver.transport._rtp_router.ssrc_table[ssrc] = receiver

    async def arrive_or_not(packet: RtpPacket, arrival_time_ms: int) -> None:
        # Retransmissions come under another payload type, and get through.
        if packet.payload_type == transceiver._codecs[0].payloadType and chance.random() < share:
            lost.append(packet.sequence_number)
        else:
            await arrive(packet, arrival_time_ms=arrival_time_ms)

    receiver._handle_rtp_packet = arrive_or_not
