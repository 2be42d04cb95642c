"""Signatures against the real test PKI: strict for every signer in turn, held back when a trust service is down."""

import shutil
from collections.abc import Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import typst
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.stamp import COLUMNS, MILLIMETRE, ROWS, place
from adapters.signing.timestamps import read_certificates
from domain.errors import PersonMustAct, TryAgain
from domain.ports.signing import SignatureRequest
from domain.types.signature_levels import SignatureLevel
from evidence.pdf import read_pdf
from settings import Settings

SIGNERS = ["acts-peace-court-lira", "acts-peace-court-lira", "uxia-carballo", "iria-outeiro", "seal-peace-court-lira"]
NOBODY = "http://127.0.0.1:9/"
LINES = ("Firmado por Núria Peñafiel Łoś", "DNI ante la cámara y PIN", "2 de marzo de 2026, 10:31:05", "p1 · r1")


@pytest.fixture(scope="session")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A tagged PDF/A-3a of two pages, as the typesetter makes them."""
    source = tmp_path_factory.mktemp("typst") / "acta.typ"
    source.write_text('#set document(title: "Acta")\n#set text(lang: "es")\n= Acta\nPrimera.\n#pagebreak()\nSegunda.\n')
    compiled = typst.compile(source, pdf_standards=["a-3a", "ua-1"])
    assert isinstance(compiled, bytes)
    return compiled


def request(number: int = 0, **changes: object) -> SignatureRequest:
    return SignatureRequest(
        field_name=f"Signature{number}",
        certificate="acts-peace-court-lira",
        reason="Firma del acta",
        appearance=LINES,
        slot=number,
        level=SignatureLevel.B_T,
        record=(f"signature-record-r{number}.json", b'{"id":"r%d","v":1}' % number),
    ).but(**changes)


async def signed_by(
    signer: SignerPyhanko, pdf: bytes, certificates: Sequence[str], level: SignatureLevel = SignatureLevel.B_LT
) -> bytes:
    for number, certificate in enumerate(certificates):
        pdf = await signer.sign_pdf(pdf, request(number, certificate=certificate, level=level))
    return pdf


# --- one after the other ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [SignatureLevel.B_T, SignatureLevel.B_LT])
async def test_five_sign_in_turn_and_every_signature_holds_strictly(
    level: SignatureLevel, signer: SignerPyhanko, pki: Settings, minutes: bytes
) -> None:
    signed = await signed_by(signer, minutes, SIGNERS, level)

    assert signed.startswith(minutes)
    answers = (await signer.certificates(SIGNERS)).items()

    def trusting(roots: str) -> ValidationContext:
        return ValidationContext(
            trust_roots=read_certificates(pki.pki_dir / roots),
            crls=[der for name, der in answers if name.endswith(".crl")],
            ocsps=[der for name, der in answers if name.endswith(".ocsp")],
            revocation_mode="require",
        )

    embedded = list(PdfFileReader(BytesIO(signed), strict=True).embedded_signatures)
    assert len(embedded) == len(SIGNERS)
    for signature in embedded:
        status = await async_validate_pdf_signature(signature, trusting("roots.pem"), trusting("tsa-roots.pem"))
        assert status.bottom_line, status.summary()
        assert status.timestamp_validity is not None
        assert status.md_algorithm == "sha256"
        assert status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        assert status.modification_level is not None
        assert status.modification_level <= ModificationLevel.FORM_FILLING


async def test_the_verifier_finds_every_revision_untouched(signer: SignerPyhanko, minutes: bytes) -> None:
    read = read_pdf(await signed_by(signer, minutes, SIGNERS[:3]))
    for signature in read.signatures:
        assert (signature.pades, signature.covers_revision, signature.unchanged) == (True, True, True)
        assert signature.cms is not None
        assert (signature.cms.intact, signature.cms.valid) == (True, True)
        assert signature.token is not None
        assert signature.token.intact
    assert read.signatures[-1].covers_file


async def test_each_stamp_carries_its_own_evidence_record(signer: SignerPyhanko, minutes: bytes) -> None:
    signed = await signed_by(signer, minutes, SIGNERS[:3])
    with pikepdf.open(BytesIO(signed)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for number in range(3):
            (file,) = fields[f"Signature{number}"].AP.N.AF
            assert str(file.UF) == f"signature-record-r{number}.json"
            assert file.AFRelationship == pikepdf.Name.Data
            assert file.EF.F.read_bytes() == request(number).record[1]  # type: ignore[index]


async def test_a_stamp_is_seen_embeds_its_font_and_is_read_aloud(signer: SignerPyhanko, minutes: bytes) -> None:
    signed = await signer.sign_pdf(minutes, request(4))
    with pikepdf.open(BytesIO(signed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert LINES[0] in str(field.TU)
        assert "/FontFile2" in field.AP.N.Resources.Font.F1.DescendantFonts[0].FontDescriptor
        x, y, right, top = (float(edge) for edge in field.Rect)
        assert pdf.pages[-1].obj.objgen == field.P.objgen
    with pypdfium2.PdfDocument(signed) as document:
        document.init_forms()  # without it pdfium leaves fields out
        drawn = document[len(document) - 1].render(scale=2).to_pil().convert("L")
    height = drawn.height
    stamp = drawn.crop((round(2 * x) + 4, height - round(2 * top) + 4, round(2 * right) - 4, height - round(2 * y) - 4))
    beside = drawn.crop((round(2 * right) + 4, height - round(2 * top), round(2 * right) + 100, height - round(2 * y)))
    assert stamp.getextrema()[0] < 100
    assert beside.getextrema()[0] > 200


def test_stamps_never_overlap_and_stay_in_their_area() -> None:
    boxes = [place(slot, (0, 0, 595.28, 841.89)) for slot in range(COLUMNS * ROWS)]
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert max(box[3] for box in boxes) <= 50 * MILLIMETRE
    assert max(box[2] for box in boxes) <= (210 - 15) * MILLIMETRE
    assert min(box[0] for box in boxes) >= 19 * MILLIMETRE


@pytest.mark.parametrize("lines", [(), ("a",), ("x" * 300,), tuple(f"línea {n}" for n in range(20)), ("漢字 \u202e",)])
async def test_any_lines_fit_into_a_stamp(signer: SignerPyhanko, minutes: bytes, lines: tuple[str, ...]) -> None:
    assert await signer.sign_pdf(minutes, request(appearance=lines, timestamp=False))


# --- held back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("down", ["tsa", "ocsp"])
async def test_nothing_is_signed_while_a_trust_service_is_down(pki: Settings, minutes: bytes, down: str) -> None:
    tsa = NOBODY if down == "tsa" else pki.tsa_url
    signer = SignerPyhanko(pki.pki_dir, tsa, ocsp_url=NOBODY if down == "ocsp" else pki.ocsp_url)
    try:
        with pytest.raises(TryAgain):
            await signer.sign_pdf(minutes, request())
    finally:
        await signer.close()


@pytest.mark.parametrize(
    ("replaced", "code"), [("tsa-roots.pem", "timestamp_invalid"), ("roots.pem", "signature_invalid")]
)
async def test_a_signature_that_does_not_lead_to_a_trusted_root_is_thrown_away(
    pki: Settings, minutes: bytes, tmp_path: Path, replaced: str, code: str
) -> None:
    folder = tmp_path / "pki"
    shutil.copytree(pki.pki_dir, folder)
    other = "roots.pem" if replaced == "tsa-roots.pem" else "tsa-roots.pem"
    shutil.copy(pki.pki_dir / other, folder / replaced)
    signer = SignerPyhanko(folder, pki.tsa_url, ocsp_url=pki.ocsp_url)
    try:
        with pytest.raises(PersonMustAct) as refused:
            await signer.sign_pdf(minutes, request())
    finally:
        await signer.close()
    assert refused.value.code == code


async def test_a_key_that_is_not_the_certificates_own_is_noticed(pki: Settings, minutes: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "pki"
    shutil.copytree(pki.pki_dir, folder)
    shutil.copy(folder / "iria-outeiro.key.pem", folder / "acts-peace-court-lira.key.pem")
    signer = SignerPyhanko(folder, pki.tsa_url, ocsp_url=pki.ocsp_url)
    try:
        with pytest.raises(PersonMustAct) as refused:
            await signer.sign_pdf(minutes, request())
        assert refused.value.code == "signature_invalid"
        with pytest.raises(PersonMustAct, match="signature_invalid"):
            await signer.seal_detached(b"manifest", "acts-peace-court-lira")
    finally:
        await signer.close()


@pytest.mark.parametrize("name", ["nobody", "../pki/iria-outeiro", "", "LAJ-1", "iria-outeiro\x00", "/etc/passwd"])
async def test_an_unknown_certificate_is_named(signer: SignerPyhanko, minutes: bytes, name: str) -> None:
    with pytest.raises(PersonMustAct) as refused:
        await signer.sign_pdf(minutes, request(certificate=name))
    assert refused.value.code == "certificate_missing"
    assert refused.value.params == {"certificate": name}


@pytest.mark.parametrize("content", [b"", b"no es un PDF", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + bytes(500)])
async def test_what_is_no_pdf_is_not_signed(signer: SignerPyhanko, content: bytes) -> None:
    with pytest.raises(PersonMustAct) as refused:
        await signer.sign_pdf(content, request())
    assert refused.value.code == "document_unreadable"


async def test_a_field_is_signed_once(signer: SignerPyhanko, minutes: bytes) -> None:
    signed = await signer.sign_pdf(minutes, request(timestamp=False))
    with pytest.raises(PersonMustAct) as refused:
        await signer.sign_pdf(signed, request(timestamp=False))
    assert refused.value.code == "signature_field_taken"


async def test_a_full_page_takes_no_more_stamps(signer: SignerPyhanko, minutes: bytes) -> None:
    with pytest.raises(PersonMustAct) as refused:
        await signer.sign_pdf(minutes, request(COLUMNS * ROWS))
    assert refused.value.code == "signature_area_full"


async def test_a_signature_on_changed_content_is_not_made_to_look_good(signer: SignerPyhanko, minutes: bytes) -> None:
    """Somebody appended a page after the first signature; the second signer must not cover that up."""
    signed = await signer.sign_pdf(minutes, request())
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    with pytest.raises(PersonMustAct) as refused:
        await signer.sign_pdf(out.getvalue(), request(1))
    assert refused.value.code == "signature_invalid"
    assert "Signature0" in refused.value.params["reason"]
