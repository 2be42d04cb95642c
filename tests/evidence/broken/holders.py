"""True certificates of the trusted authority used for what they are not: a seal is not any certificate."""

from collections.abc import Callable
from dataclasses import replace

from evidence.layout import SEAL
from evidence.parts import DocumentKind
from tests.evidence.broken.minutes import CLERK_SIGNED, draft_of, signed_by_the_clerk
from tests.evidence.broken.signatures import with_minutes
from tests.evidence.forge import DEFECTS, Defect, Telling, defect, insider, retell, with_outer
from tests.evidence.papers import seal_manifest, sign, stamp_time
from tests.evidence.sample import Sample, core_parts, document, hold_single_signing

NOT_THE_SEAL, NOT_FOR_THIS = "NOT_THE_SEAL_OF_THE_BODY", "CERTIFICATE_WRONG_PURPOSE"
NOT_THE_ACTS, ANOTHER = "NOT_THE_CERTIFICATE_OF_ACTS", "CERTIFICATE_OF_ANOTHER"

HOLDERS = (
    ("clerk", NOT_THE_SEAL, NOT_THE_ACTS, None),
    ("other-clerk", NOT_THE_SEAL, NOT_THE_ACTS, ANOTHER),
    ("citizen", NOT_THE_SEAL, NOT_THE_ACTS, ANOTHER),
    ("official", NOT_THE_SEAL, NOT_THE_ACTS, ANOTHER),
    ("foreign-seal", NOT_THE_SEAL, NOT_THE_ACTS, ANOTHER),
    ("seal-of-the-court", NOT_THE_SEAL, NOT_THE_ACTS, ANOTHER),
    ("acts", NOT_THE_SEAL, None, ANOTHER),
    ("acts-of-the-court", NOT_THE_SEAL, "CERTIFICATE_OF_ACTS_OF_ANOTHER_BODY", ANOTHER),
    ("seal", None, NOT_THE_ACTS, ANOTHER),
    ("web-server", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
    ("programs", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
    ("status", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
    ("mail-only", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
    ("unbound", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
    ("sub-authority", NOT_FOR_THIS, NOT_FOR_THIS, NOT_FOR_THIS),
)
"""Whose certificate, and what is said when it seals the bundle, wraps an authenticated act, signs for the clerk."""


def bundle_sealed_by(holder: str) -> Callable[[Sample], bytes]:
    def make(sample: Sample) -> bytes:
        seal = seal_manifest(sample.core.manifest, sample.pki.signer(holder))
        return with_outer(sample, seal=seal, seal_token=stamp_time(seal, sample.pki.stamper()))

    return make


def act_wrapped_by(holder: str) -> Callable[[Sample], bytes]:
    return lambda sample: insider(sample, core_parts(hold_single_signing(sample.pki, by=holder), sample.pki))


def minutes_signed_by(holder: str) -> Callable[[Sample], bytes]:
    """Signed in the clerk's name, without a seal; the journal tells of it as of the clerk's signature."""

    def make(sample: Sample) -> bytes:
        signed = sign(draft_of(sample), "certificate-laj", sample.pki.signer(holder), sample.pki.stamper())
        made = document(signed, "minutes", DocumentKind.MINUTES)

        def tell(told: list[Telling]) -> list[Telling]:
            kind, (draft, _), data = told[CLERK_SIGNED]
            return [*told[:CLERK_SIGNED], (kind, [draft, made.sha256], {**data, "signed_sha256": made.sha256})]

        parts = retell(sample.parts, tell)
        others = [one for one in parts.documents if one.kind is not DocumentKind.MINUTES]
        return insider(sample, replace(parts, documents=[*others, made]))

    return make


for _holder, _seals, _wraps, _signs in HOLDERS:
    for _how, _make, _where, _code in (
        ("bundle_sealed_by", bundle_sealed_by, SEAL, _seals),
        ("act_wrapped_by", act_wrapped_by, "documents/", _wraps),
        ("minutes_signed_by", minutes_signed_by, "documents/", _signs),
    ):
        if _code is not None:
            DEFECTS.append(Defect(f"{_how}_{_holder}", _make(_holder), _where, _code))


@defect("documents/", NOT_THE_SEAL)
def minutes_sealed_by_the_seal_of_another_administration(sample: Sample) -> bytes:
    foreign = sample.pki.signer("foreign-seal"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(signed_by_the_clerk(sample), "seal", *foreign))


@defect("documents/", NOT_THE_SEAL)
def minutes_sealed_by_the_seal_of_another_body(sample: Sample) -> bytes:
    other = sample.pki.signer("seal-of-the-court"), sample.pki.stamper()
    return with_minutes(sample, lambda _: sign(signed_by_the_clerk(sample), "seal", *other))


@defect("signatures/rec-par_1.json", "PAGES_DIFFER")
def document_of_two_pages_told_as_one(sample: Sample) -> bytes:
    return insider(sample, core_parts(hold_single_signing(sample.pki, pages=1), sample.pki))


@defect("signatures/rec-par_1.json", "PAGES_NOT_VIEWED")
def second_page_never_shown_and_not_told_of(sample: Sample) -> bytes:
    return insider(sample, core_parts(hold_single_signing(sample.pki, pages=1), sample.pki))


@defect("signatures/rec-par_1.json", "PAGES_DIFFER")
def document_of_two_pages_told_as_three(sample: Sample) -> bytes:
    return insider(sample, core_parts(hold_single_signing(sample.pki, pages=3), sample.pki))
