"""Identity documents of people whom nobody is, drawn as a camera sees them: held askew, out of focus, in the light.

They imitate no State's: a frame, a photograph that is a shadow, printed data, and a zone for machines in OCR-B, as
documents have it (ICAO Doc 9303 part 3, 4.2).
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from domain.codes.mrz import FILLER, check_digit

ZONE_FONT = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
"""Debian's fonts-ocr-b."""
PRINT_FONT = "DejaVuSans.ttf"
CARD, PAGE = (1011, 638), (1250, 880)
"""ID-1 and ID-3 at 300 dots an inch (part 3, 2.1)."""
SCENE = (1280, 720)
PAPER, INK, FAINT, ROOM = (228, 232, 225), (25, 25, 25), (90, 95, 92), (120, 110, 100)


@dataclass(frozen=True)
class Printed:
    """What a document says. Dates are YYMMDD."""

    surnames: str = "RUIZ SEOANE"
    given_names: str = "ANXO"
    number: str = "BAA000589"
    person: str = "00000022E"
    """DNI or NIE, which Spanish cards add to their own number."""
    birth: str = "800101"
    sex: str = "M"
    expiry: str = "310602"
    issuer: str = "ESP"


@dataclass(frozen=True)
class Held:
    """How it is held before the camera."""

    width: int = 900
    """Pixels of its longer side on the picture."""
    turned: float = 0.0
    """Degrees."""
    blur: float = 0.0
    """Pixels."""
    glare: tuple[float, float] | None = None
    """Where a light is mirrored, in parts of its width and height."""


def printed_for(name: str, number: str, birth_date: str) -> Printed:
    """On the card of somebody with two surnames. `birth_date`: as ISO 8601 writes it."""
    plain = unicodedata.normalize("NFKD", name.upper()).encode("ascii", "ignore").decode()
    *given, first, second = plain.split()
    names = {"surnames": f"{first} {second}", "given_names": " ".join(given)}
    return Printed(**names, person=number, birth=birth_date.replace("-", "")[2:])


def card_zone(said: Printed) -> tuple[str, str, str]:
    first = _field(f"ID{said.issuer}{said.number}{check_digit(said.number)}{said.person}", 30)
    dates = f"{said.birth}{check_digit(said.birth)}{said.sex}{said.expiry}{check_digit(said.expiry)}"
    second = _field(f"{dates}{said.issuer}", 29)
    whole = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return first, second + whole, _field(_names(said), 30)


def passport_zone(said: Printed) -> tuple[str, str]:
    number, added = _field(said.number, 9), _field(said.person, 14)
    dates = f"{said.birth}{check_digit(said.birth)}{said.sex}{said.expiry}{check_digit(said.expiry)}"
    second = f"{number}{check_digit(number)}{said.issuer}{dates}{added}{check_digit(added)}"
    whole = check_digit(second[:10] + second[13:20] + second[21:])
    return _field(f"P<{said.issuer}{_names(said)}", 44), second + whole


def card_front(said: Printed, held: Held = Held()) -> bytes:
    return _taken(_side(CARD, said, ()), held)


def card_back(said: Printed, held: Held = Held()) -> bytes:
    return _taken(_side(CARD, None, card_zone(said)), held)


def passport(said: Printed, held: Held = Held()) -> bytes:
    return _taken(_side(PAGE, said, passport_zone(said)), held)


def _field(text: str, length: int) -> str:
    return text.replace(" ", FILLER)[:length].ljust(length, FILLER)


def _names(said: Printed) -> str:
    return f"{said.surnames}{FILLER * 2}{said.given_names}"


def _side(size: tuple[int, int], said: Printed | None, zone: Sequence[str]) -> Image.Image:
    width, height = size
    made = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(made)
    for across in range(0, width, 24):
        draw.line([(across, 0), (width - across, height)], fill=(216, 225, 220))
    if said is not None:
        draw.ellipse((90, 130, 250, 330), fill=FAINT)
        draw.rectangle((60, 330, 280, 430), fill=FAINT)
        told = {"APELLIDOS / SURNAMES": said.surnames, "NOMBRE / GIVEN NAMES": said.given_names}
        told |= {"NÚMERO / NUMBER": said.number, "DNI": said.person}
        for line, (title, value) in enumerate(told.items()):
            draw.text((340, 70 + 105 * line), title, font=_font(PRINT_FONT, 24), fill=FAINT)
            draw.text((340, 102 + 105 * line), value, font=_font(PRINT_FONT, 44), fill=INK)
    for line, text in enumerate(zone):
        _write(draw, text, height - 60 - 62 * (len(zone) - line), width)
    return made


def _write(draw: ImageDraw.ImageDraw, text: str, top: int, width: int) -> None:
    """Each sign in a place of its own, as printers of documents set them."""
    step = (width - 80) / len(text)
    font = _font(str(ZONE_FONT), round(1.6 * step))
    for place, sign in enumerate(text):
        draw.text((40 + place * step, top), sign, font=font, fill=INK)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)


def _taken(made: Image.Image, held: Held) -> bytes:
    """A PNG as the camera would give it."""
    if held.glare is not None:
        across, down = held.glare[0] * made.width, held.glare[1] * made.height
        light = Image.new("L", made.size, 0)
        ImageDraw.Draw(light).ellipse((across - 130, down - 80, across + 130, down + 80), fill=170)
        made.paste((255, 255, 255), (0, 0), light.filter(ImageFilter.GaussianBlur(40)))
    small = made.resize((held.width, made.height * held.width // made.width), Image.Resampling.LANCZOS)
    turned = small.rotate(held.turned, Image.Resampling.BICUBIC, expand=True, fillcolor=ROOM)
    scene = Image.new("RGB", SCENE, ROOM)
    scene.paste(turned, ((SCENE[0] - turned.width) // 2, (SCENE[1] - turned.height) // 2))
    told = io.BytesIO()
    scene.filter(ImageFilter.GaussianBlur(held.blur)).save(told, "PNG")
    return told.getvalue()
