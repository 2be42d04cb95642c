"""Table: who signs the minutes, and when; and who says that somebody does not sign, and why."""

from domain.commands import Author, Command, RecordMissingSignature, SignWithCertificate
from domain.rules import signing as rules
from tests.domain.cases import AS_CLERK, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.held import absent_party, brought, signed_by_parties
from tests.domain.samples import approved, arrived, signed
from tests.domain.signing import CERTIFICATE, MINE, NO, refused

MISSING = rules.may_record_missing_signature


def cannot(author: Author) -> Command:
    return asking(RecordMissingSignature, author, **NO)


UNSIGNED = [
    Case(
        "the clerk signs the minutes",
        signed_by_parties,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK, **MINE),
        PERMITTED,
    ),
    Case(
        "the clerk signs the minutes before the parties",
        approved,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK, **MINE),
        "signature_out_of_turn",
    ),
    Case(
        "the clerk signs the minutes without the party who never came",
        absent_party,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK, **MINE),
        PERMITTED,
    ),
    Case(
        "the clerk says that somebody cannot sign",
        approved,
        MISSING,
        cannot(AS_CLERK),
        PERMITTED,
    ),
    Case(
        "a party says so of another",
        approved,
        MISSING,
        cannot(AS_RESPONDENT),
        "authority_only",
    ),
    Case("of who has signed", signed, MISSING, cannot(AS_CLERK), "already_signed"),
    Case("of who has refused", refused, MISSING, cannot(AS_CLERK), "already_refused"),
    Case("of whom nobody asks", brought, MISSING, cannot(AS_CLERK), "signature_not_planned"),
    Case("before the act, of somebody", arrived, MISSING, cannot(AS_CLERK), "wrong_stage"),
]
