"""Time-stamps from an RFC 3161 authority, for detached objects and, inside, for PAdES signatures.

Every token is checked before anyone sees it: imprint, nonce, time, purpose of the certificate and its path.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import algos, cms, pem, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, handle_tsp_response
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from adapters.odd_answers import asked_again
from adapters.signing.http import HttpClient, HttpRefused
from adapters.signing.revocation import RevocationSource
from domain.errors import PersonMustAct

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
CLOCK_TOLERANCE = timedelta(seconds=5)
"""A token from further away than this is refused: either clock is wrong, and a wrong time must never be sealed."""


ODD = frozenset({"timestamp_refused", "timestamp_invalid"})
"""Garbage, or an answer to another question, may be one proxy's hiccup; a wrong clock is not."""


class TsaRfc3161:
    """The `TimestampAuthority` port."""

    def __init__(self, url: str, roots: Sequence[x509.Certificate], http: HttpClient | None = None) -> None:
        self._http = http or HttpClient()
        self.stamper = CheckedTimeStamper(url, roots, self._http)

    @classmethod
    def from_pki(cls, url: str, pki_dir: Path) -> "TsaRfc3161":
        """An authority that must lead to one of `tsa-roots.pem`."""
        return cls(url, read_certificates(pki_dir / "tsa-roots.pem"))

    async def token(self, digest: bytes) -> bytes:
        """An RFC 3161 token (DER) over a SHA-256 digest.

        Raises TryAgain when the authority does not answer; PersonMustAct `timestamp_refused` when it declines,
        `timestamp_invalid` when its token fails a check, `timestamp_clock` when its time and ours differ.
        """
        if len(digest) != 32:
            raise ValueError("a SHA-256 digest has 32 bytes")
        return await asked_again(lambda: self._judged_token(digest), ODD)

    async def _judged_token(self, digest: bytes) -> bytes:
        token = await self.stamper.ask(digest, "sha256")
        await self.stamper.judge(token, digest)
        return bytes(token.dump())

    async def close(self) -> None:
        await self._http.close()


class CheckedTimeStamper(TimeStamper):
    """pyHanko's client with our HTTP session, and with the checks that only whoever asked can make.

    Who signed a token is judged once: a detached one by `judge`, one inside a signature when that is validated.
    """

    def __init__(self, url: str, roots: Sequence[x509.Certificate], http: HttpClient) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url
        self._roots = list(roots)
        self._http = http
        self._revocation = RevocationSource(http, roots)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return await asked_again(lambda: self.ask(message_digest, md_algorithm), ODD)

    async def ask(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """One question, and its answer if that is about this question."""
        asked_at = datetime.now(UTC)
        nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
        response = await self.async_request_tsa_response(request)
        try:
            token = handle_tsp_response(response, nonce)
        except (TimestampRequestError, ValueError, TypeError, KeyError, AttributeError) as reason:
            # scar: an answer without a nonce ends in AttributeError inside pyHanko's own message
            raise PersonMustAct("timestamp_refused", reason=str(reason)) from reason
        check_words(token, message_digest, md_algorithm, asked_at)
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            return tsp.TimeStampResp.load(await self._http.post(self.url, req.dump(), QUERY, REPLY), strict=True)
        except (HttpRefused, ValueError) as reason:
            raise PersonMustAct("timestamp_refused", reason=str(reason)) from reason

    async def certificates(self) -> list[x509.Certificate]:
        """The certificates that came with this authority's tokens; asks for one token if there was none yet."""
        await self.async_dummy_response("sha256")
        return list(self._certs.values())

    async def judge(self, token: cms.ContentInfo, digest: bytes) -> None:
        """RFC 3161 2.3: signature, time-stamping purpose and path to a root that we trust. Raises PersonMustAct."""
        try:
            stampers = extract_certs_for_validation(token["content"])
            answers = await self._revocation.about([stampers.signer_cert, *stampers.other_certs])
            context = ValidationContext(
                trust_roots=self._roots, crls=answers.crls, ocsps=answers.ocsp_responses, revocation_mode="hard-fail"
            )
            found = await validate_tst_signed_data(token["content"], context, lambda _: digest)
        except (SignatureValidationError, ValueError, TypeError, KeyError) as reason:
            raise PersonMustAct("timestamp_invalid", reason=str(reason)) from reason
        if not (found["intact"] and found["valid"] and found["trust_problem_indic"] is None):
            raise PersonMustAct("timestamp_invalid", reason=str(found["trust_problem_indic"] or "imprint or signature"))


def check_words(token: cms.ContentInfo, digest: bytes, algorithm: str, asked_at: datetime) -> None:
    """RFC 3161 2.2: the token is about this digest and says a time between our asking and now. Raises PersonMustAct."""
    try:
        said = token["content"]["encap_content_info"]["content"].parsed
        imprint, stamped_at = said["message_imprint"], said["gen_time"].native
        same = (imprint["hashed_message"].native, imprint["hash_algorithm"].native) == (
            digest,
            algos.DigestAlgorithm({"algorithm": algorithm}).native,
        )
    except (ValueError, TypeError, KeyError) as reason:
        raise PersonMustAct("timestamp_invalid", reason=str(reason)) from reason
    if not same:
        raise PersonMustAct("timestamp_invalid", reason="imprint")
    if not asked_at - CLOCK_TOLERANCE <= stamped_at <= datetime.now(UTC) + CLOCK_TOLERANCE:
        raise PersonMustAct("timestamp_clock", stamped_at=stamped_at.isoformat())


def read_certificates(path: Path) -> list[x509.Certificate]:
    """Every certificate of a PEM file."""
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(path.read_bytes(), multiple=True)]
