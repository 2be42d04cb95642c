"""An address as a QR code: what people photograph from a screen or a paper to come back to it."""

import io

import segno


def qr_svg(address: str) -> str:
    """An inline SVG, dark on light, with the quiet zone of four modules (standard: ISO/IEC 18004)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=4, omitsize=True, xmldecl=False, svgns=False, light="#fff"
    )
    return drawn.getvalue().decode("utf-8")
