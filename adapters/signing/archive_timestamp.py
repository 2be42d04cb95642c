"""The time-stamp over a whole document: what lifts it to PAdES level B-LTA (ETSI EN 319 142-1, clause 6.3).

It covers the signatures, their own time-stamps and all that both are validated with, so that these still count once the
certificates that made them have expired. The next one goes over it in the same way.
"""

from collections.abc import Sequence
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper

from adapters.signing.revocation import RevocationAnswers
from adapters.signing.validation_data import add_validation_data

__all__ = ["add_document_timestamp"]

ALGORITHM = "sha256"


async def add_document_timestamp(
    pdf: bytes,
    field: str,
    stamper: TimeStamper,
    certificates: Sequence[x509.Certificate],
    answers: RevocationAnswers,
) -> bytes:
    """`pdf` with one more revision: a time-stamp, unseen on the pages, in `field`, over what validates it too.

    `certificates` and `answers` are those of the authority; what the document carries already is not repeated.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
    add_validation_data(writer, certificates, answers)
    stamped = await PdfTimeStamper(stamper, field, readable_field_name=field).async_timestamp_pdf(writer, ALGORITHM)
    return bytes(stamped.getbuffer())
