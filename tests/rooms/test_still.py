"""A still frame comes from the live stream, with its original beside it."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction

import av
import pytest
from av.video.codeccontext import VideoCodecContext
from PIL import Image

from bench.rooms.clips import SMALL, encoded_video
from bench.rooms.house import House
from bench.rooms.person import Person
from rooms.client import RoomRefused
from rooms.still import KeyFrame, NoPicture, sharpest
from rooms.vp8 import is_key_frame


async def test_a_still_is_a_key_frame_that_the_person_really_sent(house: House, person: Callable[..., Person]) -> None:
    citizen = person(house, seed=5)
    before = datetime.now(UTC)
    await citizen.join(house.token("citizen"))
    await citizen.hears("offer")
    still = await house.client.grab_still(house.room, "citizen")
    assert still.keyframe in citizen.video
    assert is_key_frame(still.keyframe)
    assert Image.open(io.BytesIO(still.png)).size == (still.width, still.height) == (SMALL.width, SMALL.height)
    assert before < still.captured_at < datetime.now(UTC)


async def test_no_still_of_somebody_who_is_away_waits_or_shows_nothing(
    house: House, person: Callable[..., Person]
) -> None:
    with pytest.raises(RoomRefused, match="participant_not_connected"):
        await house.client.grab_still(house.room, "nobody")
    waiting, blind = person(house), person(house, camera=False)
    await waiting.join(house.token("waiting", admitted=False))
    await waiting.hears("waiting")
    with pytest.raises(RoomRefused, match="participant_not_admitted"):
        await house.client.grab_still(house.room, "waiting")
    await blind.join(house.token("blind"))
    await blind.hears("offer")
    with pytest.raises(RoomRefused, match="no_picture"):
        await house.client.grab_still(house.room, "blind")


def test_the_sharpest_of_several_key_frames_is_chosen() -> None:
    now = datetime.now(UTC)
    noisy = next(frame for frame in encoded_video(seed=1) if is_key_frame(frame))
    flat = _flat_key_frame()
    still = sharpest([KeyFrame(flat, 1, now), KeyFrame(noisy, 2, now), KeyFrame(flat, 3, now)])
    assert (still.keyframe, still.rtp_timestamp) == (noisy, 2)


def test_bytes_that_are_no_picture_give_no_still() -> None:
    with pytest.raises(NoPicture):
        sharpest([KeyFrame(b"\x00" * 40, 1, datetime.now(UTC))])


def _flat_key_frame() -> bytes:
    codec = VideoCodecContext.create("vp8", "w")
    codec.width, codec.height, codec.pix_fmt = SMALL.width, SMALL.height, "yuv420p"
    codec.time_base = Fraction(1, 15)
    grey = Image.new("RGB", (SMALL.width, SMALL.height), "grey")
    frame = av.VideoFrame.from_image(grey)  # type: ignore[no-untyped-call]
    frame.pts = 0
    return bytes([*codec.encode(frame), *codec.encode(None)][0])
