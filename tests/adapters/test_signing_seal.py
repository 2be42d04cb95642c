"""The body's seal, and the material with which a stranger judges certificates without any network."""

import asyncio
from datetime import UTC, datetime

from asn1crypto import crl, ocsp, x509

from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import TsaRfc3161, read_certificates
from evidence.certificates import Purpose, RevocationEvidence, judge
from evidence.cms import digest_of, read_cms, read_token, signed_data
from evidence.findings import Result
from settings import Settings

NAMES = ["iria-outeiro", "seal-peace-court-lira"]


async def test_a_seal_holds_over_its_bytes_alone(signer: SignerPyhanko) -> None:
    seal = signed_data(await signer.seal_detached(b"manifest", "seal-peace-court-lira"))
    good, bad = read_cms(seal, digest_of(b"manifest")), read_cms(seal, digest_of(b"Manifest"))
    assert (good.intact, good.valid) == (True, True)
    assert not bad.intact
    assert "Sello del Juzgado de Paz de Lira" in good.certificate.subject.native["common_name"]


async def test_a_verifier_without_network_can_judge_every_signature(signer: SignerPyhanko, pki: Settings) -> None:
    seals = [read_cms(signed_data(await signer.seal_detached(b"x", name)), digest_of(b"x")) for name in NAMES]
    authority = TsaRfc3161.from_pki(pki.tsa_url, pki.pki_dir)
    token = read_token(signed_data(await authority.token(digest_of(b"x")("sha256"))), digest_of(b"x"))
    await authority.close()
    files = await signer.certificates(NAMES, earlier=("acts-peace-court-lira", "seal-from-before"))
    (earlier,) = read_certificates(pki.pki_dir / "acts-peace-court-lira.cert.pem")
    assert f"{earlier.sha256.hex()}.cer" in files

    def of(extension: str) -> list[bytes]:
        return [content for name, content in files.items() if name.endswith(extension)]

    evidence = RevocationEvidence(
        tuple(x509.Certificate.load(der) for der in of(".cer")),
        tuple(crl.CertificateList.load(der) for der in of(".crl")),
        tuple(ocsp.OCSPResponse.load(der) for der in of(".ocsp")),
    )
    roots, tsa_roots = (tuple(read_certificates(pki.pki_dir / name)) for name in ("roots.pem", "tsa-roots.pem"))
    for seal in seals:
        assert await judged(seal.certificate, roots, evidence, Purpose.SIGNATURE) is Result.PASS
        assert await judged(seal.certificate, tsa_roots, evidence, Purpose.SIGNATURE) is Result.FAIL
    assert await judged(token.certificate, tsa_roots, evidence, Purpose.TIMESTAMP) is Result.PASS


async def judged(
    certificate: x509.Certificate, roots: tuple[x509.Certificate, ...], evidence: RevocationEvidence, purpose: Purpose
) -> Result:
    # The verifier starts a loop of its own.
    judgement = await asyncio.to_thread(judge, certificate, (), roots, evidence, datetime.now(UTC), purpose)
    return judgement.result
