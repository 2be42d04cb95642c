"""One admitted person's media connection: what they publish, and a slot for each of the others.

The server always offers and the browser answers, so two offers can never cross. All m-lines exist from the start.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from time import monotonic
from typing import Any

from aiortc import (
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCRtpTransceiver,
    RTCSessionDescription,
)

from rooms.aiortc_hooks import offer_loopback
from rooms.candidates import Candidates
from rooms.forwarding import Publication, Slot
from rooms.narrowness import Downlink

log = logging.getLogger(__name__)

# RFC 7742, 5 and RFC 7874, 3 make VP8 and Opus mandatory in every browser: one codec each, so that whatever one person
# sends every other can decode without our help.
CODECS = {"audio": ("audio/opus",), "video": ("video/vp8", "video/rtx")}

SILENCE = 3.0
"""Seconds without a packet, from somebody who was sending, after which the connection counts as lost."""

ONE_ALONE = 10.0
"""The same where only sound or only picture has stopped: a camera that is looked for anew takes some seconds."""

CLOSING = 5.0

OPUS = re.compile(r"a=rtpmap:(\d+) opus/48000/2\r\n")


class Peer:
    """A connection to one browser. `on_change` is called when `lost_since` or `live` may have changed."""

    def __init__(self, others: int, loopback: bool, downlink: Downlink, on_change: Callable[[], None]) -> None:
        """`others`: how many people it can show; `downlink`: what is known of the way to this browser."""
        self._pc = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self._on_change = on_change
        self._candidates = Candidates(loopback)
        # aiortc tears sockets down under a negotiation that is still going on, unless they take turns.
        self._turn = asyncio.Lock()
        self.audio = Publication("audio", self._receive("audio"))
        self.video = Publication("video", self._receive("video"))
        self._downlink = downlink
        self.slots = [(self._place("audio", n), self._place("video", n)) for n in range(others)]
        self._restrict_codecs()
        if loopback:
            offer_loopback(self._pc)
        self._pc.on("connectionstatechange", self._on_change)

    def _receive(self, kind: str) -> RTCRtpTransceiver:
        return self._pc.addTransceiver(kind, direction="recvonly")

    def _place(self, kind: str, number: int) -> Slot:
        return Slot(self._pc, kind, f"slot{number}", self._downlink)

    def _restrict_codecs(self) -> None:
        for transceiver in self._pc.getTransceivers():
            known = RTCRtpReceiver.getCapabilities(transceiver.kind)
            assert known is not None
            wanted = CODECS[transceiver.kind]
            transceiver.setCodecPreferences([c for c in known.codecs if c.mimeType.lower() in wanted])

    async def offer(self) -> str | None:
        """The session description to send to the browser, with every address of ours in it; None once closed."""
        async with self._turn:
            if self.broken:
                return None
            await self._pc.setLocalDescription(await self._pc.createOffer())
            return _with_repairs(self._pc.localDescription.sdp)

    async def negotiate(self, message: dict[str, Any]) -> None:
        """Act on an `answer` or a `candidate` of the browser. Raise `ValueError` for a malformed one."""
        if message["type"] == "answer":
            await self.accept(str(message.get("sdp")))
        else:
            await self.add_candidate(message)

    async def accept(self, sdp: str) -> None:
        """Take the browser's answer. Raise `ValueError` for anything that is not one."""
        try:
            async with self._turn:
                answer = RTCSessionDescription(sdp=self._candidates.without_others(sdp), type="answer")
                await self._pc.setRemoteDescription(answer)
        except Exception as fault:
            # The parser of session descriptions fails in as many ways as there are broken texts.
            raise ValueError("not an answer to our offer") from fault

    async def add_candidate(self, candidate: dict[str, Any]) -> None:
        """Take an address of the browser. Raise `ValueError` for a malformed one or one too many."""
        line = str(candidate.get("candidate") or "").removeprefix("candidate:")
        # Empty: there are no more.
        parsed = self._candidates.taken(line) if line else None
        if parsed is None:
            return
        try:
            # With one bundle there is one transport, that of the first m-line.
            parsed.sdpMLineIndex = 0
            await self._pc.addIceCandidate(parsed)
        except Exception as fault:
            raise ValueError("malformed candidate") from fault

    @property
    def live(self) -> bool:
        """True while media can flow."""
        return self._pc.connectionState == "connected"

    @property
    def broken(self) -> bool:
        """True when media will never flow again over this connection; the browser must make a new one."""
        return self._pc.connectionState in ("failed", "closed")

    def silent_for(self, kind: str) -> float | None:
        """Seconds since the last packet of `audio` or `video`; None for those who never sent it."""
        latest = (self.audio if kind == "audio" else self.video).last_packet_at
        return None if latest is None else monotonic() - latest

    def silence(self) -> None:
        """From this moment nothing of this person reaches anybody, and nothing of anybody reaches them."""
        self.audio.close()
        self.video.close()
        for audio, video in self.slots:
            audio.bind(None)
            video.bind(None)

    async def close(self) -> None:
        """End the connection."""
        self.silence()
        try:
            async with asyncio.timeout(CLOSING), self._turn:
                await self._pc.close()
        except TimeoutError:
            log.warning("a media connection did not close in %s s", CLOSING)


def _with_repairs(sdp: str) -> str:
    """Each packet of sound carries a coarse copy of the one before, where packets get lost on the way to us.

    Standard: RFC 7587, 6.1 (`useinbandfec`); aiortc's own offer has no parameters of Opus.
    """
    return OPUS.sub(lambda named: f"{named[0]}a=fmtp:{named[1]} minptime=10;useinbandfec=1\r\n", sdp)
