"""What an authority says of a certificate at this moment (OCSP, RFC 6960), asked where the certificate says."""

import logging

import aiohttp
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import AuthorityInformationAccess, Certificate, ExtensionNotFound, UniformResourceIdentifier
from cryptography.x509.ocsp import OCSPRequestBuilder, OCSPResponseStatus, load_der_ocsp_response
from cryptography.x509.oid import AuthorityInformationAccessOID

log = logging.getLogger("identity.own_certificate")

SECONDS = 5.0
LARGEST = 32 * 1024


async def status_of(certificate: Certificate, issuer: Certificate) -> bytes:
    """DER of the responder's answer, whatever it says; empty where none was to be had.

    Only for a certificate whose signature by a believed authority holds: the address is one that it names.
    """
    where = _responder(certificate)
    # Standard: responders of many providers know certificates by SHA-1 alone (RFC 5019, 2.1.1); it protects nothing.
    asked = OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1()).build()  # noqa: S303
    if where is None:
        return b""
    try:
        content = await _posted(where, asked.public_bytes(Encoding.DER))
        said = load_der_ocsp_response(content).response_status
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        log.warning("a responder does not answer", extra={"kind": type(error).__name__})
        return b""
    return content if said is OCSPResponseStatus.SUCCESSFUL else b""


async def _posted(where: str, asked: bytes) -> bytes:
    headers = {"Content-Type": "application/ocsp-request"}
    within = aiohttp.ClientTimeout(total=SECONDS)
    async with (
        aiohttp.ClientSession(timeout=within) as session,
        session.post(where, data=asked, headers=headers, allow_redirects=False) as answer,
    ):
        answer.raise_for_status()
        content = await answer.content.read(LARGEST + 1)
        while len(content) <= LARGEST and (more := await answer.content.read(LARGEST + 1)):
            content += more
    if len(content) > LARGEST:
        raise ValueError("too large")
    return content


def _responder(certificate: Certificate) -> str | None:
    try:
        named = certificate.extensions.get_extension_for_class(AuthorityInformationAccess).value
    except (ExtensionNotFound, ValueError):
        return None
    for one in named:
        place = one.access_location
        if one.access_method == AuthorityInformationAccessOID.OCSP and isinstance(place, UniformResourceIdentifier):
            return place.value if place.value.startswith("http://") or place.value.startswith("https://") else None
    return None
