"""Whether a certificate may be believed: issued by an authority of the list, in time, for this use, not revoked.

What the authority says of it now is asked when the browser shows it, and judged later from what was kept then: a step
that is tried again hours later gives the same verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import Certificate, load_der_x509_certificate
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

from domain.errors import Refusal
from domain.refusals.identity import (
    CERTIFICATE_EXPIRED,
    CERTIFICATE_ISSUER_UNKNOWN,
    CERTIFICATE_REVOKED,
    CERTIFICATE_STATUS_UNKNOWN,
    CERTIFICATE_UNSUITABLE,
)

POLICY = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.OCSP_REQUIRED,
        # There is none between: who issued it is believed itself.
        intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
    )
)

CLOCKS_DIFFER = timedelta(minutes=1)
"""Between a responder and the listener."""


@dataclass(frozen=True)
class Authorities:
    """Those that are believed, each itself: no chain is followed above them, as with those of a trusted list."""

    certificates: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, path: Path) -> "Authorities":
        """Raises `ValueError` for a file without certificates, `OSError` where there is none."""
        found = [der for kind, _, der in pem.unarmor(path.read_bytes(), multiple=True) if kind == "CERTIFICATE"]
        return cls(tuple(x509.Certificate.load(der) for der in found))

    def issuer_of(self, certificate: Certificate) -> Certificate | None:
        """Who issued it, if believed: by name and signature."""
        for known in self.certificates:
            issuer = load_der_x509_certificate(known.dump())
            try:
                certificate.verify_directly_issued_by(issuer)
            except (InvalidSignature, ValueError, TypeError):
                continue
            return issuer
        return None


async def refuse_unbelieved(certificate: x509.Certificate, status: bytes, at: datetime, known: Authorities) -> None:
    """Raises `Refusal`: what is wrong with it at the moment `at`, judged with the authority's answer of then."""
    context = ValidationContext(
        trust_roots=list(known.certificates),
        moment=at,
        ocsps=_read(status),
        revinfo_policy=POLICY,
        time_tolerance=CLOCKS_DIFFER,
        allow_fetching=False,
    )
    validator = CertificateValidator(certificate, validation_context=context)
    try:
        await validator.async_validate_usage({"digital_signature"}, {"client_auth"}, extended_optional=True)
    except (ExpiredError, NotYetValidError) as error:
        raise Refusal(CERTIFICATE_EXPIRED) from error
    except RevokedError as error:
        raise Refusal(CERTIFICATE_REVOKED) from error
    except InsufficientRevinfoError as error:
        raise Refusal(CERTIFICATE_STATUS_UNKNOWN) from error
    except PathBuildingError as error:
        raise Refusal(CERTIFICATE_ISSUER_UNKNOWN) from error
    except ValidationError as error:
        raise Refusal(CERTIFICATE_UNSUITABLE) from error


def _read(status: bytes) -> Sequence[bytes]:
    return [status] if status else []
