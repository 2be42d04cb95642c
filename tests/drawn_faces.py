"""Faces that nobody has, drawn with light and shadow: enough of a face for a detector, and no picture of a person."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
SHADOW, LIGHT, WALL = (60, 25, 10), (255, 245, 230), (223, 230, 234)


@dataclass(frozen=True)
class Look:
    skin: Colour = (232, 187, 150)
    hair: Colour = (43, 33, 28)
    iris: Colour = (74, 47, 29)
    lips: Colour = (160, 74, 72)
    eyes: int = 36
    """From the middle of the face to that of an eye."""
    brow: int = 8
    mouth: int = 27
    nose: int = 44
    jaw: int = 124


@dataclass(frozen=True)
class Pose:
    across: float = 320
    down: float = 200
    size: float = 1.0
    turned: float = 0.0
    """From -1 to 1: positive towards the person's left, which is the right of the picture."""
    leaning: float = 0.0
    """Degrees, towards the person's left shoulder."""


ANXO = Look()
MARTA = Look(
    (240, 205, 176), (190, 190, 195), (63, 106, 138), (190, 105, 108), eyes=42, brow=4, mouth=38, nose=50, jaw=110
)


def showing(document: Look, person: Look = ANXO) -> bytes:
    """The person with a document beside the face."""
    return picture((person, Pose(400, 190, 0.95)), (document, Pose(130, 330, 0.35)))


def picture(*people: tuple[Look, Pose]) -> bytes:
    """A PNG of 640 by 480 with those people before a wall."""
    canvas = Image.new("RGB", (640, 480), WALL)
    for look, pose in people:
        side = round(340 * pose.size)
        face = _face(look, pose.turned).rotate(-pose.leaning, Image.Resampling.BICUBIC)
        face = face.resize((side, side), Image.Resampling.LANCZOS)
        canvas.paste(face, (round(pose.across - side / 2), round(pose.down - side / 2)), face)
    made = io.BytesIO()
    canvas.save(made, "PNG")
    return made.getvalue()


def _face(look: Look, turned: float) -> Image.Image:
    """On a transparent square of 340, the middle of the face in its middle."""
    face = Image.new("RGBA", (340, 340), (0, 0, 0, 0))
    pen = ImageDraw.Draw(face)
    pen.ellipse((70, 34, 270, 270), fill=look.hair)
    pen.rectangle((132, 240, 208, 340), fill=look.skin)
    outline = Image.new("L", face.size, 0)
    ImageDraw.Draw(outline).ellipse((84, 70, 256, 170 + look.jaw), fill=255)
    skin = Image.new("RGBA", face.size, (*look.skin, 255))
    at = 170 + turned * 26
    for side in (80, 260):
        skin = _glow(skin, (side, 190), (60, 130), SHADOW, 0.5)
    skin = _glow(skin, (at, 110), (60, 35), LIGHT, 0.35)
    for side in (-1, 1):
        skin = _eye(skin, look, at + side * look.eyes, side, 1 - side * turned * 0.18)
    nose, mouth = 170 + turned * 40, 170 + turned * 31
    for where, size, colour, much in (
        ((nose, 184), (9, 40), LIGHT, 0.45),
        ((nose - 13, 190), (9, 34), SHADOW, 0.28),
        ((nose + 13, 190), (9, 34), SHADOW, 0.28),
        ((nose, 171 + look.nose), (26, 11), SHADOW, 0.6),
        ((mouth, 262), (28, 9), SHADOW, 0.4),
    ):
        skin = _glow(skin, where, size, colour, much)
    pen = ImageDraw.Draw(skin)
    for side in (-9, 9):
        pen.ellipse((nose + side - 5, 167 + look.nose, nose + side + 5, 173 + look.nose), fill=(40, 15, 8))
    pen.ellipse((mouth - look.mouth, 240, mouth + look.mouth, 252), fill=look.lips)
    pen.line((mouth - look.mouth * 0.85, 246, mouth + look.mouth * 0.85, 246), fill=(58, 21, 18), width=3)
    pen.pieslice((60, 20, 280, 200), 195, 345, fill=look.hair)
    face.paste(skin, (0, 0), outline)
    return face


def _eye(skin: Image.Image, look: Look, at: float, side: int, near: float) -> Image.Image:
    skin = _glow(skin, (at, 158), (34, 26), SHADOW, 0.55)
    skin = _glow(skin, (at, 204), (28, 18), LIGHT, 0.28)
    pen, wide = ImageDraw.Draw(skin), 17 * near
    pen.ellipse((at - wide, 154, at + wide, 170), fill=(246, 241, 234))
    pen.ellipse((at - 7, 154, at + 7, 169), fill=look.iris)
    pen.arc((at - wide, 152, at + wide, 172), 180, 360, fill=(28, 16, 10), width=4)
    pen.line((at - side * wide, 144, at, 137, at + side * wide * 1.25, 144), fill=look.hair, width=look.brow)
    return skin


def _glow(
    picture: Image.Image, at: tuple[float, float], size: tuple[float, float], colour: Colour, much: float
) -> Image.Image:
    """A soft spot of that colour."""
    mask = Image.new("L", picture.size, 0)
    (x, y), (wide, high) = at, size
    ImageDraw.Draw(mask).ellipse((x - wide * 0.7, y - high * 0.7, x + wide * 0.7, y + high * 0.7), fill=int(255 * much))
    mask = mask.filter(ImageFilter.GaussianBlur(min(size) * 0.35))
    return Image.composite(Image.new("RGBA", picture.size, (*colour, 255)), picture, mask)
