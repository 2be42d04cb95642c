"""A signature of level B-LTA is followed by a time-stamp over the whole document, which can be renewed."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import read_certificates
from domain.errors import PersonMustAct, TryAgain
from domain.types.signature_levels import SignatureLevel
from evidence.certificates import Purpose, judge
from evidence.pdf import read_pdf
from settings import Settings
from tests.adapters.test_signing_pyhanko import NOBODY, request, signed_by
from tests.evidence.papers import blank_pdf

CLERK, SEAL = "iria-outeiro", "seal-peace-court-lira"


async def archived(signer: SignerPyhanko) -> bytes:
    signed = await signed_by(signer, blank_pdf("minutes", 2), [CLERK])
    return await signer.sign_pdf(signed, request(1, certificate=SEAL, level=SignatureLevel.B_LTA))


async def test_the_time_stamp_covers_all_and_brings_what_it_is_validated_with(
    signer: SignerPyhanko, pki: Settings
) -> None:
    read = read_pdf(await archived(signer))
    stamp = read.signatures[-1]
    assert [one.cms is None for one in read.signatures] == [False, False, True]
    assert stamp.token is not None and stamp.token.intact
    assert stamp.covers_file and all(one.unchanged and one.alone and one.strict for one in read.signatures)
    roots = tuple(read_certificates(pki.pki_dir / "tsa-roots.pem"))
    asked = (stamp.token.certificate, stamp.token.others, roots, read.evidence, stamp.token.time, Purpose.TIMESTAMP)
    assert judge_apart(*asked) == "CERTIFICATE_TRUSTED"


def judge_apart(*asked: object) -> str:
    """In a thread: there is a loop in this one, and the judge starts its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(judge, *asked).result().code  # type: ignore[arg-type]


async def test_a_further_one_goes_over_the_first(signer: SignerPyhanko) -> None:
    once = await archived(signer)
    twice = await signer.renew_pdf(once)
    assert twice.startswith(once)
    read = read_pdf(twice)
    assert [one.field for one in read.signatures[-2:]] == ["timestamp-1", "timestamp-2"]
    assert read.signatures[-1].covers_file and all(one.unchanged for one in read.signatures)


async def test_no_weaker_signature_is_made_while_the_authority_is_down(pki: Settings) -> None:
    signer = SignerPyhanko(pki.pki_dir, NOBODY, ocsp_url=pki.ocsp_url)
    try:
        with pytest.raises(TryAgain):
            await archived(signer)
    finally:
        await signer.close()


async def test_the_time_stamp_of_an_authority_that_is_not_trusted_is_thrown_away(
    signer: SignerPyhanko, pki: Settings, tmp_path: Path
) -> None:
    signed = await signed_by(signer, blank_pdf("minutes", 2), [CLERK])
    folder = tmp_path / "pki"
    shutil.copytree(pki.pki_dir, folder)
    shutil.copy(folder / "roots.pem", folder / "tsa-roots.pem")
    other = SignerPyhanko(folder, pki.tsa_url, ocsp_url=pki.ocsp_url)
    try:
        with pytest.raises(PersonMustAct, match="timestamp_invalid"):
            await other.renew_pdf(signed)
    finally:
        await other.close()
