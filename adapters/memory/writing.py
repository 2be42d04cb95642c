"""Pages, signatures and time stamps that look like nothing but themselves: plain bytes, honestly marked."""

from collections.abc import Sequence
from datetime import datetime

import rfc8785

from domain.errors import Refusal, TryAgain
from domain.ports.documents import FixedDocument
from domain.ports.signing import SignatureRequest
from domain.procedure.minutes import WrittenDocument
from domain.refusals.files import FILE_EMPTY, FILE_TYPE_UNKNOWN
from domain.refusals.signing import CERTIFICATE_OF_ANOTHER
from domain.types.territory import Theme


class PlainTypesetter:
    """The words as canonical JSON; always two pages, so that reading page by page means something."""

    async def pdf(self, document: WrittenDocument, theme: Theme, logo: bytes, at: datetime) -> bytes:
        return rfc8785.dumps(document.model_dump(mode="json"))

    def pages(self, pdf: bytes) -> int:
        return 2


class PlainSigner:
    """A line at the end for each signature; can be told to be out of order, and whose a certificate is."""

    def __init__(self) -> None:
        self.out_of_order = False
        self.names: dict[str, str] = {}
        """Name in a certificate; one that is not here is in the name of whoever signs."""

    async def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> bytes:
        if self.out_of_order:
            raise TryAgain("the time-stamping service does not answer")
        if request.holder and self.names.get(request.certificate, request.holder.name) != request.holder.name:
            raise Refusal(CERTIFICATE_OF_ANOTHER, name=request.holder.name)
        beside = " beside a drawing" if request.drawing else ""
        return pdf + f"\nsigned {request.field_name} with {request.certificate}{beside}".encode()

    async def seal_detached(self, data: bytes, certificate: str) -> bytes:
        return f"sealed with {certificate}".encode()

    async def certificates(self, names: Sequence[str], earlier: Sequence[str] = ()) -> dict[str, bytes]:
        return {}


class MemoryTimestamps:
    async def token(self, digest: bytes) -> bytes:
        return b"stamped " + digest


class MemoryIntake:
    """Takes what it gets as one page a part; what calls itself a program, and what is nothing, is refused as such."""

    def inspect(self, parts: Sequence[bytes]) -> list[str]:
        for number, part in enumerate(parts, 1):
            if not part:
                raise Refusal(FILE_EMPTY, part=number)
            if part.startswith(b"MZ"):
                raise Refusal(FILE_TYPE_UNKNOWN, part=number)
        return ["image/png" if part.startswith(b"\x89PNG") else "application/pdf" for part in parts]

    async def fix(self, parts: Sequence[bytes], title: str, languages: Sequence[str], at: datetime) -> FixedDocument:
        self.inspect(parts)
        return FixedDocument(pdf=b"".join(parts), pages=len(parts))
