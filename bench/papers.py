"""Papers that citizens bring: invented, drawn here."""

import io

from PIL import Image, ImageDraw


def scanned_page(text: str = "Presupuesto de reparación de la valla: 1.200,00 euros") -> bytes:
    """A page as an office scanner gives it: JPEG, 200 dpi, A4."""
    page = Image.new("L", (1654, 2339), 250)
    pen = ImageDraw.Draw(page)
    for line in range(12):
        pen.text((180, 240 + 60 * line), f"{text} ({line + 1})", fill=30, font_size=34)
    scanned = io.BytesIO()
    page.save(scanned, "JPEG", quality=70, dpi=(200, 200))
    return scanned.getvalue()
