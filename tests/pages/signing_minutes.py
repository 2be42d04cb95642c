"""Minutes that are approved, and shown to one of the two parties who sign them."""

from domain.events.documents import DocumentPresented
from domain.events.minutes import MinutesApproved
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import DocumentCharacter
from tests.pages.shown import approving
from tests.templates.samples import Act, case_document


def signing_minutes() -> Act:
    act = approving()
    minutes = case_document("d9", MINUTES, "Acta", DocumentCharacter.ORIGINAL)
    act.then(MinutesApproved(document=minutes))
    seen = (act.procedure.citizens[0].id,)
    return act.then(DocumentPresented(document=minutes.id, sha256=minutes.original.sha256, to=seen))
