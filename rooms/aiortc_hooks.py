"""The only place that touches private names of aiortc: receive and send RTP packets as they were encoded.

aiortc decodes what it receives and encodes what it sends; a room that forwards must do neither (a tenth of the work,
and the picture stays the one the browser made). Every private name used is listed and checked when the process starts.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

import pylibsrtp
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCRtpReceiver, RTCRtpSender, RTCRtpTransceiver, clock
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTP_HISTORY_SIZE,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpSrPacket,
    RtpPacket,
    unpack_remb_fci,
)

from rooms.bitrate import BitrateLimits

log = logging.getLogger(__name__)

SUPPORTED_VERSION = "1.16."
LOOPBACK = "127.0.0.1"

_JITTER_BUFFER = "_RTCRtpReceiver__jitter_buffer"
_ESTIMATOR = "_RTCRtpReceiver__remote_bitrate_estimator"
_STARTED = "_RTCRtpSender__started"
_HISTORY = "_RTCRtpSender__rtp_history"
_EXTENSIONS = "_RTCRtpSender__rtp_header_extensions_map"
_PACKET_COUNT = "_RTCRtpSender__packet_count"
_OCTET_COUNT = "_RTCRtpSender__octet_count"
_NTP_TIMESTAMP = "_RTCRtpSender__ntp_timestamp"
_RTP_TIMESTAMP = "_RTCRtpSender__rtp_timestamp"

RECEIVER_NAMES = (_JITTER_BUFFER, _ESTIMATOR, "_handle_rtp_packet", "_handle_rtcp_packet", "_send_rtcp_pli")
SENDER_NAMES = (
    *(_STARTED, _HISTORY, _EXTENSIONS, _PACKET_COUNT, _OCTET_COUNT, _NTP_TIMESTAMP, _RTP_TIMESTAMP),
    *("_ssrc", "_stream_id", "_send_keyframe", "_handle_rtcp_packet"),
)
TRANSCEIVER_NAMES = ("_codecs",)
DTLS_NAMES = ("_send_rtp",)
GATHERER_NAMES = ("_connection",)
ICE_NAMES = ("get_component_candidates",)


class UnsupportedAiortc(RuntimeError):
    """The installed aiortc is not the one these hooks were written against."""


def require_supported_aiortc() -> None:
    """Raise `UnsupportedAiortc` when the version or one private name is not the expected one. Needs a running loop."""
    if not version("aiortc").startswith(SUPPORTED_VERSION):
        raise UnsupportedAiortc(f"aiortc {version('aiortc')} is installed, {SUPPORTED_VERSION}* is needed")
    missing = missing_names()
    if missing:
        raise UnsupportedAiortc(f"aiortc lacks {', '.join(missing)}")


def missing_names() -> list[str]:
    """The private names, among those used here, that this aiortc does not have."""
    transceiver = RTCPeerConnection().addTransceiver("video", direction="recvonly")
    dtls = transceiver.receiver.transport
    gatherer = dtls.transport.iceGatherer
    expected = (
        *((transceiver.receiver, RECEIVER_NAMES), (transceiver.sender, SENDER_NAMES)),
        *((transceiver, TRANSCEIVER_NAMES), (dtls, DTLS_NAMES), (gatherer, GATHERER_NAMES)),
        (getattr(gatherer, "_connection", None), ICE_NAMES),
    )
    return [name for owner, names in expected for name in names if not hasattr(owner, name)]


def offer_loopback(pc: RTCPeerConnection) -> None:
    """Also gather 127.0.0.1, which aioice leaves out: the only address on a machine without a network.

    Call after the first transceiver exists and before the first description is set.
    """
    connection: Any = pc.getTransceivers()[0].receiver.transport.transport.iceGatherer._connection
    gather = connection.get_component_candidates

    async def gather_with_loopback(component: int, addresses: list[str], **options: Any) -> Any:
        return await gather(component=component, addresses=[*addresses, LOOPBACK], **options)

    connection.get_component_candidates = gather_with_loopback


class SilentTrack(MediaStreamTrack):
    """Parks the sending task of aiortc for ever; with no track at all it would wake up 50 times a second."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    async def recv(self) -> Any:
        """Never return: packets are written by `OutboundStream.send`."""
        await asyncio.Event().wait()


class InboundStream:
    """What one participant sends, of one kind: packets as encoded, after retransmissions have been undone."""

    def __init__(self, transceiver: RTCRtpTransceiver, on_packet: Callable[[RtpPacket], Awaitable[None]]) -> None:
        self._transceiver = transceiver
        self._receiver: RTCRtpReceiver = transceiver.receiver
        self._on_packet = on_packet
        self._ready: list[RtpPacket] = []
        self.limits = BitrateLimits()
        self.on_report: Callable[[int, int], None] = lambda ntp, rtp: None
        self._install()

    def _install(self) -> None:
        receiver: Any = self._receiver
        self._stock_rtp, self._stock_rtcp = receiver._handle_rtp_packet, receiver._handle_rtcp_packet
        self._estimator = getattr(receiver, _ESTIMATOR)
        receiver._handle_rtp_packet = self._handle_rtp
        receiver._handle_rtcp_packet = self._handle_rtcp
        # In the place of the jitter buffer: here packets are complete, in clear and without RTX, and as no frame is
        # ever given back, the decoder thread stays asleep.
        setattr(receiver, _JITTER_BUFFER, _Tap(self._ready))
        if self._estimator is not None:
            setattr(receiver, _ESTIMATOR, _LimitedEstimator(self._estimator, self.limits))

    async def _handle_rtp(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        await self._stock_rtp(packet, arrival_time_ms=arrival_time_ms)
        while self._ready:
            await self._on_packet(self._ready.pop())

    async def _handle_rtcp(self, packet: AnyRtcpPacket) -> None:
        await self._stock_rtcp(packet)
        if isinstance(packet, RtcpSrPacket):
            self.on_report(packet.sender_info.ntp_timestamp, packet.sender_info.rtp_timestamp)

    def is_preferred_codec(self, packet: RtpPacket) -> bool:
        """True when the packet uses the codec that every subscriber has agreed to."""
        codecs = self._transceiver._codecs
        return bool(codecs) and packet.payload_type == codecs[0].payloadType

    async def request_key_frame(self, ssrc: int) -> None:
        """Ask the browser for a key frame (PLI, RFC 4585, 6.3.1)."""
        await self._receiver._send_rtcp_pli(ssrc)


class _Tap:
    """Stands where aiortc keeps the jitter buffer."""

    def __init__(self, ready: list[RtpPacket]) -> None:
        self._ready = ready

    def add(self, packet: RtpPacket) -> tuple[bool, None]:
        self._ready.append(packet)
        return False, None


class _LimitedEstimator:
    def __init__(self, estimator: Any, limits: BitrateLimits) -> None:
        self._estimator = estimator
        self._limits = limits

    def add(self, **arrival: Any) -> tuple[int, list[int]] | None:
        estimate = self._estimator.add(**arrival)
        return None if estimate is None else (self._limits.apply(estimate[0]), estimate[1])


class OutboundStream:
    """One m-line towards a subscriber, over which packets of successive publishers leave under one identity."""

    _LOSSY = 0.1

    def __init__(self, pc: RTCPeerConnection, kind: str, stream: str) -> None:
        self._transceiver: Any = pc.addTransceiver(SilentTrack(kind), direction="sendonly")
        self._sender: RTCRtpSender = self._transceiver.sender
        # Sound and picture of one person share a stream id, else browsers lip-sync different people together.
        self._sender._stream_id = stream
        self.on_key_frame_request: Callable[[], None] = lambda: None
        self.affordable_bitrate: int | None = None
        """Bits a second that the subscriber says it can take, known only while it loses packets."""
        self.on_received: Callable[[int, int], None] = lambda lost, highest: None
        """Of what was sent, how many packets the subscriber has lost, and the highest number that it has seen."""
        self._loss = 0.0
        self._install()

    def _install(self) -> None:
        sender: Any = self._sender
        self._stock_rtcp = sender._handle_rtcp_packet
        sender._handle_rtcp_packet = self._handle_rtcp
        sender._send_keyframe = lambda: self.on_key_frame_request()

    async def _handle_rtcp(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpRrPacket):
            self._loss = max((r.fraction_lost / 256 for r in packet.reports if r.ssrc == self._sender._ssrc), default=0)
            for told in packet.reports:
                if told.ssrc == self._sender._ssrc:
                    self.on_received(told.packets_lost, told.highest_sequence)
        elif isinstance(packet, RtcpPsfbPacket) and packet.fmt == RTCP_PSFB_APP:
            self._note_bitrate(packet)
            return
        await self._stock_rtcp(packet)

    def _note_bitrate(self, packet: RtcpPsfbPacket) -> None:
        try:
            bitrate, _ = unpack_remb_fci(packet.fci)
        except ValueError:
            return
        # A browser's estimate follows what it receives, so without loss it says only that we send little.
        self.affordable_bitrate = bitrate if self._loss >= self._LOSSY else None

    @property
    def started(self) -> bool:
        """True when the transport is up and the header extensions are agreed."""
        return bool(getattr(self._sender, _STARTED)) and self._sender.transport.state == "connected"

    async def send(self, packet: RtpPacket, sequence: int, timestamp: int) -> None:
        """Send the payload of `packet` under this stream's identity. A subscriber that is gone is no error."""
        sender: Any = self._sender
        out = RtpPacket(
            payload_type=self._transceiver._codecs[0].payloadType,
            marker=packet.marker,
            sequence_number=sequence,
            timestamp=timestamp,
            ssrc=sender._ssrc,
            payload=packet.payload,
        )
        out.extensions.mid = self._transceiver.mid
        out.extensions.audio_level = packet.extensions.audio_level
        out.extensions.abs_send_time = (clock.current_ntp_time() >> 14) & 0x00FFFFFF
        getattr(sender, _HISTORY)[sequence % RTP_HISTORY_SIZE] = out
        setattr(sender, _PACKET_COUNT, getattr(sender, _PACKET_COUNT) + 1)
        setattr(sender, _OCTET_COUNT, getattr(sender, _OCTET_COUNT) + len(out.payload))
        try:
            await sender.transport._send_rtp(out.serialize(getattr(sender, _EXTENSIONS)))
        except (ConnectionError, pylibsrtp.Error) as fault:
            log.debug("packet not sent: %s", fault)

    def report(self, ntp: int, rtp: int) -> None:
        """The publisher's pairing of wall clock and media clock, for the next sender report: it keeps lips in sync."""
        setattr(self._sender, _NTP_TIMESTAMP, ntp)
        setattr(self._sender, _RTP_TIMESTAMP, rtp)
