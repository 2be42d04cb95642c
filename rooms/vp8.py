"""What has to be read of a VP8 stream to forward it: where key frames begin and how large the picture is (RFC 7741)."""

from aiortc.codecs.vpx import VpxPayloadDescriptor


def starts_key_frame(payload: bytes) -> bool:
    """True when an RTP payload is the first packet of a key frame (RFC 7741, 4.2 and 4.3: S=1, PID=0, P=0)."""
    try:
        descriptor, frame = VpxPayloadDescriptor.parse(payload)
    except ValueError:
        return False
    return bool(descriptor.partition_start == 1 and descriptor.partition_id == 0 and is_key_frame(frame))


KEY_FRAME_HEADER = 10
START_CODE = b"\x9d\x01\x2a"


def is_key_frame(frame: bytes) -> bool:
    """True when an encoded frame can be decoded without any other (RFC 6386, 9.1: lowest bit 0, start code, size)."""
    return len(frame) >= KEY_FRAME_HEADER and frame[0] & 1 == 0 and frame[3:6] == START_CODE
