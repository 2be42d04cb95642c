"""A drawing in the stamp of a signature: it stands beside the words, and the verifier finds it there."""

import re
from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pytest

from adapters.pages.typesetter import TypstTypesetter
from adapters.signing.pyhanko import SignerPyhanko
from domain.ports.signing import SignatureRequest
from domain.types.signature_levels import SignatureLevel
from evidence.canonical import sha256_hex
from evidence.pdf import read_pdf
from tests.adapters.test_documents_contract import set_in_type
from tests.evidence.by_hand import DRAWING

LINES = ("Firmado por Xián Lorenzo", "Sin certificado propio. Identificación expresa con código al móvil", "2026")


def request(number: int, drawing: bytes | None) -> SignatureRequest:
    return SignatureRequest(
        field_name=f"act-p{number}",
        certificate="acts-peace-court-lira",
        reason="Firma",
        appearance=LINES,
        slot=number,
        level=SignatureLevel.B_T,
        record=(f"signature-record-r{number}.json", b"{}"),
        drawing=drawing,
    )


async def signed_by(signer: SignerPyhanko, drawings: Sequence[bytes | None]) -> bytes:
    pdf = await set_in_type(TypstTypesetter(), "Una.")
    for number, drawing in enumerate(drawings):
        pdf = await signer.sign_pdf(pdf, request(number, drawing))
    return pdf


async def test_each_stamp_has_its_own_drawing_and_every_signature_holds(signer: SignerPyhanko) -> None:
    other = DRAWING[::-1]
    signed = read_pdf(await signed_by(signer, (DRAWING, None, other)))

    assert signed.drawings == {
        "act-p0": frozenset({sha256_hex(DRAWING)}),
        "act-p1": frozenset(),
        "act-p2": frozenset({sha256_hex(other)}),
    }
    assert all(one.unchanged and one.alone for one in signed.signatures)


async def test_the_drawing_has_no_colours_of_its_own(signer: SignerPyhanko) -> None:
    """Standard: ISO 19005-3 6.2.4.3; ink goes through a stencil, in a colour that the page's own profile covers."""
    with pikepdf.open(BytesIO(await signed_by(signer, (DRAWING,)))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        stencil = field.AP.N.Resources.XObject.Hand
        assert stencil.ImageMask and "/ColorSpace" not in stencil
        assert stencil.read_bytes() == DRAWING


@pytest.mark.parametrize("words", [("Una",), ("palabra " * 60,)], ids=["few", "many"])
async def test_the_words_keep_their_place_beside_it(signer: SignerPyhanko, words: tuple[str, ...]) -> None:
    pdf = await set_in_type(TypstTypesetter(), "Una.")
    with pikepdf.open(BytesIO(await signer.sign_pdf(pdf, request(0, DRAWING).but(appearance=words)))) as signed:
        stamp = signed.Root.AcroForm.Fields[0].AP.N
        drawn = stamp.read_bytes()
        tall = max(float(stamp.BBox[1]), float(stamp.BBox[3]))
        lines = [float(found) for found in re.findall(rb"Tf [\d.]+ ([\d.-]+) Td", drawn)]
    assert lines and all(0 < baseline < tall for baseline in lines)
    assert drawn.count(b"/Hand Do") == 1
