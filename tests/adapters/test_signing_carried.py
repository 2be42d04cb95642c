"""A signature of level B-LT brings all that it is validated with."""

import asyncio
from dataclasses import replace

from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import read_certificates
from domain.types.signature_levels import SignatureLevel
from evidence.certificates import Purpose, RevocationEvidence, judge
from evidence.pdf import SignedPdf, read_pdf
from evidence.validation_data import strangers
from settings import Settings
from tests.adapters.test_signing_pyhanko import SIGNERS, signed_by
from tests.evidence.papers import blank_pdf


async def test_what_a_document_carries_is_all_that_its_signatures_are_validated_with(
    signer: SignerPyhanko, pki: Settings
) -> None:
    """Nothing but the roots, and no service: as somebody who opens it when the services are gone."""
    roots, tsa_roots = (tuple(read_certificates(pki.pki_dir / name)) for name in ("roots.pem", "tsa-roots.pem"))
    whole, bare = [
        read_pdf(await signed_by(signer, blank_pdf("minutes", 2), SIGNERS, level))
        for level in (SignatureLevel.B_LT, SignatureLevel.B_T)
    ]

    async def judged(pdf: SignedPdf, carried: RevocationEvidence) -> set[str]:
        found = set()
        for one in pdf.signatures:
            assert one.cms is not None and one.token is not None
            for part, trusted, purpose in (
                (one.cms, roots, Purpose.SIGNATURE),
                (one.token, tsa_roots, Purpose.TIMESTAMP),
            ):
                asked = (part.certificate, part.others, trusted, carried, one.token.time, purpose)
                found.add((await asyncio.to_thread(judge, *asked)).code)
        return found

    assert await judged(whole, whole.evidence) == {"CERTIFICATE_TRUSTED"}
    assert await judged(whole, replace(whole.evidence, crls=())) == {"REVOCATION_UNKNOWN"}
    assert await judged(bare, bare.evidence) == {"REVOCATION_UNKNOWN"}
    certificates = [
        one
        for each in whole.signatures
        if each.cms and each.token
        for one in (each.cms.certificate, each.token.certificate)
    ]
    assert strangers(whole.evidence, certificates, (*roots, *tsa_roots)) == 0
