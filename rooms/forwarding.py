"""Carries packets from one person to the others. Nothing is decoded, mixed, encoded or kept here.

A `Publication` is what one person sends of one kind; a `Slot` is one place on a subscriber's screen for one kind.
Slots exist from the beginning of a connection, so that people come and go without renegotiating anything.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from time import monotonic

from aiortc import RTCPeerConnection, RTCRtpTransceiver
from aiortc.rtp import RtpPacket

from rooms.aiortc_hooks import InboundStream, OutboundStream
from rooms.bitrate import Allowance, BitrateLimits
from rooms.continuity import Continuity
from rooms.narrowness import Downlink, Reported, Uplink
from rooms.vp8 import starts_key_frame

log = logging.getLogger(__name__)

CLOCK_RATES = {"audio": 48_000, "video": 90_000}

BITRATES = {"audio": 128_000, "video": BitrateLimits.CEILING}
"""Bits a second that a person may be asked to send of each kind."""

SINGLE_PICTURES = 3.0
"""Seconds from one picture to the next for whoever can take no more."""
PACE = 0.08
"""Seconds from one packet of such a picture to the next: sent at once they would leave no room for the sound."""

KEY_FRAME_PATIENCE = 0.35
"""Seconds between two requests. Scar: Chromium ignores a request less than 0.3 s after its last key frame, and
forgets it; a shorter patience gets no picture at all, a single request sometimes none either."""


class Slot:
    """A place on a subscriber's screen; shows nothing until it is bound to a publication."""

    def __init__(self, pc: RTCPeerConnection, kind: str, stream: str, downlink: Downlink) -> None:
        """`downlink`: the way to this subscriber, which all their places share."""
        self.kind = kind
        self._downlink = downlink
        self._narrow = False
        self._picture: int | None = None
        self._picture_at = 0.0
        """The last key frame that was sent on: its timestamp, and when."""
        self._paced: deque[tuple[RtpPacket, int, int]] = deque()
        self._pacing: asyncio.Task[None] | None = None
        self.outbound = OutboundStream(pc, kind, stream)
        self._continuity = Continuity(CLOCK_RATES[kind])
        self._source: Publication | None = None
        self.forwarded = 0
        if kind == "video":
            self._reported = Reported()
            self.outbound.on_received = self._note_received

    def bind(self, source: "Publication | None") -> None:
        """From now on carry `source`, from its next key frame on; None leaves the place empty."""
        if source is self._source:
            return
        if self._source is not None:
            self._source.slots.discard(self)
        self._source = source
        self._continuity.restart()
        self._paced.clear()
        self.outbound.affordable_bitrate = None
        self.outbound.report(0, 0)
        if source is not None:
            source.slots.add(self)
            self.outbound.on_key_frame_request = source.want_key_frame
            source.want_key_frame()

    def _note_received(self, lost: int, highest: int) -> None:
        now = monotonic()
        if (share := self._reported.note(lost, highest, now)) is not None:
            self._downlink.note(share, now)

    def go_on_from_here(self) -> None:
        """What was held back meanwhile is not missed: the next packet follows the last one that was sent."""
        self._continuity.restart()

    @property
    def waits_for_key_frame(self) -> bool:
        """True while what arrives cannot be shown, because no picture came before it."""
        return self.kind == "video" and not self._continuity.running and self.outbound.started

    @property
    def affordable_bitrate(self) -> int | None:
        """What the publisher has to keep to for this subscriber's sake; nothing for one who gets single pictures."""
        return None if self._narrow else self.outbound.affordable_bitrate

    def wants_picture(self, now: float) -> bool:
        """True while what arrives cannot be shown, or when another single picture is due."""
        return self.waits_for_key_frame or (self._narrow and now - self._picture_at >= SINGLE_PICTURES)

    def _passes(self, packet: RtpPacket, begins_picture: bool) -> bool:
        """Over a narrow way nothing but key frames, numbered as if there were nothing between them."""
        now = monotonic()
        narrow = self.kind == "video" and self._downlink.is_narrow(now)
        if narrow != self._narrow:
            self._narrow, self._picture = narrow, None
            self._continuity.restart()
        if not narrow:
            return True
        if begins_picture and now - self._picture_at >= SINGLE_PICTURES:
            self._continuity.restart()
            self._picture, self._picture_at = packet.timestamp, now
        return packet.timestamp == self._picture

    async def forward(self, packet: RtpPacket, begins_picture: bool) -> None:
        """Send `packet` on, unless the subscriber could do nothing with it."""
        if not self._passes(packet, begins_picture):
            return
        if not self.outbound.started or (self.waits_for_key_frame and not begins_picture):
            return
        starting = not self._continuity.running
        numbers = self._continuity.map(packet.sequence_number, packet.timestamp, monotonic())
        if numbers is None:
            return
        if starting and self._source is not None and self._source.clocks is not None:
            self.report(*self._source.clocks)
        self.forwarded += 1
        if not self._narrow:
            await self.outbound.send(packet, *numbers)
            return
        self._paced.append((packet, *numbers))
        if self._pacing is None or self._pacing.done():
            self._pacing = asyncio.ensure_future(self._send_paced())

    async def _send_paced(self) -> None:
        while self._paced and self._narrow:
            await self.outbound.send(*self._paced.popleft())
            await asyncio.sleep(PACE)
        self._paced.clear()

    def report(self, ntp: int, rtp: int) -> None:
        """Pass on the publisher's clocks once its media time can be translated."""
        if self._continuity.running:
            self.outbound.report(ntp, self._continuity.map_timestamp(rtp))


class Publication:
    """What one person sends, of one kind, and the slots in which others see or hear it."""

    def __init__(self, kind: str, transceiver: RTCRtpTransceiver) -> None:
        self.kind = kind
        self.slots: set[Slot] = set()
        self.received = 0
        self.overflowed = 0
        """Packets that were more than anybody may send."""
        self.muted = False
        self._uplink = Uplink()
        self._allowance = Allowance(BITRATES[kind])
        self.last_packet_at: float | None = None
        self.clocks: tuple[int, int] | None = None
        self.taps: list[Callable[[RtpPacket], None]] = []
        """Who looks at packets as they pass: for a still, or to record them."""
        self.inbound = InboundStream(transceiver, self._receive)
        self.inbound.on_report = self._note_clocks
        self.inbound.limits.slowest_subscriber = self._slowest_subscriber
        self._wants_key_frame = False
        self._asked_at = 0.0

    def want_key_frame(self) -> None:
        """Ask the publisher for a key frame, and again until one comes: the next packets carry the request."""
        self._wants_key_frame = self.kind == "video"

    @property
    def flowing(self) -> bool:
        """True when a packet has come within the last second."""
        return self.last_packet_at is not None and monotonic() - self.last_packet_at < 1

    def mute(self, muted: bool) -> None:
        """While muted nothing that comes reaches anybody, or is recorded."""
        if self.muted and not muted:
            for slot in self.slots:
                slot.go_on_from_here()
        self.muted = muted

    def close(self) -> None:
        """Leave every slot empty."""
        for slot in list(self.slots):
            slot.bind(None)

    async def _receive(self, packet: RtpPacket) -> None:
        self.received += 1
        self.last_packet_at = monotonic()
        self._uplink.note(packet.sequence_number, self.last_packet_at)
        narrow = self._uplink.is_narrow(self.last_packet_at)
        self.inbound.limits.floor = BitrateLimits.STARVED_FLOOR if narrow else BitrateLimits.FLOOR
        if not self._allowance.takes(len(packet.payload), self.last_packet_at):
            self.overflowed += 1
            return
        if self.muted or not self.inbound.is_preferred_codec(packet) or not packet.payload:
            return
        begins_picture = self.kind == "video" and starts_key_frame(packet.payload)
        if begins_picture:
            self._wants_key_frame = False
        for tap in list(self.taps):
            tap(packet)
        for slot in list(self.slots):
            await self._forward(slot, packet, begins_picture)
        await self._ask_if_wanted(packet)

    async def _forward(self, slot: Slot, packet: RtpPacket, begins_picture: bool) -> None:
        try:
            await slot.forward(packet, begins_picture)
        except Exception:
            # Trouble with one subscriber must end neither the publisher's connection nor what the others see.
            log.exception("forwarding to one subscriber failed")
            slot.bind(None)

    async def _ask_if_wanted(self, packet: RtpPacket) -> None:
        wanted = self._wants_key_frame or any(slot.wants_picture(monotonic()) for slot in self.slots)
        if wanted and monotonic() - self._asked_at >= KEY_FRAME_PATIENCE:
            self._asked_at = monotonic()
            await self.inbound.request_key_frame(packet.ssrc)

    def _note_clocks(self, ntp: int, rtp: int) -> None:
        self.clocks = (ntp, rtp)
        for slot in self.slots:
            slot.report(ntp, rtp)

    def _slowest_subscriber(self) -> int | None:
        return min((b for slot in self.slots if (b := slot.affordable_bitrate) is not None), default=None)
