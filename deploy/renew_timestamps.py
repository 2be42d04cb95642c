"""Keep signed documents provable for decades: `python -m deploy.renew_timestamps FILE... --out FOLDER`.

Each PDF gets one more time-stamp over the whole of it, with what that is validated with: before the certificate of
the latest one ends, or its algorithm weakens (ETSI EN 319 142-1, clause 5.4.3). The files given stay as they are: keep
both, since the journal and the bundle of an act speak of the one of before.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from adapters.signing.pyhanko import SignerPyhanko
from domain.errors import EstradoError
from evidence.certificates import RevocationEvidence
from evidence.pdf import PdfUnreadable, SignedPdf, read_pdf
from settings import ProcessSettings


class RenewalSettings(ProcessSettings):
    """What the order needs."""

    pki_dir: Path = Field(description="chain.pem, roots.pem, tsa-roots.pem: whom the time-stamp must lead to.")
    tsa_url: str = Field(description="RFC 3161 time-stamping service.")
    ocsp_url: str | None = Field(default=None, description="OCSP responder, where certificates name none.")


class NotRenewed(Exception):
    """A time-stamp added now would keep nothing, or something that does not hold."""


async def renew(files: Sequence[Path], out: Path, signer: SignerPyhanko) -> int:
    """How many of the files could not be renewed; the others stand in `out` under the same names."""
    failed = 0
    for path in files:
        target = out / path.name
        try:
            if target.exists():
                raise NotRenewed(f"{target} is there already")
            content = path.read_bytes()
            check_in_time(read_pdf(content), datetime.now(UTC))
            renewed = await signer.renew_pdf(content)
            # Whole or not at all: what is cut short would stand in the way of the next time.
            part = out / f".{path.name}.part"
            part.write_bytes(renewed)
            part.replace(target)
            print(f"{target}: to be renewed before {ends(read_pdf(renewed)):%Y-%m-%d}")
        except (OSError, PdfUnreadable, EstradoError, NotRenewed) as fault:
            failed += 1
            print(f"{path}: {fault}", file=sys.stderr)
    return failed


def check_in_time(pdf: SignedPdf, now: datetime) -> None:
    """Raise `NotRenewed` when its latest time-stamp can no longer be kept, or the document was changed after it."""
    latest = pdf.signatures[-1] if pdf.signatures else None
    if latest is None or latest.token is None:
        raise NotRenewed("nothing in it has a time-stamp that could be renewed")
    if pdf.lost or pdf.unread or not latest.covers_file or not all(one.unchanged for one in pdf.signatures):
        raise NotRenewed("it was changed after it was signed")
    if pdf.evidence == RevocationEvidence():
        raise NotRenewed("it does not carry what its signatures are validated with")
    if now > ends(pdf):
        raise NotRenewed(f"too late: the certificate of its latest time-stamp ended on {ends(pdf):%Y-%m-%d}")


def ends(pdf: SignedPdf) -> datetime:
    """When the certificate of the latest time-stamp ends."""
    token = pdf.signatures[-1].token
    assert token is not None
    until: datetime = token.certificate.not_valid_after
    return until


async def _main(files: Sequence[Path], out: Path) -> int:
    settings = RenewalSettings()
    signer = SignerPyhanko(settings.pki_dir, settings.tsa_url, ocsp_url=settings.ocsp_url)
    try:
        return await renew(files, out, signer)
    finally:
        await signer.close()


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.renew_timestamps", description=__doc__)
    told.add_argument("files", nargs="+", type=Path, metavar="FILE", help="signed PDFs")
    told.add_argument("--out", type=Path, required=True, help="an empty folder for the renewed ones")
    chosen = told.parse_args()
    return 1 if asyncio.run(_main(chosen.files, chosen.out)) else 0


if __name__ == "__main__":
    sys.exit(main())
