"""When a request to a foreign authority may be sent: each refusal, Annex IV's among them, before anything leaves."""

from domain.commands import Author, SubmitRequest
from domain.ids import AccountId, CommandId, ParticipantId, Sha256
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.rules.cooperation import may_submit_request
from domain.types.vocabulary import DocumentCharacter, Stage
from tests.domain.cases import PERMITTED, Case
from tests.templates.request_abroad import CLERK, JUDGE, begun, returned, signed, written
from tests.templates.samples import CLERK_ACCOUNT, case_document

REQUEST = signed().procedure.document("d1")


def submit(by: ParticipantId = CLERK, sha256: str = REQUEST.original.sha256) -> SubmitRequest:
    author = Author(participant=by, account=AccountId(CLERK_ACCOUNT))
    return SubmitRequest(id=CommandId("asked-to-send"), author=author, document="d1", sha256=Sha256(sha256))


def with_enclosure(title: str = "Traducción", media_type: str = "application/pdf", size: int = 10) -> Procedure:
    procedure = signed().procedure
    enclosure = case_document("d2", "enclosure", title, DocumentCharacter.DIGITISED_COPY, CLERK)
    return enclosed(procedure, enclosure, media_type, size)


def enclosed(procedure: Procedure, document: CaseDocument, media_type: str, size: int) -> Procedure:
    current = document.current.but(media_type=media_type, size=size)
    return procedure.but(documents=(*procedure.documents, document.but(current=current)))


def too_many() -> Procedure:
    procedure = signed().procedure
    one = case_document("d2", "enclosure", "Traducción", DocumentCharacter.DIGITISED_COPY, CLERK)
    return procedure.but(documents=(*procedure.documents, *(one.but(id=f"d{n}") for n in range(2, 103))))


def to_another_state(state: str) -> Procedure:
    procedure = signed().procedure
    [item] = procedure.agenda
    plan = procedure.type.procedure.cooperation
    assert plan is not None
    known = procedure.type.procedure.but(cooperation=plan.but(instruments=plan.instruments[:1]))
    changed = procedure.but(type=procedure.type.but(procedure=known))
    return changed.with_item(item.but(values={**item.values, "state": state}))


def line(says: str, state: Procedure, answer: str, command: SubmitRequest | None = None) -> Case:
    return Case(says, lambda: state, may_submit_request, command or submit(), answer)


ABROAD = [
    line("signed", signed().procedure, PERMITTED),
    line("signed, with an enclosure", with_enclosure(), PERMITTED),
    line("by whoever signs it", signed().procedure, "host_only", submit(JUDGE)),
    line("sent already", signed().procedure.but(stage=Stage.AWAITING), "wrong_stage"),
    line("not written", begun().procedure, "request_not_written"),
    line("another text on the screen", signed().procedure, "request_changed", submit(sha256="0" * 64)),
    line("not signed", written().procedure, "request_not_signed"),
    line("to a state of no line of the table", to_another_state("MA"), "instrument_unknown"),
    line("as it came back", returned().procedure, "request_sent_unchanged"),
    line("an enclosure that says nothing by its name", with_enclosure(title="2 - 3"), "lexnet_file_name"),
    line("an enclosure of sound", with_enclosure(media_type="audio/mpeg"), "lexnet_file_format"),
    line("an enclosure of several files", with_enclosure(media_type="application/zip"), "lexnet_file_format"),
    line("too large", with_enclosure(size=16 * 1024**2), "lexnet_too_large"),
    line("too many files", too_many(), "lexnet_too_many_files"),
]
