"""A power of attorney before the clerk, signed, and what its register says of it: for what is written and shown."""

from datetime import date, datetime

from domain.events.documents import DocumentWritten
from domain.events.people import RoomOpened
from domain.events.register_entries import RegisterEntryMade, RegisterEntryRefused, RegisterEntryTroubled
from domain.events.signing import DocumentSigned
from domain.ids import ItemId
from domain.procedure.documents import BroughtFile
from domain.procedure.people import Participant
from domain.rules.register_entries import entries_to_request
from domain.types.vocabulary import DocumentCharacter, IdentityMethod, SignatureMethod
from tests.templates.samples import ANXO, CLERK_ACCOUNT, ELENA, Act, case_document, document_ref

POWER = "d1"
REGISTER = "Registro Electrónico de Apoderamientos Judiciales"
ENTERED_AT = datetime.fromisoformat("2026-11-22T09:31:00Z")
ATTORNEY = {
    "name": "Sara Couto Neira",
    "id_number": "99856680H",
    "profession": "court_agent",
    "college": "Colegio de Procuradores de Atlantia",
    "college_number": "412",
    "address": "Praza Maior 1",
    "phone": "600 000 108",
}
VALUES: dict[str, object] = {
    "grantor": ANXO,
    "grantor_address": "Rúa do Forno 3",
    "grantor_phone": "600 000 008",
    "attorneys": [ATTORNEY],
    "kind": "any_procedure",
    "valid_until": "2031-06-30",
}


def written() -> Act:
    """And not signed yet."""
    people = (
        Participant(id=ANXO, role="grantor", name="Anxo Ruiz Seoane", document_number="00043210Q"),
        Participant(id=ELENA, role="clerk", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )
    act = Act("apud_acta_power", people, office="lira", number="31/2026").arrive(ANXO, "vilar")
    act.then(RoomOpened(room="r1", host=ELENA)).admit(ANXO)
    act.identify(ANXO, IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE, number="00043210Q")
    item = next(one.id for one in act.procedure.agenda if one.code == "A28")
    act.hold(item, VALUES)
    power = case_document(POWER, "power", "Poder apud acta", DocumentCharacter.ORIGINAL)
    return act.then(DocumentWritten(document=power.but(item=ItemId(item))))


def signed() -> Act:
    act = written()
    signature = _signed(act)
    return act.then(signature, actor=ANXO, role="grantor")


def being_entered() -> Act:
    act = signed()
    [asked] = entries_to_request(act.procedure)
    return act.then(asked, actor="system", role="system")


def entered() -> Act:
    act = being_entered()
    [entry] = act.procedure.register_entries
    receipt = case_document("d2", "register_receipt", "Justificante de inscripción", DocumentCharacter.DIGITISED_COPY)
    made = RegisterEntryMade(
        id=entry.id,
        register_name=REGISTER,
        number="AP-2026-1",
        recorded_at=ENTERED_AT,
        valid_until=date(2031, 6, 30),
        receipt=receipt.but(brought=(BroughtFile(content=document_ref("receipt as it came")),)),
    )
    return act.then(made, actor="system", role="system")


def troubled() -> Act:
    act = being_entered()
    [entry] = act.procedure.register_entries
    return act.then(RegisterEntryTroubled(id=entry.id, code="register_receipt_wrong"), actor="system", role="system")


def not_taken() -> Act:
    act = being_entered()
    [entry] = act.procedure.register_entries
    return act.then(RegisterEntryRefused(id=entry.id, code="register_attorney"), actor="system", role="system")


def being_ended(number: str) -> Act:
    """Whoever granted it revokes it, and has signed; the register is asked."""
    people = (
        Participant(id=ANXO, role="declarant", name="Anxo Ruiz Seoane", document_number="99330147R"),
        Participant(id=ELENA, role="clerk", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )
    act = Act("apud_acta_power_ending", people, office="lira", number="32/2026").arrive(ANXO, "vilar")
    act.then(RoomOpened(room="r1", host=ELENA)).admit(ANXO)
    act.identify(ANXO, IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE, number="99330147R")
    item = next(one.id for one in act.procedure.agenda if one.code == "A58")
    act.hold(item, {"declarant": ANXO, "kind": "revocation", "power_number": number})
    document = case_document(POWER, "ending", "Revocación de poder", DocumentCharacter.ORIGINAL)
    act.then(DocumentWritten(document=document.but(item=ItemId(item))))
    act.then(_signed(act), actor=ANXO, role="declarant")
    [asked] = entries_to_request(act.procedure)
    return act.then(asked, actor="system", role="system")


def _signed(act: Act) -> DocumentSigned:
    original, done = act.procedure.document(POWER).original, document_ref("signed power")
    return DocumentSigned(
        document=POWER, original_sha256=original.sha256, signed_sha256=done.sha256, signed=done, participant=ANXO,
        means=SignatureMethod.AUTHENTICATED_ACT, level="B-T",
    )  # fmt: skip


def ended(stands: str = "revoked") -> Act:
    act = being_ended("AP-2026-1")
    [entry] = act.procedure.register_entries
    receipt = case_document("d2", "register_receipt", "Justificante", DocumentCharacter.DIGITISED_COPY)
    made = RegisterEntryMade(
        id=entry.id, register_name=REGISTER, number="RV-2026-1", recorded_at=ENTERED_AT, stands=stands,
        receipt=receipt.but(brought=(BroughtFile(content=document_ref("receipt as it came")),)),
    )  # fmt: skip
    return act.then(made, actor="system", role="system")
