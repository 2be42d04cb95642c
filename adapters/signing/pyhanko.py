"""PAdES signatures and CMS seals with pyHanko, each validated strictly before anyone receives it.

Keys are files here; an HSM takes their place by another `pyhanko` signer (PKCS#11), nothing else changes.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from adapters.fonts import font_path, fonts_dir
from adapters.signing.archive_timestamp import add_document_timestamp
from adapters.signing.http import HttpClient
from adapters.signing.revocation import RevocationAnswers, RevocationSource
from adapters.signing.stamp import StampStyle, place
from adapters.signing.timestamps import CheckedTimeStamper, read_certificates
from adapters.signing.validation import SignatureValidator
from adapters.signing.validation_data import add_validation_data
from domain.errors import PersonMustAct, Refusal
from domain.ports.signing import SignatureRequest
from domain.refusals.signing import CERTIFICATE_OF_ANOTHER
from domain.types.signature_levels import SignatureLevel
from evidence.holders import is_of
from evidence.signed_file import SignedFile

RENEWAL_ALGORITHM = "sha512"
"""Another than that of the seal and its time-stamp: what is renewed stands when that one no longer does."""
CERTIFICATE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


class KeptKeySigner(Signer):
    """Signs with a key that was read and checked once. pyHanko's own file signer reads it at each use: 40 ms more."""

    def __init__(self, certificate: x509.Certificate, key: object, others: SimpleCertificateStore) -> None:
        if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
            raise ValueError("only RSA and ECDSA keys sign here (CCN-STIC-807)")
        super().__init__(signing_cert=certificate, cert_registry=others)
        self._key = key
        self._tried: dict[bool, cms.ContentInfo] = {}

    async def async_sign(
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
        use_pades: bool = False,
        timestamper: TimeStamper | None = None,
        *rest: Any,
        **named: Any,
    ) -> cms.ContentInfo:
        """As pyHanko does; what room a signature takes is tried out once (pyHanko adds a half to it in any case)."""
        with_token = timestamper is not None
        if dry_run and with_token in self._tried:
            return self._tried[with_token]
        made = await super().async_sign(data_digest, digest_algorithm, dry_run, use_pades, timestamper, *rest, **named)
        if dry_run:
            self._tried[with_token] = made
        return made

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:  # to see how much room it takes: as much as the key is long, and a little more for ECDSA's framing
            return bytes(self._key.key_size // 4)
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), digest)
        return self._key.sign(data, ECDSA(digest))


class SignerPyhanko:
    """The `Signer` port, with `<name>.key.pem`, `<name>.cert.pem`, `chain.pem`, `roots.pem`, `tsa-roots.pem`."""

    def __init__(
        self, pki_dir: Path, tsa_url: str, *, ocsp_url: str | None = None, http: HttpClient | None = None
    ) -> None:
        self._directory = pki_dir
        self._http = http or HttpClient()
        self._chain = read_certificates(pki_dir / "chain.pem")
        roots, tsa_roots = read_certificates(pki_dir / "roots.pem"), read_certificates(pki_dir / "tsa-roots.pem")
        self._stamper = CheckedTimeStamper(tsa_url, tsa_roots, self._http)
        self._revocation = RevocationSource(self._http, [*self._chain, *roots, *tsa_roots], ocsp_url)
        self._validator = SignatureValidator(roots, tsa_roots, self._chain, self._revocation)
        self._signers: dict[str, KeptKeySigner] = {}

    async def sign_pdf(self, pdf: bytes, request: SignatureRequest) -> bytes:
        """`pdf` with one more revision that holds the stamp, the evidence record and the PAdES signature asked for.

        Raises Refusal `certificate_of_another`; TryAgain when TSA, OCSP or CRL do not answer (the signature is held,
        never made weaker); and PersonMustAct `document_unreadable`,
        `signature_field_taken`, `signature_area_full`, `certificate_missing`, `timestamp_*` or, when the result does
        not validate strictly, `signature_invalid`.
        """
        signer = self._signer(request.certificate)
        holder = request.holder
        if holder is not None and not is_of(signer.signing_cert, holder.name, holder.document_number):
            raise Refusal(CERTIFICATE_OF_ANOTHER, name=holder.name)
        try:
            # Writing to a copy: pyHanko appends to the stream that it reads from.
            writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
            carries = request.level is not SignatureLevel.B_T
            if carries:
                add_validation_data(writer, *await self._validation_data(signer))
            signed = await self._pdf_signer(signer, writer, request).async_sign_pdf(writer)
        except SigningError as reason:
            raise PersonMustAct("signature_field_taken", field=request.field_name) from reason
        except PdfError as reason:
            raise PersonMustAct("document_unreadable", reason=str(reason)) from reason
        content = bytes(signed.getbuffer())
        await self._validator.check_pdf(content, request.field_name, timestamped=request.timestamp, carried=carries)
        return await self.renew_pdf(content) if request.level is SignatureLevel.B_LTA else content

    async def renew_pdf(self, pdf: bytes) -> bytes:
        """`pdf` with a time-stamp over all of it, and with what that is validated with.

        The first makes a document one of level B-LTA; a further one keeps it so, in time before the one before ends.
        Raises as `sign_pdf` does.
        """
        field = f"timestamp-{len(SignedFile(pdf).embedded_timestamp_signatures) + 1}"
        stamping = await self._stamper.certificates()
        answers = await self._revocation.about([*self._chain, *stamping])
        content = await add_document_timestamp(pdf, field, self._stamper, stamping, answers)
        await self._validator.check_document_timestamp(content, field)
        return content

    async def timestamp_apart(self, digest: bytes) -> dict[str, bytes]:
        """A renewal of what has this SHA-512 digest: `token.tst`, and `pki/...` with what it is validated with.

        Raises as `TsaRfc3161.token` does, and TryAgain when OCSP or CRL do not answer.
        """
        token = await self._stamper.async_timestamp(digest, RENEWAL_ALGORITHM)
        await self._stamper.judge(token, digest)
        stamping = [one for one in await self._stamper.certificates() if not one.self_issued]
        answers = await self._revocation.about(stamping)
        found = [("certs", "cer", stamping), ("crls", "crl", answers.crls), ("ocsp", "ocsp", answers.ocsp_responses)]
        files = {"token.tst": bytes(token.dump())}
        for folder, ending, values in found:
            files |= {f"pki/{folder}/{sha256(one.dump()).hexdigest()}.{ending}": bytes(one.dump()) for one in values}
        return files

    async def seal_detached(self, data: bytes, certificate: str) -> bytes:
        """A detached CMS signature over `data` (CAdES B-B: signing time and certificate are signed), DER."""
        signer = self._signer(certificate)
        sealed = await signer.async_sign_general_data(data, "sha256", detached=True, use_cades=True)
        await self._validator.check_cms(sealed, data)
        return bytes(sealed.dump())

    async def certificates(self, names: Sequence[str], earlier: Sequence[str] = ()) -> dict[str, bytes]:
        """What a verifier needs besides the roots, DER, fetched now: `*.cer`, `*.crl` and `*.ocsp`.

        The certificates named, their issuers and that of the time-stamping authority, and what says of each that it
        was not revoked. Of `earlier` the key may be gone, or both.
        """
        own = [self._signer(name).signing_cert for name in names]
        own += [held for name in earlier if (held := self._held(name))]
        stamping = await self._stamper.certificates()
        holders = [*own, *self._chain, *stamping]
        answers = await self._revocation.about(holders)
        files = {f"{certificate.sha256.hex()}.cer": bytes(certificate.dump()) for certificate in holders}
        files |= {f"crl-{number}.crl": bytes(one.dump()) for number, one in enumerate(answers.crls, 1)}
        files |= {f"ocsp-{number}.ocsp": bytes(one.dump()) for number, one in enumerate(answers.ocsp_responses, 1)}
        return files

    async def _validation_data(self, signer: KeptKeySigner) -> tuple[list[x509.Certificate], RevocationAnswers]:
        """Every certificate of the signature and of its time-stamp, and what says of each that it was not revoked."""
        certificates = [signer.signing_cert, *self._chain, *await self._stamper.certificates()]
        return certificates, await self._revocation.about(certificates)

    async def close(self) -> None:
        await self._http.close()

    def _pdf_signer(
        self, signer: KeptKeySigner, writer: IncrementalPdfFileWriter, request: SignatureRequest
    ) -> PdfSigner:
        # No certification signature (DocMDP): it forbids every visible field that is not there yet, and who will sign
        # is not known when the first one does. The strict difference policy gives the same protection at validation.
        metadata = PdfSignatureMetadata(
            field_name=request.field_name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=request.reason,
            name=signer.subject_name,
        )
        lines = request.appearance or (request.reason,)
        style = StampStyle(
            lines=lines, font=font_path("Regular", fonts_dir()), record=request.record, drawing=request.drawing
        )
        field = SigFieldSpec(
            sig_field_name=request.field_name,
            on_page=-1,
            box=place(request.slot, last_page_box(writer)),
            readable_field_name=". ".join(lines),
        )
        stamper = self._stamper if request.timestamp else None
        return PdfSigner(metadata, signer, timestamper=stamper, stamp_style=style, new_field_spec=field)

    def _signer(self, name: str) -> KeptKeySigner:
        if name not in self._signers:
            if not CERTIFICATE_NAME.fullmatch(name):
                raise PersonMustAct("certificate_missing", certificate=name)
            try:
                self._signers[name] = self._load(name)
            except (OSError, ValueError) as reason:
                raise PersonMustAct("certificate_missing", certificate=name) from reason
        return self._signers[name]

    def _held(self, name: str) -> x509.Certificate | None:
        path = self._directory / f"{name}.cert.pem"
        return read_certificates(path)[0] if CERTIFICATE_NAME.fullmatch(name) and path.exists() else None

    def _load(self, name: str) -> KeptKeySigner:
        certificate = x509.Certificate.load(pem.unarmor((self._directory / f"{name}.cert.pem").read_bytes())[2])
        key = load_pem_private_key((self._directory / f"{name}.key.pem").read_bytes(), password=None)
        return KeptKeySigner(certificate, key, SimpleCertificateStore.from_certs(self._chain))


def last_page_box(writer: IncrementalPdfFileWriter) -> Sequence[float]:
    """The media box of the last page, which a page may inherit (ISO 32000-2 7.7.3.4)."""
    page = writer.root["/Pages"]
    box = page.get("/MediaBox")
    while "/Kids" in page:
        page = page["/Kids"][-1]
        box = page.get("/MediaBox", box)
    return [float(edge) for edge in box]
