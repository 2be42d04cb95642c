"""What a signature is validated with once the services that say it are gone: certificates, OCSP answers and CRLs.

They are written in the same revision as the signature (ETSI EN 319 142-1 clause 6.3, level B-LT): the signature and its
time-stamp then cover them too, it stays the last thing in the file, and nothing has to be allowed after it.
"""

from collections.abc import Sequence

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from adapters.signing.revocation import RevocationAnswers

__all__ = ["add_validation_data"]


def add_validation_data(
    writer: IncrementalPdfFileWriter, certificates: Sequence[x509.Certificate], answers: RevocationAnswers
) -> None:
    """Into the document's security store (`/DSS`, ISO 32000-2 12.8.4.3), with what earlier signatures put there.

    Whom a validator trusts it brings itself: roots are left out.
    """
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,  # no /VRI: which signature they are for is seen from what they say
        certs=[one for one in certificates if not one.self_issued],
        ocsps=answers.ocsp_responses,
        crls=answers.crls,
    )
