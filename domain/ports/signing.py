"""Signatures and time-stamps."""

from collections.abc import Sequence
from typing import Protocol

from domain.base import Value
from domain.types.signature_levels import SignatureLevel


class Holder(Value):
    """A person, as the procedure knows them."""

    name: str
    document_number: str | None = None


class SignatureRequest(Value):
    """What a signature on a PDF says and carries."""

    field_name: str
    certificate: str
    """Name of the key and certificate to sign with."""
    holder: Holder | None = None
    """Whose own certificate it must be; None where it is the body's."""
    reason: str
    appearance: tuple[str, ...]
    """Lines of the visible stamp: who, how, when."""
    slot: int
    """Position among the signatures of the document, from 0: stamps never overlap."""
    level: SignatureLevel
    record: tuple[str, bytes] | None = None
    """File name and bytes of the evidence record attached before signing."""
    timestamp: bool = True
    drawing: bytes | None = None
    """A bitmap that stands beside the lines, as `domain/procedure/handwriting.py` describes it."""


class Signer(Protocol):
    """PAdES and CAdES signatures, strictly validated right after they were made."""

    async def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> bytes:
        """`pdf` with one more signature (PAdES) of the level asked for, as an incremental update.

        Never a weaker one instead. Raises `Refusal('certificate_of_another')` when the certificate is not in the name
        of the holder asked for.
        """

    async def seal_detached(self, data: bytes, certificate: str) -> bytes:
        """A detached CMS signature over `data`, DER."""

    async def certificates(self, names: Sequence[str], earlier: Sequence[str] = ()) -> dict[str, bytes]:
        """Certificates, issuers, CRLs and OCSP answers that a verifier needs, by file name (DER).

        Nothing is signed any more with those in `earlier`: one that is not held is left out.
        """


class TimestampAuthority(Protocol):
    async def token(self, digest: bytes) -> bytes:
        """An RFC 3161 token (DER) over a SHA-256 digest; nonce and imprint are checked."""
