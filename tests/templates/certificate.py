"""An application for a certificate of the civil registry, signed, and what the registry says: for what is shown."""

from datetime import datetime

from domain.events.documents import DocumentWritten
from domain.events.people import RoomOpened
from domain.events.registry_searches import (
    RegistrySearchAnswered,
    RegistrySearchRefused,
    RegistrySearchTroubled,
)
from domain.events.signing import DocumentSigned
from domain.ids import ItemId
from domain.procedure.people import Participant
from domain.procedure.registry_searches import Detail
from domain.rules.registry_searches import searches_to_request
from domain.types.vocabulary import DocumentCharacter, IdentityMethod, SignatureMethod
from tests.templates.samples import ANXO, CLERK_ACCOUNT, ELENA, Act, case_document, document_ref

REGISTRY = "Registro Civil, DICIREG"
SEARCHED_AT = datetime.fromisoformat("2026-11-22T09:31:00Z")
APPLICATION = "d1"
VALUES: dict[str, object] = {
    "applicant": ANXO,
    "fact": "birth",
    "form": "literal",
    "registered": "Anxo Ruiz Seoane",
    "entry": "Vilar",
    "standing": "person_registered",
}


def being_searched() -> Act:
    people = (
        Participant(id=ANXO, role="applicant", name="Anxo Ruiz Seoane", document_number="00043210Q"),
        Participant(id=ELENA, role="official", name="Elena Souto Rial", account=CLERK_ACCOUNT),
    )
    act = Act("register_certificate", people, office="lira", number="33/2026").arrive(ANXO, "vilar")
    act.then(RoomOpened(room="r1", host=ELENA)).admit(ANXO)
    act.identify(ANXO, IdentityMethod.ID_DOCUMENT_FRAME, number="00043210Q")
    item = next(one.id for one in act.procedure.agenda if one.code == "A49")
    act.hold(item, VALUES)
    written = case_document(APPLICATION, "application", "Solicitud de certificado", DocumentCharacter.ORIGINAL)
    act.then(DocumentWritten(document=written.but(item=ItemId(item))))
    original, done = act.procedure.document(APPLICATION).original, document_ref("signed application")
    signature = DocumentSigned(
        document=APPLICATION, original_sha256=original.sha256, signed_sha256=done.sha256, signed=done,
        participant=ANXO, means=SignatureMethod.AUTHENTICATED_ACT, level="B-T",
    )  # fmt: skip
    act.then(signature, actor=ANXO, role="applicant")
    [asked] = searches_to_request(act.procedure)
    return act.then(asked, actor="system", role="system")


def found(how_many: int) -> Act:
    act = being_searched()
    [search] = act.procedure.registry_searches
    answer = RegistrySearchAnswered(
        id=search.id,
        register_name=REGISTRY,
        reference="C-2026-1",
        searched_at=SEARCHED_AT,
        found=how_many,
        number="RC-1990-7" if how_many == 1 else None,
        details=(Detail(name="Lugar", value="Vilar"),) if how_many == 1 else (),
    )
    return act.then(answer, actor="system", role="system")


def withheld() -> Act:
    act = being_searched()
    [search] = act.procedure.registry_searches
    return act.then(RegistrySearchRefused(id=search.id, code="registry_restricted"), actor="system", role="system")


def answered_wrongly() -> Act:
    act = being_searched()
    [search] = act.procedure.registry_searches
    return act.then(RegistrySearchTroubled(id=search.id, code="registry_answer_wrong"), actor="system", role="system")
