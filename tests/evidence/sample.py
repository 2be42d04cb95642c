"""A complete conciliation in evidence: two citizens sign without certificate, the clerk signs the minutes."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from evidence.anchor import LeafOpening, MerkleProof
from evidence.bodies import Office, Permitted
from evidence.bundle import Core, assemble, build_core
from evidence.canonical import canonical, sha256_hex
from evidence.journal import event_hash
from evidence.merkle import inclusion_path, leaf_hash, merkle_root
from evidence.parts import (
    CoreParts,
    Document,
    DocumentKind,
    Head,
    IdentityFile,
    OuterParts,
    Pki,
    ProcedureSummary,
    Reference,
    ReferenceReason,
    SignatureRecord,
)
from evidence.signature_record import attachment_name, record_bytes
from evidence.trust import Checkpoint, Trust
from tests.evidence.authorities import Authorities
from tests.evidence.chain import Chain
from tests.evidence.papers import blank_pdf, seal_manifest, sign, stamp_time
from tests.evidence.story import Story

CLERK = "Iria Outeiro Barral"
ADMINISTRATION, BODY, COURT = "atlantia", "peace-court-lira", "court-ponte-nova"
REQUEST = {
    "administration": ADMINISTRATION,
    "body": BODY,
    "participants": [
        {"id": "par_1", "role": "applicant", "name": "Anxo Ruiz Seoane", "document_number": "99104321N"},
        {"id": "par_2", "role": "respondent", "name": "Marta Lago Prieto", "document_number": "99218765P"},
        {"id": "par_laj", "role": "clerk", "name": CLERK, "document_number": None},
    ],
}
"""What the first event says besides the type."""
PERMITTED = (
    Permitted(Office.SEAL, ADMINISTRATION, frozenset({BODY}), None, {"common_name": "seal de pruebas"}),
    Permitted(Office.SEAL, ADMINISTRATION, frozenset({COURT}), None, {"common_name": "seal-of-the-court de pruebas"}),
    Permitted(Office.ACTS, ADMINISTRATION, frozenset({BODY}), None, {"common_name": "acts de pruebas"}),
    Permitted(Office.ACTS, ADMINISTRATION, frozenset({COURT}), None, {"common_name": "acts-of-the-court de pruebas"}),
)
BODY_NAMES = {
    ADMINISTRATION: {
        BODY: frozenset({"Juzgado de Paz de Lira", "Peace Court of Lira"}),
        COURT: frozenset({"Tribunal de Instancia de Ponte Nova"}),
    }
}
TYPE = {"id": "P3", "version": "1.0.0", "family": "adr", "agenda": ["A01", "A23"]}
TYPE_SHA256 = sha256_hex(canonical(TYPE))
BLINDING = sha256(b"blinding of the sample").digest()
LEAF_INDEX = 5
PAGES = 2
FRAME = sha256_hex(b"still frame in the clear")


@dataclass
class Case:
    """What happened, ready to be bundled."""

    story: Story
    documents: list[Document]
    records: list[SignatureRecord]
    references: list[Reference]


def document(content: bytes, title: str, kind: DocumentKind) -> Document:
    return Document(sha256_hex(content), content, "application/pdf", "original", title, kind)


def record(participant: str, shown: str, story: Story, **changes: Any) -> SignatureRecord:
    """The evidence record of a citizen's signature on the document `shown`."""
    fields = {
        "id": f"rec-{participant}",
        "procedure": story.procedure,
        "participant": participant,
        "authenticated_at": story.at(),
        "signer_name": "Nombre Inventado",
        "signer_id_number": "00000000T",
        "mechanism": "pin_to_mobile",
        "assurance": "substantial",
        "authentication_result": "success",
        "authentication_reference": "chg_1",
        "signed_at": story.at(),
        "document_sha256": shown,
        "document_pages": PAGES,
        "csv": "CSV-1",
        "source_device": "dev_1",
    }
    return SignatureRecord(f"rec-{participant}", record_bytes(fields | changes))


def citizen_signs(
    case: Case, participant: str, paper: bytes, shown: str, pki: Authorities, *, pages: int = PAGES, by: str = "acts"
) -> bytes:
    """The pages are shown, the person authenticates, then signs; the record goes into the stamp."""
    for page in range(1, pages + 1):
        data = {"document_sha256": shown, "page": page, "participant": participant}
        case.story.tell("document_page_read", shown, **data)
    made = record(participant, shown, case.story, document_pages=pages)
    told = {"document_sha256": shown, "participant": participant, "mechanism": "pin_to_mobile"}
    case.story.tell("signature_authenticated", shown, **told)
    attachment = (attachment_name(made.id), made.content)
    signed = sign(paper, f"act-{participant}", pki.signer(by), pki.stamper(), attachment)
    case.records.append(made)
    told = {"original_sha256": shown, "signed_sha256": sha256_hex(signed), "participant": participant}
    case.story.tell("document_signed", shown, sha256_hex(signed), **told, means="authenticated_act")
    return signed


def hold_conciliation(pki: Authorities, clerk: str = "clerk") -> Case:
    """The whole case."""
    case = Case(Story(), [], [], [])
    case.story.tell("procedure_requested", TYPE_SHA256, type_sha256=TYPE_SHA256, **REQUEST)
    case.story.tell("identity_confirmed", FRAME, participant="par_1")
    scan = document(blank_pdf("scan"), "scan", DocumentKind.DEPOSITED)
    # As it was brought, with a signature that nobody judges.
    photo = document(b"%PDF-1.7 as it was brought /ByteRange", "photo", DocumentKind.BROUGHT)
    case.story.tell("document_deposited", scan.sha256, photo.sha256)
    shown = document(blank_pdf("agreement", PAGES), "agreement", DocumentKind.GENERATED)
    case.story.tell("document_generated", shown.sha256)
    once = citizen_signs(case, "par_1", shown.content, shown.sha256, pki)
    twice = citizen_signs(case, "par_2", once, shown.sha256, pki)
    # the revision with one signature is overtaken by the one with two
    case.references.append(Reference(sha256_hex(once), ReferenceReason.SUPERSEDED))
    draft = document(blank_pdf("minutes"), "minutes", DocumentKind.GENERATED)
    minutes = clerk_signs(case, draft, pki, clerk)
    case.documents += [scan, photo, shown, document(twice, "agreement", DocumentKind.SIGNED), draft, minutes]
    return case


def hold_single_signing(pki: Authorities, *, pages: int = PAGES, by: str = "acts") -> Case:
    """The shortest case that has every kind of object: for tests that verify hundreds of bundles."""
    case = Case(Story(), [], [], [])
    case.story.tell("procedure_requested", TYPE_SHA256, type_sha256=TYPE_SHA256, **REQUEST)
    case.story.tell("identity_confirmed", FRAME, participant="par_1")
    shown = document(blank_pdf("agreement", PAGES), "agreement", DocumentKind.GENERATED)
    case.story.tell("document_generated", shown.sha256)
    signed = citizen_signs(case, "par_1", shown.content, shown.sha256, pki, pages=pages, by=by)
    case.documents += [shown, document(signed, "agreement", DocumentKind.SIGNED)]
    return case


def clerk_signs(case: Case, draft: Document, pki: Authorities, clerk: str) -> Document:
    """The clerk signs the minutes with a certificate of their own, then the body seals them."""
    signed = sign(draft.content, "certificate-laj", pki.signer(clerk), pki.stamper())
    told = {"original_sha256": draft.sha256, "signed_sha256": sha256_hex(signed), "participant": "par_laj"}
    case.story.tell("document_signed", draft.sha256, sha256_hex(signed), **told, means="own_certificate")
    # the revision with the clerk's signature alone is overtaken by the sealed one
    case.references.append(Reference(sha256_hex(signed), ReferenceReason.SUPERSEDED))
    minutes = document(sign(signed, "seal", pki.signer("seal"), pki.stamper()), "minutes", DocumentKind.MINUTES)
    told = {"original_sha256": draft.sha256, "signed_sha256": minutes.sha256, "participant": "body"}
    case.story.tell("document_signed", draft.sha256, minutes.sha256, **told, means="seal")
    return minutes


def core_parts(case: Case, pki: Authorities) -> CoreParts:
    story = case.story
    return CoreParts(
        procedure=ProcedureSummary(story.procedure, "P3", "1.0.0", TYPE_SHA256, "adr", ADMINISTRATION),
        resolved_type=TYPE,
        events=story.events,
        openings=story.openings,
        documents=case.documents,
        heads=[Head("signed", len(story.events) - 2, event_hash(story.events[-2]))],
        references=case.references,
        identity_files=[IdentityFile("frame-1.enc", b"ciphertext" * 20, "image/jpeg", True, FRAME)],
        signature_records=case.records,
        pki=Pki(certificates=[pki.certificate("issuing").dump()], crls=pki.revocation_lists),
    )


class Sample:
    """A bundle that must be PASSED, with everything that made it: so that a forger can start from the truth."""

    def __init__(
        self, pki: Authorities, chain: Chain, contract: bytes, case: Case, parts: CoreParts | None = None
    ) -> None:
        self.pki = pki
        self.chain = chain
        self.contract = contract
        self.case = case
        self.parts = parts or core_parts(self.case, pki)
        self.core = build_core(self.parts)
        self.outer = self.close(self.core)
        self.bundle = assemble(self.core, self.outer)

    def close(self, core: Core) -> OuterParts:
        """Seal, time-stamp and anchor a core, all by the true authorities."""
        seal = seal_manifest(core.manifest, self.pki.signer("seal"))
        leaves = [sha256(bytes([number])).digest() for number in range(16)]
        leaves[LEAF_INDEX] = leaf_hash(BLINDING, core.bundle_root)
        root = merkle_root(leaves)
        return OuterParts(
            seal=seal,
            seal_token=stamp_time(seal, self.pki.stamper()),
            leaf=LeafOpening(BLINDING, core.bundle_root),
            merkle=MerkleProof(LEAF_INDEX, len(leaves), tuple(inclusion_path(leaves, LEAF_INDEX)), root),
            chain=self.chain.anchor(self.contract, root, len(leaves)),
            root_token=stamp_time(root, self.pki.stamper()),
        )

    @property
    def trust(self) -> Trust:
        """The true roots, and every block that was anchored in so far, as the verifier's own node knows them."""
        checkpoint = Checkpoint(self.chain.chain_id, self.contract, dict(self.chain.anchored))
        roots = (self.pki.certificate("root"),)
        return Trust(roots, (self.pki.certificate("tsa-root"),), checkpoint, PERMITTED, BODY_NAMES)

    @property
    def names(self) -> dict[str, str]:
        """Paths of the case's papers, by the words that the tests use for them."""
        return {
            "minutes": self.path(DocumentKind.MINUTES, "minutes"),
            "agreement": self.path(DocumentKind.SIGNED, "agreement"),
            "scan": self.path(DocumentKind.DEPOSITED, "scan"),
            "brought": self.path(DocumentKind.BROUGHT, "photo"),
        }

    def path(self, kind: DocumentKind, title: str) -> str:
        """Where a document of the case stands."""
        found = next(one for one in self.case.documents if (one.kind, one.title) == (kind, title))
        return f"documents/{found.sha256}.pdf"

    def write_trust(self, folder: Path) -> Path:
        """The trust folder as a verifier would lay it out."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ca.pem").write_bytes(self.pki.pem_of("root"))
        (folder / "tsa.pem").write_bytes(self.pki.pem_of("tsa-root"))
        checkpoint = {
            "chain_id": self.chain.chain_id,
            "contract": "0x" + self.contract.hex(),
            "blocks": {str(number): "0x" + found.hex() for number, found in self.chain.anchored.items()},
        }
        (folder / "chain.json").write_bytes(canonical(checkpoint))
        lines = [{**asdict(one), "bodies": sorted(one.bodies)} for one in PERMITTED]
        lines = [{key: value for key, value in line.items() if value is not None} for line in lines]
        names = {body: sorted(called) for body, called in BODY_NAMES[ADMINISTRATION].items()}
        written = {"certificates": lines, "names": {ADMINISTRATION: names}}
        (folder / "bodies.json").write_bytes(canonical(written))
        return folder
