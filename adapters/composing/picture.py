"""The picture of a composed video: everybody has a place with a name under it, and the hour stands below."""

import io
from datetime import datetime
from functools import lru_cache
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from adapters.composing.sizes import EDGE, LABEL, STRIP, picture_size, places
from domain.ports.composing import Card, Layout

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]
"""Brightness at full size, the two colours at half of it."""

DARK, BETWEEN, PALE, QUIET = (29, 33, 37), (11, 12, 12), (255, 255, 255), (177, 180, 182)


class Canvas:
    """Holds the planes of the picture; what does not change is drawn once."""

    def __init__(self, layout: Layout, font: bytes) -> None:
        self._layout = layout
        self._font = font
        self._across, self._wide, self._high = places(len(layout.people))
        self.width, self.height = picture_size(len(layout.people))
        self._planes = planes_of(self._drawn())
        self._clock = ""

    def tile(self, place: int, planes: Planes) -> None:
        """Put a picture of the size of a place there."""
        left, top = self._corner(place)
        self._paste(left, top, planes)

    def card(self, word: str) -> Planes:
        """What stands where nobody is seen."""
        return self._cards(word)

    def picture(self, frame: av.VideoFrame) -> Planes:
        """A frame as it fills a place: whole, in its own proportions."""
        wide, high = self._wide, self._high
        scale = min(wide / frame.width, high / frame.height)
        width, height = (max(2, int(side * scale) // 2 * 2) for side in (frame.width, frame.height))
        planes = _planes_of_frame(frame.reformat(width=width, height=height, format="yuv420p"))
        if (width, height) == (wide, high):
            return planes
        whole = tuple(np.full((high // n, wide // n), level, np.uint8) for n, level in ((1, 16), (2, 128), (2, 128)))
        for plane, part, n in zip(whole, planes, (1, 2, 2), strict=True):
            left, top = (wide - width) // 2 // n, (high - height) // 2 // n
            plane[top : top + part.shape[0], left : left + part.shape[1]] = part
        return whole[0], whole[1], whole[2]

    def clock(self, at: datetime) -> None:
        """The hour of the act, as its office counts it."""
        told = f"{at:%d/%m/%Y  %H:%M:%S}"
        if told != self._clock:
            self._clock = told
            box = Image.new("RGB", (200, STRIP - 8), BETWEEN)
            ImageDraw.Draw(box).text((196, 12), told, PALE, self._type(16), anchor="rm")
            self._paste(self.width - 204, self.height - STRIP + 4, planes_of(box))

    def frame(self) -> av.VideoFrame:
        """The picture as it is now."""
        made = av.VideoFrame(self.width, self.height, "yuv420p")
        for plane, content in zip(made.planes, self._planes, strict=True):
            rows = np.zeros((plane.height, plane.line_size), np.uint8)
            rows[:, : plane.width] = content
            plane.update(rows.tobytes())
        return made

    def _paste(self, left: int, top: int, planes: Planes) -> None:
        for whole, part, n in zip(self._planes, planes, (1, 2, 2), strict=True):
            whole[top // n : top // n + part.shape[0], left // n : left // n + part.shape[1]] = part

    def _corner(self, place: int) -> tuple[int, int]:
        row, column = divmod(place, self._across)
        return EDGE + column * (self._wide + EDGE), EDGE + row * (self._high + LABEL + EDGE)

    def _drawn(self) -> Image.Image:
        image = Image.new("RGB", (self.width, self.height), BETWEEN)
        draw = ImageDraw.Draw(image)
        for place, person in enumerate(self._layout.people):
            self._label(draw, self._corner(place), person)
        draw.text((EDGE + 8, self.height - STRIP // 2), self._layout.strip, QUIET, self._type(15), anchor="lm")
        return image

    def _label(self, draw: ImageDraw.ImageDraw, corner: tuple[int, int], person: Card) -> None:
        left, top = corner[0] + 8, corner[1] + self._high
        draw.text((left, top + 11), self._fitting(person.name, 16), PALE, self._type(16), anchor="lm")
        draw.text((left, top + 29), self._fitting(person.role, 13), QUIET, self._type(13), anchor="lm")

    def _fitting(self, words: str, size: int) -> str:
        while self._type(size).getlength(words) > self._wide - 16:
            words = words[:-2].rstrip() + "…"
        return words

    @lru_cache(maxsize=32)  # noqa: B019 - lives as long as its process
    def _cards(self, word: str) -> Planes:
        image = Image.new("RGB", (self._wide, self._high), DARK)
        middle = (self._wide // 2, self._high // 2)
        ImageDraw.Draw(image).text(middle, self._fitting(word, 18), PALE, self._type(18), anchor="mm")
        return planes_of(image)

    @lru_cache(maxsize=8)  # noqa: B019 - as above
    def _type(self, size: int) -> Any:
        return ImageFont.truetype(io.BytesIO(self._font), size)


def planes_of(image: Image.Image) -> Planes:
    frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return _planes_of_frame(frame.reformat(format="yuv420p"))


def _planes_of_frame(frame: av.VideoFrame) -> Planes:
    made = tuple(
        np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width].copy()
        for plane in frame.planes
    )
    return made[0], made[1], made[2]
