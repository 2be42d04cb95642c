"""Fetches CRLs and OCSP answers for certificates and keeps them for a short while.

Strict validation asks for them at every signature; a verifier years later needs the same bytes in the bundle.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from asn1crypto import crl, ocsp, x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.ocsp import OCSPRequestBuilder

from adapters.signing.http import HttpClient, HttpRefused
from domain.errors import TryAgain

FRESH_SECONDS = 60.0
"""For how long an answer is used again: a revocation is noticed at the latest after this."""


Answer: TypeAlias = "crl.CertificateList | ocsp.OCSPResponse"


@dataclass(frozen=True)
class RevocationAnswers:
    """What authorities said about some certificates, as parsed ASN.1; `.dump()` gives the bytes as received."""

    crls: tuple[crl.CertificateList, ...] = ()
    ocsp_responses: tuple[ocsp.OCSPResponse, ...] = ()


class RevocationSource:
    """Asks the addresses that certificates name (RFC 5280 4.2.1.13 and 4.2.2.1). Raises TryAgain."""

    def __init__(self, http: HttpClient, issuers: Sequence[x509.Certificate], ocsp_url: str | None = None) -> None:
        self._http = http
        self._issuers = {issuer.subject.hashable: issuer for issuer in issuers}
        self._ocsp_url = ocsp_url
        self._kept: dict[bytes | str, tuple[float, Answer]] = {}
        self._locks: dict[bytes | str, asyncio.Lock] = {}

    async def about(self, certificates: Sequence[x509.Certificate]) -> RevocationAnswers:
        """A CRL or an OCSP answer for each certificate that is not self-issued; OCSP where it is offered."""
        found: dict[int, Answer] = {}
        for certificate in certificates:
            issuer = self._issuers.get(certificate.issuer.hashable)
            if issuer is None or certificate.self_issued:
                continue
            if self._offers_ocsp(certificate):
                answers = [await self._ocsp(certificate, issuer)]
            else:
                answers = [await self._crl(url) for url in crl_urls(certificate)]
            found |= {id(answer): answer for answer in answers}
        return RevocationAnswers(
            crls=tuple(one for one in found.values() if isinstance(one, crl.CertificateList)),
            ocsp_responses=tuple(one for one in found.values() if isinstance(one, ocsp.OCSPResponse)),
        )

    def _offers_ocsp(self, certificate: x509.Certificate) -> bool:
        return bool(certificate.ocsp_urls)

    async def _crl(self, url: str) -> Answer:
        async def fetch() -> Answer:
            return crl.CertificateList.load(await self._get(url))

        return await self._once(url, fetch)

    async def _ocsp(self, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer:
        subject, authority = (load_der_x509_certificate(one.dump()) for one in (certificate, issuer))
        # SHA-1 only names the issuer here (RFC 5019 2.1.1); responders look answers up by it. Nothing rests on it.
        request = OCSPRequestBuilder().add_certificate(subject, authority, SHA1()).build()  # noqa: S303
        body, url = request.public_bytes(Encoding.DER), self._ocsp_url or str(certificate.ocsp_urls[0])

        async def fetch() -> Answer:
            return ocsp.OCSPResponse.load(await self._post(url, body))

        return await self._once(body, fetch)

    async def _once(self, key: bytes | str, fetch: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer that is kept, parsed only once, or a fresh one."""
        # One question at a time per certificate: many signatures at once must not be many identical questions.
        async with self._locks.setdefault(key, asyncio.Lock()):
            kept = self._kept.get(key)
            if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
                self._kept[key] = kept = time.monotonic(), await fetch()
            return kept[1]

    async def _get(self, url: str) -> bytes:
        try:
            return await self._http.get(url)
        except HttpRefused as reason:
            raise TryAgain(str(reason)) from reason

    async def _post(self, url: str, body: bytes) -> bytes:
        try:
            return await self._http.post(url, body, "application/ocsp-request", "application/ocsp-response")
        except HttpRefused as reason:
            raise TryAgain(str(reason)) from reason


def crl_urls(certificate: x509.Certificate) -> list[str]:
    """The HTTP addresses of the certificate's CRL."""
    points = certificate.crl_distribution_points
    return [str(point.url) for point in points if point.url and str(point.url).startswith("http")]
