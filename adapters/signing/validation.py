"""Strict validation of our own signatures, right after they were made.

pyHanko signs without complaint when revocation data are missing; only a strict validation notices. What does not
pass here is thrown away and never leaves the signing adapter.
"""

import asyncio
from collections.abc import Sequence

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, StandardDiffPolicy
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_detached_cms,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from adapters.signing.revocation import RevocationSource
from domain.errors import PersonMustAct
from evidence.signed_file import SignedFile
from evidence.usages import FileRevision
from evidence.validation_data import keeps_to_validation_data

# Non-repudiation is what a person's signature and a seal are for (ETSI EN 319 412-2 4.3.2).
SIGNING = KeyUsageConstraints(key_usage={"non_repudiation"})


class StrictPolicy(StandardDiffPolicy):
    """pyHanko's own strict policy, without looking for every use of what nobody has changed."""

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        return super().apply(FileRevision(old.reader, old.revision, {}), new, field_mdp_spec, doc_mdp)


STRICT = StrictPolicy(DEFAULT_DIFF_POLICY.global_rules, DEFAULT_DIFF_POLICY.form_rule)


class SignatureValidator:
    """Judges by the roots of this installation, with revocation data that must be there."""

    def __init__(
        self,
        roots: Sequence[x509.Certificate],
        tsa_roots: Sequence[x509.Certificate],
        chain: Sequence[x509.Certificate],
        revocation: RevocationSource,
    ) -> None:
        self._roots, self._tsa_roots, self._chain = list(roots), list(tsa_roots), list(chain)
        self._revocation = revocation

    async def check_pdf(self, pdf: bytes, field: str, *, timestamped: bool, carried: bool = False) -> None:
        """The newest signature of `pdf` is that of `field`, holds in all respects and left the one before as it was.

        `carried`: by nothing but the certificates, answers and lists that the document carries, as whoever opens it
        when the services that gave them are gone.
        By induction every earlier signature stands too: each was checked against its predecessor when it was made.
        Raises PersonMustAct `timestamp_invalid` or `signature_invalid`.
        """
        try:
            read = SignedFile(pdf)
            signatures = list(read.embedded_signatures)
            newest = signatures[-1] if signatures else None
            if newest is None or newest.field_name != field:
                raise PersonMustAct("signature_invalid", field=field, reason="the signature is not in the document")
            status = await self._status(newest, DocumentSecurityStore.read_dss(read) if carried else None)
            if timestamped and not is_stamped(status):
                raise PersonMustAct("timestamp_invalid", reason=status.summary())
            problems = [] if status.bottom_line else [status.summary()]
            if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
                problems.append("does not cover the whole file")
            if carried and keeps_to_validation_data({}, read) is None:
                problems.append("its validation data are not written as a verifier wants them")
            if len(signatures) > 1 and not await asyncio.to_thread(still_stands, signatures[-2]):
                problems.append(f"breaks {signatures[-2].field_name}")
        except (PdfError, SignatureValidationError, ValueError) as reason:
            raise PersonMustAct("signature_invalid", field=field, reason=str(reason)) from reason
        if problems:
            raise PersonMustAct("signature_invalid", field=field, reason="; ".join(problems))

    async def check_document_timestamp(self, pdf: bytes, field: str) -> None:
        """The newest thing in `pdf` is a time-stamp over all of it, in `field`, that holds by what is in the document.

        Raises PersonMustAct `timestamp_invalid` or `signature_invalid`.
        """
        try:
            read = SignedFile(pdf)
            stamps = list(read.embedded_timestamp_signatures)
            everything = list(read.embedded_signatures)
            if not stamps or stamps[-1].field_name != field or everything[-1].field_name != field:
                raise PersonMustAct("timestamp_invalid", reason="the time-stamp is not in the document")
            store = DocumentSecurityStore.read_dss(read)
            context = store.as_validation_context({"trust_roots": self._tsa_roots, "revocation_mode": "require"})
            status = await async_validate_pdf_timestamp(stamps[-1], context)
            holds = status.intact and status.valid and status.trusted
            if not holds or status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
                raise PersonMustAct("timestamp_invalid", reason=status.summary())
            if keeps_to_validation_data({}, read) is None:
                raise PersonMustAct("timestamp_invalid", reason="its validation data are not written as they should be")
            if len(everything) > 1 and not await asyncio.to_thread(still_stands, everything[-2]):
                raise PersonMustAct("signature_invalid", field=field, reason=f"breaks {everything[-2].field_name}")
        except (PdfError, SignatureValidationError, ValueError) as reason:
            raise PersonMustAct("timestamp_invalid", reason=str(reason)) from reason

    async def check_cms(self, seal: cms.ContentInfo, data: bytes) -> None:
        """A detached signature over `data` holds. Raises PersonMustAct."""
        signed = cms.ContentInfo.load(seal.dump())["content"]
        context = await self._context(self._roots, certificates_of(signed))
        status = await async_validate_detached_cms(
            data, signed, signer_validation_context=context, key_usage_settings=SIGNING
        )
        if not status.bottom_line:
            raise PersonMustAct("signature_invalid", field="", reason=status.summary())

    async def _status(self, signature: EmbeddedPdfSignature, store: DocumentSecurityStore | None) -> PdfSignatureStatus:
        if store is not None:
            return await async_validate_pdf_signature(
                signature,
                store.as_validation_context({"trust_roots": self._roots, "revocation_mode": "require"}),
                store.as_validation_context({"trust_roots": self._tsa_roots, "revocation_mode": "require"}),
                key_usage_settings=SIGNING,
            )
        tokens = extract_tst_data_iter(signature.signer_info, signed=False)
        stampers = [certificate for token in tokens for certificate in certificates_of(token)]
        return await async_validate_pdf_signature(
            signature,
            await self._context(self._roots, certificates_of(signature.signed_data)),
            await self._context(self._tsa_roots, stampers),
            key_usage_settings=SIGNING,
        )

    async def _context(
        self, roots: Sequence[x509.Certificate], certificates: Sequence[x509.Certificate]
    ) -> ValidationContext:
        answers = await self._revocation.about([*certificates, *self._chain])
        return ValidationContext(
            trust_roots=list(roots),
            other_certs=self._chain,
            crls=answers.crls,
            ocsps=answers.ocsp_responses,
            revocation_mode="require",
        )


def is_stamped(status: PdfSignatureStatus) -> bool:
    """The signature holds a time-stamp that holds itself."""
    stamp = status.timestamp_validity
    return stamp is not None and stamp.valid and stamp.intact and stamp.trusted


def certificates_of(signed: cms.SignedData) -> list[x509.Certificate]:
    """The certificates that a CMS object carries."""
    return [one.chosen for one in signed["certificates"]]


def still_stands(signature: EmbeddedPdfSignature) -> bool:
    """What was appended after this signature is only more signatures, by pyHanko's strict difference policy."""
    signature.compute_integrity_info(STRICT)
    found = signature.summarise_integrity_info()
    return bool(found["docmdp_ok"]) and signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
