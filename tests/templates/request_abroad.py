"""A request to a foreign authority that came back once and was executed: for what is written and shown of it."""

from datetime import timedelta

from domain.events.cooperation import (
    AnswerOverdue,
    AnswerReceived,
    LexnetReceiptKept,
    PreparationBegun,
    RequestSubmitted,
)
from domain.events.documents import DocumentDeposited, DocumentWritten
from domain.events.minutes import SessionClosed
from domain.events.signing import DocumentSigned
from domain.ids import ItemId, ParticipantId
from domain.procedure.cooperation import SentFile
from domain.procedure.documents import BroughtFile, CaseDocument
from domain.procedure.people import Participant
from domain.types.cooperation import AnswerKind
from domain.types.vocabulary import DocumentCharacter, SignatureMethod
from tests.templates.samples import CLERK_ACCOUNT, Act, case_document, document_ref

JUDGE, CLERK = ParticipantId("p1"), ParticipantId("p2")
VALUES: dict[str, object] = {
    "state": "FR",
    "authority": "Tribunal judiciaire de Bayonne",
    "measure": "video_hearing",
    "detail": "Que se oiga por videoconferencia a la testigo que se nombra, sobre lo que vio esa noche.",
    "facts": "La noche del 3 de octubre de 2026 ardió un almacén en Ponte Nova.",
    "offence": "Incendio, artículo 351 del Código Penal",
    "person": "Amélie Larralde, francesa, con domicilio en Bayona",
    "language": "french",
    "urgency": "La testigo cambia de domicilio en enero.",
}


def begun() -> Act:
    people = (
        Participant(id=JUDGE, role="judge", name="Sabela Rial Figueira"),
        Participant(id=CLERK, role="clerk", name="Breixo Lameiro Castro", account=CLERK_ACCOUNT),
    )
    return Act("mutual_legal_assistance", people, office="lira", number="88/2026").then(PreparationBegun())


def written() -> Act:
    """And not signed yet."""
    act = begun().hold("i1", VALUES)
    request = case_document("d1", "request", "Solicitud de auxilio judicial", DocumentCharacter.ORIGINAL)
    return act.then(DocumentWritten(document=request.but(item=ItemId("i1"))))


def signed() -> Act:
    act = written()
    original = act.procedure.document("d1").original
    done = document_ref("signed request")
    signature = DocumentSigned(
        document="d1", original_sha256=original.sha256, signed_sha256=done.sha256, signed=done, participant=JUDGE,
        means=SignatureMethod.OWN_CERTIFICATE, level="B-T",
    )  # fmt: skip
    return act.then(signature, actor=JUDGE, role="judge")


def returned() -> Act:
    """For want of a translation."""
    act = _sent(signed(), 1)
    return act.then(_answer(act, AnswerKind.RETURNED, "Falta la traducción al francés."), after=90)


def sent_again() -> Act:
    act = returned()
    enclosure = case_document("d3", "enclosure", "Traducción", DocumentCharacter.DIGITISED_COPY, CLERK)
    act = _sent(act.then(DocumentDeposited(document=enclosure)), 2)
    act.then(AnswerOverdue(rule="acknowledgement", ended_at=act.at), after=8 * 86400)
    return act.then(_answer(act, AnswerKind.ACKNOWLEDGED, "Recibida con la referencia 2026/4711."))


def answered() -> Act:
    act = sent_again()
    result = _received("d5", "answer", "Acta de la declaración")
    return act.then(_answer(act, AnswerKind.EXECUTED, "Practicada la diligencia.", result), after=86400)


def executed() -> Act:
    return answered().then(SessionClosed(outcome="executed"), after=3600)


def _sent(act: Act, number: int) -> Act:
    papers = [one for one in act.procedure.documents if one.code in ("request", "enclosure")]
    files = tuple(
        SentFile(name=f"{n:03d} {one.title}.pdf", document=one.id, sha256=one.current.sha256, size=one.current.size)
        for n, one in enumerate(papers, 1)
    )
    message = f"{act.procedure.id}.{number}"
    act.then(RequestSubmitted(message=message, instrument="eio", files=files))
    receipt = _received(f"d{len(act.procedure.documents) + 1}", "lexnet_receipt", f"Justificante de LexNET LX-{number}")
    kept = LexnetReceiptKept(
        message=message, number=f"LX-{number}", recorded_at=act.at + timedelta(seconds=2), receipt=receipt
    )
    return act.then(kept, actor="system", role="system")


def _answer(act: Act, kind: AnswerKind, words: str, *documents: CaseDocument) -> AnswerReceived:
    file = act.procedure.cooperation
    assert file is not None and file.sent is not None
    return AnswerReceived(
        message=f"AC-{len(file.answers) + 1}", answers=file.sent.message, kind=kind, sender="Autoridad Central",
        words=words, recorded_at=act.at, documents=documents,
    )  # fmt: skip


def _received(id: str, code: str, title: str) -> CaseDocument:
    document = case_document(id, code, title, DocumentCharacter.DIGITISED_COPY)
    return document.but(brought=(BroughtFile(content=document_ref(f"{title} as it came")),))
