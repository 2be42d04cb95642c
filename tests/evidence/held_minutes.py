"""Of an act that is held: its minutes, drafted over the journal as it is, approved, signed by the clerk, sealed."""

from typing import TYPE_CHECKING

from evidence.canonical import canonical, sha256_hex
from evidence.journal import event_hash
from evidence.parts import Document, DocumentKind, Reference, ReferenceReason
from tests.evidence.papers import blank_pdf, sign, with_words

if TYPE_CHECKING:
    from tests.evidence.held import Script

CSV = "ES00-AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-00"


def write_minutes(script: "Script") -> None:
    """Drafted over the journal as it is, approved, signed by the clerk, sealed by the body."""
    tell = script.tell
    events, _ = script.lines()
    events = events[: len(events) - script.early]
    head = event_hash(events[-1])
    text = f"Al escribir este documento hay {len(events)} anotaciones; la huella de la última es {_grouped(head)}."
    blocks = [
        {"id": "outcome-statement", "kind": "paragraph", "events": [], "text": script.outcome},
        {"id": "annex-intro", "kind": "paragraph", "events": [], "text": text},
        {"id": "annex-hashes", "kind": "table", "events": [], "rows": [["1", "Acuerdo", _grouped(script.printed)]]},
    ]
    titles = {"reference": "Acto de conciliación 33010/2026", "title": "Acta", "body": script.body_name}
    titles |= {"administration": script.administration_name}
    words = {"csv": CSV, **titles, "blocks": blocks}
    attached = canonical({**words, **script.words})
    draft = made_document(with_words(blank_pdf("minutes"), attached), "Acta", DocumentKind.GENERATED)
    tell("minutes_drafted", "system", csv=CSV, draft={"sha256": sha256_hex(canonical(words))})
    tell("minutes_approved", "acc_laj", draft.sha256, document={"id": "d3"})
    pki = script.pki
    signed = draft.content
    if script.clerk:
        signed = sign(draft.content, "certificate-laj", pki.signer(script.clerk), pki.stamper())
        told = {"original_sha256": draft.sha256, "signed_sha256": sha256_hex(signed), "participant": "par_laj"}
        tell("document_signed", "acc_laj", draft.sha256, told["signed_sha256"], **told, means="own_certificate")
        script.references.append(Reference(sha256_hex(signed), ReferenceReason.SUPERSEDED))
    content = sign(signed, "seal", pki.signer("seal"), pki.stamper(), change=script.sealed_with)
    sealed = made_document(script.after_seal(content), "Acta", DocumentKind.MINUTES)
    told = {"original_sha256": draft.sha256, "signed_sha256": sealed.sha256, "participant": "body"}
    told |= {"level": script.level} if script.level else {}
    tell("document_signed", "system", draft.sha256, sealed.sha256, **told, means="seal")
    tell("minutes_sealed", "system")
    script.documents += [draft, sealed]


def _grouped(digest: str) -> str:
    return " ".join(digest[start : start + 16] for start in range(0, 64, 16))


def made_document(content: bytes, title: str, kind: DocumentKind) -> Document:
    return Document(sha256_hex(content), content, "application/pdf", "original", title, kind)
