"""What a room would cost that decodes what each person sends and encodes it anew for everybody else."""

import time
from fractions import Fraction

import av
from aiortc.codecs.vpx import Vp8Encoder
from av.video.codeccontext import VideoCodecContext

from bench.rooms.clips import Camera, encoded_video


def transcoding_cost(people: int, camera: Camera, seconds: int) -> float:
    """Processors that it needs: seconds of processor a second of a room of `people`, by aiortc's own codecs.

    Pictures alone; sound comes on top.
    """
    clip = encoded_video(0, camera)
    since = time.process_time()
    frames = decoded(clip)
    decoding = (time.process_time() - since) / len(frames)
    encoder = Vp8Encoder()
    encoder.target_bitrate = camera.bits
    wanted = camera.rate * seconds
    since = time.process_time()
    for number in range(wanted):
        frame = frames[number % len(frames)]
        frame.pts, frame.time_base = number, Fraction(1, camera.rate)
        encoder.encode(frame)
    encoding = (time.process_time() - since) / wanted
    return camera.rate * (people * decoding + people * (people - 1) * encoding)


def decoded(clip: list[bytes]) -> list[av.VideoFrame]:
    codec = VideoCodecContext.create("vp8", "r")
    return [frame for packet in clip for frame in codec.decode(av.Packet(packet))]
