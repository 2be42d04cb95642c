"""The private names of aiortc that forwarding rests on: a release that moves one must be noticed here first."""

from typing import Any

import pytest
from aiortc import RTCPeerConnection

from rooms import aiortc_hooks
from rooms.aiortc_hooks import missing_names, offer_loopback, require_supported_aiortc

OWNERS = ("RECEIVER_NAMES", "SENDER_NAMES", "TRANSCEIVER_NAMES", "DTLS_NAMES", "GATHERER_NAMES", "ICE_NAMES")


def owner_of(names: str) -> Any:
    transceiver = RTCPeerConnection().addTransceiver("video", direction="recvonly")
    gatherer = transceiver.receiver.transport.transport.iceGatherer
    return {
        "RECEIVER_NAMES": transceiver.receiver,
        "SENDER_NAMES": transceiver.sender,
        "TRANSCEIVER_NAMES": transceiver,
        "DTLS_NAMES": transceiver.receiver.transport,
        "GATHERER_NAMES": gatherer,
        "ICE_NAMES": getattr(gatherer, "_connection", None),
    }[names]


@pytest.mark.parametrize(
    ("names", "name"), [(names, name) for names in OWNERS for name in getattr(aiortc_hooks, names)]
)
async def test_aiortc_still_has(names: str, name: str) -> None:
    assert hasattr(owner_of(names), name)


async def test_the_process_starts_only_on_the_release_it_was_written_for() -> None:
    assert missing_names() == []
    require_supported_aiortc()


async def test_loopback_is_offered_beside_the_other_addresses() -> None:
    connections = [RTCPeerConnection(), RTCPeerConnection()]
    found = []
    for pc in connections:
        pc.addTransceiver("audio", direction="recvonly")
    offer_loopback(connections[0])
    for pc in connections:
        await pc.setLocalDescription(await pc.createOffer())
        found.append("127.0.0.1" in pc.localDescription.sdp.replace("IN IP4 127.0.0.1", ""))
        await pc.close()
    assert found == [True, False]
