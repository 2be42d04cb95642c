"""Of CHK-08: each signing of the journal against the one signature that it made, and that against who was to sign."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from asn1crypto import x509

from evidence.bodies import Office, permits, signs_for
from evidence.certificates import holder
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.holders import is_of
from evidence.opened import IndexedDocument, OpenedBundle
from evidence.parts import ReferenceReason
from evidence.people import People
from evidence.signed_revisions import SignedRevision, read_document
from evidence.signing_story import Means, Signing, SigningStory
from evidence.trust import Trust

__all__ = ["CHECK", "Signings", "document_of"]

CHECK = NumberedCheck("CHK-08")
BODY = "body"
"""The participant that a seal is told of."""


def document_of(bundle: OpenedBundle, sha256: str) -> IndexedDocument | None:
    return next((document for document in bundle.documents if document.sha256 == sha256), None)


@dataclass(frozen=True, slots=True)
class Signings:
    """What the signings of one bundle are held against."""

    bundle: OpenedBundle
    trust: Trust
    people: People
    revisions: Mapping[str, SignedRevision]

    def problems(self, signing: Signing) -> Iterator[Finding]:
        """The signature that the journal tells of is here, on what was shown, and was made by who was to make it."""
        revision = self.revisions.get(signing.signed_sha256)
        if revision is None:
            yield self._absent(signing)
            return
        yield from self._on_what_was_shown(signing, revision)
        assert revision.signature.cms is not None
        yield from self._by_whom(signing, revision.where, revision.signature.cms.certificate)

    def _absent(self, signing: Signing) -> Finding:
        """Why no signature has this digest. What cannot be looked at is open; what should be here and is not, wrong."""
        document = document_of(self.bundle, signing.signed_sha256)
        reason = self.bundle.references.get(signing.signed_sha256)
        if document is not None and not document.kind.must_be_signed:
            return CHECK.failed(document.path, "SIGNED_DOCUMENT_WRONG_KIND", kind=document.kind.value)
        if document is not None and read_document(self.bundle, document) is None:
            return CHECK.undecided(document.path, "CHECK_NOT_POSSIBLE")
        if document is not None:
            return CHECK.failed(document.path, "NO_NEW_SIGNATURE", sha256=signing.original_sha256)
        if reason is None:
            return CHECK.failed(signing.where, "SIGNED_DOCUMENT_MISSING", sha256=signing.signed_sha256)
        if reason is not ReferenceReason.SUPERSEDED:
            return CHECK.undecided(signing.where, "SIGNED_DOCUMENT_NOT_HERE", sha256=signing.signed_sha256)
        return CHECK.failed(signing.where, "SIGNED_REVISION_IS_NOWHERE", sha256=signing.signed_sha256)

    def _on_what_was_shown(self, signing: Signing, revision: SignedRevision) -> Iterator[Finding]:
        """The bytes shown, and after them nothing but signatures (art. 60.7: what is signed was verified before)."""
        where, sha256 = revision.document.path, signing.original_sha256
        original = document_of(self.bundle, sha256)
        if original is None or original.path not in self.bundle.members:
            if sha256 not in self.bundle.references:
                yield CHECK.failed(signing.where, "SHOWN_DOCUMENT_MISSING", sha256=sha256)
            else:
                yield CHECK.undecided(signing.where, "SHOWN_DOCUMENT_NOT_HERE", sha256=sha256)
            return
        shown = self.bundle.members[original.path]
        if self.bundle.members[where][: len(shown)] != shown:
            yield CHECK.failed(where, "SIGNED_IS_NOT_THE_SHOWN", sha256=sha256)
            return
        if revision.signature.begin <= len(shown):
            yield CHECK.failed(where, "NO_NEW_SIGNATURE", sha256=sha256)
            return
        before = read_document(self.bundle, original)
        later = sorted({one.revision for one in revision.pdf.signatures if one.begin > len(shown)})
        if before is None:
            yield CHECK.undecided(original.path, "CHECK_NOT_POSSIBLE")
        elif later[0] != before.revisions:
            yield CHECK.failed(where, "CONTENT_CHANGED_BEFORE_SIGNATURE", sha256=sha256)

    def _by_whom(self, signing: Signing, where: str, certificate: x509.Certificate) -> Iterator[Finding]:
        administration = self.bundle.manifest.procedure.administration
        told = {"holder": holder(certificate), "administration": administration}
        if signing.means is Means.OWN_CERTIFICATE:
            yield from self._by_the_person(signing, where, certificate)
            return
        if (signing.participant == BODY) != (signing.means is Means.SEAL):
            yield CHECK.failed(signing.where, "SEAL_IS_NOBODY_ELSES", participant=signing.participant)
        office = Office.SEAL if signing.means is Means.SEAL else Office.ACTS
        may = permits(self.trust.permitted, office, certificate, administration, self.people.body)
        if may is None:
            yield CHECK.undecided(where, "BODIES_NOT_GIVEN", **told)
        elif not may and office is Office.SEAL:
            yield CHECK.failed(where, "NOT_THE_SEAL_OF_THE_BODY", **told)
        elif not may and (bodies := signs_for(self.trust.permitted, office, certificate, administration)):
            told |= {"bodies": ", ".join(bodies), "body": self.people.body or ""}
            yield CHECK.failed(where, "CERTIFICATE_OF_ACTS_OF_ANOTHER_BODY", **told)
        elif not may:
            yield CHECK.failed(where, "NOT_THE_CERTIFICATE_OF_ACTS", **told)

    def _by_the_person(self, signing: Signing, where: str, certificate: x509.Certificate) -> Iterator[Finding]:
        person = self.people.at(signing.seq, signing.participant)
        if person is None and self.people.withheld:
            yield CHECK.undecided(signing.where, "SIGNER_NAME_WITHHELD", participant=signing.participant)
        elif person is None:
            yield CHECK.failed(signing.where, "SIGNER_UNKNOWN", participant=signing.participant)
        elif not is_of(certificate, person.name, person.number):
            yield CHECK.failed(where, "CERTIFICATE_OF_ANOTHER", holder=holder(certificate), name=person.name)

    def unexplained(self, story: SigningStory) -> Iterator[Finding]:
        """Signatures of which the journal tells nothing, and those that it tells of twice."""
        claimed: dict[str, int] = {}
        for signing in story.signings:
            told = self.revisions.get(signing.signed_sha256)
            if told is None:
                continue
            if told.where in claimed:
                yield CHECK.failed(signing.where, "SIGNATURE_TOLD_TWICE", seq=claimed[told.where])
            claimed.setdefault(told.where, signing.seq)
        for where in dict.fromkeys(revision.where for revision in self.revisions.values()):
            if where not in claimed and story.untold:
                yield CHECK.undecided(where, "SIGNATURE_NOT_TOLD")
            elif where not in claimed:
                yield CHECK.failed(where, "SIGNATURE_NOT_IN_JOURNAL")
