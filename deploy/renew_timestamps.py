"""Keep signed documents provable for decades: `python -m deploy.renew_timestamps FILE... --out FOLDER`.

Each PDF gets one more time-stamp over the whole of it, with what that is validated with: before the certificate of
the latest one ends, or its algorithm weakens (ETSI EN 319 142-1, clause 5.4.3). Of each evidence bundle a renewal is
made beside it, `FOLDER/NAME/1.zip` and so on: give the same folder each time, and give it to whoever verifies
(`--renewals FOLDER/NAME`). The files given stay as they are: keep both, since the journal and the bundle of an act
speak of the PDF of before, and a renewal is of the bundle as it is.
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
from evidence.canonical import Malformed
from evidence.certificates import RevocationEvidence
from evidence.cms import CmsUnreadable, TimeToken, digest_of, read_token, signed_data
from evidence.container import ContainerRefused, pack, unpack
from evidence.layout import SEAL, SEAL_TOKEN
from evidence.opened import OpenedBundle
from evidence.pdf import PdfUnreadable, SignedPdf, read_pdf
from evidence.renewals import digest_over, renewal_name, token_of_renewal
from settings import ProcessSettings

CONTAINER = b"PK"


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
        try:
            content = path.read_bytes()
            made = renew_bundle if content.startswith(CONTAINER) else renew_pdf
            target, renewed, until = await made(path, content, out, signer)
            # Whole or not at all: what is cut short would stand in the way of the next time.
            part = out / f".{path.name}.part"
            part.write_bytes(renewed)
            target.parent.mkdir(exist_ok=True)
            part.replace(target)
            print(f"{target}: to be renewed before {until:%Y-%m-%d}")
        except (OSError, PdfUnreadable, ContainerRefused, Malformed, CmsUnreadable, EstradoError, NotRenewed) as fault:
            failed += 1
            print(f"{path}: {fault}", file=sys.stderr)
    return failed


async def renew_pdf(path: Path, content: bytes, out: Path, signer: SignerPyhanko) -> tuple[Path, bytes, datetime]:
    """Where the PDF with one more time-stamp goes, its bytes, and until when that lasts."""
    target = out / path.name
    if target.exists():
        raise NotRenewed(f"{target} is there already")
    check_in_time(read_pdf(content), datetime.now(UTC))
    renewed = await signer.renew_pdf(content)
    return target, renewed, ends(read_pdf(renewed))


async def renew_bundle(path: Path, content: bytes, out: Path, signer: SignerPyhanko) -> tuple[Path, bytes, datetime]:
    """Where the next renewal of the bundle goes, its bytes, and until when it lasts."""
    folder = out / path.stem
    parts, latest = [content], sealed_at(OpenedBundle(unpack(content)))
    while (before := folder / renewal_name(len(parts))).exists():
        kept = before.read_bytes()
        latest = token_of_renewal(kept, digest_over(parts))
        if not latest.intact:
            raise NotRenewed(f"{before} is of another file")
        parts.append(kept)
    until = latest.certificate.not_valid_after
    if datetime.now(UTC) > until:
        raise NotRenewed(f"too late: the certificate of its latest time-stamp ended on {until:%Y-%m-%d}")
    over = digest_over(parts)
    renewed = pack(await signer.timestamp_apart(over("sha512")))
    return folder / renewal_name(len(parts)), renewed, token_of_renewal(renewed, over).certificate.not_valid_after


def sealed_at(bundle: OpenedBundle) -> TimeToken:
    """The time-stamp of the seal, which the first renewal keeps; `NotRenewed` when there is none over this seal."""
    if bundle.damaged or SEAL_TOKEN not in bundle.members:
        raise NotRenewed("its seal has no time-stamp that could be renewed, or it is damaged")
    token = read_token(signed_data(bytes(bundle.read(SEAL_TOKEN))), digest_of(bytes(bundle.read(SEAL))))
    if not token.intact:
        raise NotRenewed("it was changed after it was sealed")
    return token


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
    told.add_argument("files", nargs="+", type=Path, metavar="FILE", help="signed PDFs and evidence bundles")
    told.add_argument(
        "--out", type=Path, required=True, help="the folder for the renewed PDFs and the renewals of bundles"
    )
    chosen = told.parse_args()
    return 1 if asyncio.run(_main(chosen.files, chosen.out)) else 0


if __name__ == "__main__":
    sys.exit(main())
