"""An act as a court holds it, from the request to the seal. Two citizens are identified, warned, let in and sign
without certificate, one of them by hand too; the clerk signs minutes that print the head of the journal before them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from evidence.canonical import canonical, sha256_hex
from evidence.journal import ZERO_HASH, data_commitment, derive_nonce, event_hash
from evidence.parts import (
    CoreParts,
    Document,
    DocumentKind,
    IdentityFile,
    Opening,
    Pki,
    ProcedureSummary,
    Reference,
    ReferenceReason,
    SignatureRecord,
)
from evidence.signature_record import attachment_name, record_bytes
from tests.evidence.authorities import Authorities
from tests.evidence.by_hand import DRAWING, PROCEDURE, sign_by_hand
from tests.evidence.held_minutes import made_document, write_minutes
from tests.evidence.papers import Change, blank_pdf, sign
from tests.evidence.story import SEED

TYPE: Mapping[str, Any] = {
    "procedure": {
        "id": "conciliation",
        "version": 1,
        "family": "adr",
        "recording": "with_consent",
        "roles": [
            {"code": "applicant", "side": "citizen"},
            {"code": "respondent", "side": "citizen"},
            {"code": "clerk", "side": "authority"},
        ],
        "outcomes": {
            "agreement": {"es": "Con avenencia", "en": "Settled"},
            "no_agreement": {"es": "Sin avenencia", "en": "Not settled"},
        },
    },
    "mechanisms": {"id_document_frame": {"assurance": "substantial"}, "pin_to_mobile": {"assurance": "low"}},
}
PAGES = 2
FRAME = sha256_hex(b"still frame in the clear")
PEOPLE = (
    {"id": "par_1", "role": "applicant", "name": "Anxo Ruiz Seoane", "document_number": "99104321N", "account": None},
    {"id": "par_2", "role": "respondent", "name": "Marta Lago Prieto", "document_number": "99218765P", "account": None},
    {"id": "par_laj", "role": "clerk", "name": "Iria Outeiro Barral", "document_number": None, "account": "acc_laj"},
)
ROLES = {str(one["account"] or one["id"]): str(one["role"]) for one in PEOPLE}


@dataclass
class Told:
    """One event before it is chained."""

    type: str
    actor: str
    at: datetime
    subjects: tuple[str, ...]
    data: dict[str, Any]


@dataclass
class Script:
    """What is told and made; a forger hands in other `lies` and the rest is made as ever."""

    pki: Authorities
    lie: Callable[[Told], Told | list[Told] | None] = lambda told: told
    record: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of the first citizen's record."""
    words: Mapping[str, Any] = field(default_factory=dict)
    """Other words of the minutes."""
    type: Mapping[str, Any] = field(default_factory=lambda: dict(TYPE))
    early: int = 0
    """Of how many of the last events the minutes do not know."""
    by_hand: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of what the first citizen wrote by hand."""
    stamped: bytes = DRAWING
    """The drawing that stands in the stamp."""
    roles: Mapping[str, str] = field(default_factory=lambda: ROLES)
    clerk: str = "clerk"
    """Whose certificate signs the minutes; empty when nobody's does."""
    twice: bool = False
    outcome: str = "CON AVENENCIA."
    """How the act ended, by the minutes."""
    scan: bytes = blank_pdf("scan")
    agreement: bytes = blank_pdf("agreement", PAGES)
    """What was brought, and what both sign."""
    printed: str = sha256_hex(blank_pdf("agreement", PAGES))
    """The digest that the minutes print of the agreement."""
    level: str | None = None
    """What the journal says of the seal on the minutes; left out when `None`."""
    sealed_with: Change | None = None
    """What the revision of the seal brings besides."""
    after_seal: Callable[[bytes], bytes] = lambda pdf: pdf
    """What is added to the minutes once they are sealed."""
    body_name: str = "Juzgado de Paz de Lira"
    administration_name: str = "Comunidad de Atlantia"
    """What the minutes call the body, from their draft on."""
    began: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(seconds=40))
    told: list[Told] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    records: list[SignatureRecord] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    handwritings: list[bytes] = field(default_factory=list)

    def tell(self, kind: str, actor: str, *subjects: str, **data: Any) -> datetime:
        """One event more, now. What is told is what the lie makes of it."""
        at = max(datetime.now(UTC), self.began + timedelta(milliseconds=len(self.told)))
        told = self.lie(Told(kind, actor, at, subjects, data))
        self.told += told if isinstance(told, list) else [told] if told else []
        return at

    def lines(self) -> tuple[list[dict[str, Any]], list[Opening]]:
        """The journal as it is so far."""
        events: list[dict[str, Any]] = []
        openings: list[Opening] = []
        for seq, told in enumerate(self.told):
            nonce = derive_nonce(SEED, seq)
            event = {
                "v": 1,
                "procedure": PROCEDURE,
                "seq": seq,
                "prev": event_hash(events[-1]) if events else ZERO_HASH,
                "type": told.type,
                "actor": told.actor,
                "role": self.roles.get(told.actor, "system"),
                "at": instant(told.at),
                "subjects": list(told.subjects),
                "data_commitment": data_commitment(nonce, told.data),
                "build": "test-1",
            }
            events.append(event)
            openings.append(Opening(seq, nonce, told.data))
        return events, openings


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hold(script: Script) -> CoreParts:
    """The whole act, and what goes into its bundle."""
    tell = script.tell
    tell(
        "procedure_requested",
        "system",
        administration="atlantia",
        body="peace-court-lira",
        case_number="33010/2026",
        participants=[dict(person) for person in PEOPLE],
        resolved_type=dict(script.type),
    )
    for name in ("par_1", "par_2"):
        tell("participant_checked_in", name, participant=name, device="dev_1", place="office")
        tell("warnings_acknowledged", name, participant=name, text_version="2026-1")
    tell("consent_given", "par_1", participant="par_1", scope="audio_video", given=False)
    tell("room_opened", "acc_laj", host="par_laj", room="media-1/1")
    for name, number in (("par_1", "99104321N"), ("par_2", "99218765P")):
        tell("participant_admitted", "acc_laj", participant=name)
        tell("participant_joined", "system", participant=name)
        confirmed = {"method": "id_document_frame", "assurance": "substantial", "document_number": number}
        tell("identity_confirmed", "acc_laj", FRAME, participant=name, reference=f"idn_{name}", **confirmed)
    scan = made_document(script.scan, "scan", DocumentKind.DEPOSITED)
    tell("document_deposited", "par_1", scan.sha256, document={"id": "d1"})
    shown = made_document(script.agreement, "Acuerdo", DocumentKind.GENERATED)
    tell("document_written", "system", shown.sha256, document={"id": "d2"})
    tell("document_presented", "acc_laj", shown.sha256, document="d2", to=["par_1", "par_2"])
    signed = shown.content
    for name in ("par_1", "par_2"):
        once = signed
        signed = citizen_signs(script, name, shown, signed)
        if once != shown.content:
            script.references.append(Reference(sha256_hex(once), ReferenceReason.SUPERSEDED))
    tell("item_done", "acc_laj", item="i9", values={"amount": "1200.00"})
    tell("session_closed", "acc_laj", outcome="agreement")
    script.documents += [scan, shown, made_document(signed, "Acuerdo", DocumentKind.SIGNED)]
    write_minutes(script)
    return parts_of(script)


def citizen_signs(script: Script, name: str, shown: Document, paper: bytes, place: str = "d2") -> bytes:
    tell, sha256 = script.tell, shown.sha256
    for page in range(1, PAGES + 1):
        tell("document_page_read", name, sha256, document="d2", document_sha256=sha256, page=page, participant=name)
    tell("document_understood", name, sha256, document="d2", participant=name, sha256=sha256)
    written = sign_by_hand(script, name, sha256)
    tell("pin_sent", name, participant=name, challenge=f"pin_{name}", purpose="d2")
    told = {"document": "d2", "document_sha256": sha256, "participant": name, "mechanism": "pin_to_mobile"}
    at = tell("signature_authenticated", name, sha256, **told, reference=f"pin_{name}")
    person = next(one for one in PEOPLE if one["id"] == name)
    fields: dict[str, Any] = {
        "id": f"act-{place}-{name}",
        "procedure": PROCEDURE,
        "participant": name,
        "authenticated_at": instant(at),
        "signer_name": person["name"],
        "signer_id_number": person["document_number"],
        "mechanism": "pin_to_mobile",
        "assurance": "substantial",
        "authentication_result": "success",
        "authentication_reference": f"pin_{name}",
        "signed_at": instant(at),
        "document_sha256": sha256,
        "document_pages": PAGES,
        "pages_read": list(range(1, PAGES + 1)),
        "csv": f"{PROCEDURE}/d2",
        "source_device": "dev_1",
        "handwriting": written,
    }
    changes = script.record if name == "par_1" else {}
    record = SignatureRecord(f"act-{place}-{name}", record_bytes({**fields, **changes}))
    attachments = [(attachment_name(record.id), record.content)]
    if script.twice and name == "par_1":
        attachments.insert(0, (attachment_name(record.id), record_bytes({**fields, "signer_name": "Otra Persona"})))
    drawing = script.stamped if name == "par_1" else None
    signed = sign(paper, f"act-{name}", script.pki.signer("acts"), script.pki.stamper(), *attachments, drawing=drawing)
    script.records.append(record)
    event = {"original_sha256": sha256, "signed_sha256": sha256_hex(signed), "participant": name}
    kept = sha256_hex(record.content)
    tell("document_signed", name, sha256, event["signed_sha256"], kept, **event, means="authenticated_act")
    return signed


def parts_of(script: Script) -> CoreParts:
    events, openings = script.lines()
    sha256 = sha256_hex(canonical(dict(script.type)))
    procedure = ProcedureSummary(PROCEDURE, "conciliation", "1", sha256, "adr", "atlantia")
    spoken = {subject for event in events for subject in event["subjects"]}
    still = IdentityFile("frame-1.enc", b"ciphertext" * 20, "image/png", True, FRAME)
    return CoreParts(
        procedure=procedure,
        resolved_type=script.type,
        events=events,
        openings=openings,
        documents=script.documents,
        references=[one for one in script.references if one.sha256 in spoken],
        identity_files=[still] if FRAME in spoken else [],
        signature_records=script.records,
        handwritings=script.handwritings,
        pki=Pki(certificates=[script.pki.certificate("issuing").dump()], crls=script.pki.revocation_lists),
    )
