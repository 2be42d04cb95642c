"""Table: what a document that was written anew after a correction still asks of anybody, which is nothing."""

from domain.commands import CloseSession
from domain.events.documents import DocumentDeposited, DocumentWritten
from domain.procedure.state import Procedure
from domain.rules import minutes
from domain.types.vocabulary import DocumentCharacter, Verb
from tests.domain.cases import AS_CLERK, PERMITTED, Case, asking
from tests.domain.held import decreed, with_done
from tests.domain.samples import APPLICANT, RESPONDENT, agenda_done, item_of, ref, signature, then, with_agreement


def written() -> Procedure:
    """The agreement is written; nobody has signed it."""
    [agreement] = with_agreement().documents
    settled = agreement.but(item=item_of(with_agreement(), Verb.SETTLE))
    return decreed(then(with_done(agenda_done(), "A11", "A23"), DocumentWritten(document=settled)))


def rewritten() -> Procedure:
    """It was corrected before anybody signed it, and everybody signed what took its place."""
    procedure = written()
    newer = procedure.document("d1").but(id="d2", original=ref("e"), current=ref("e"))
    procedure = then(procedure, DocumentWritten(document=newer))
    return then(procedure, *signature("d2", APPLICANT, "e"), *signature("d2", RESPONDENT, "e"))


def rewritten_and_unsigned() -> Procedure:
    procedure = written()
    return then(procedure, DocumentWritten(document=procedure.document("d1").but(id="d2")))


def two_papers_of_one_point() -> Procedure:
    """Two that somebody brought for the same item are two: neither takes the place of the other."""
    procedure = written()
    paper = procedure.document("d1").but(
        id="d2", code="exhibit", depositor=APPLICANT, character=DocumentCharacter.DIGITISED_COPY
    )
    return then(procedure, DocumentDeposited(document=paper), DocumentDeposited(document=paper.but(id="d3")))


CLOSE, END = minutes.may_close_session, asking(CloseSession, AS_CLERK, outcome="agreement")

REWRITTEN = [
    Case("what was corrected before it was signed", rewritten, CLOSE, END, PERMITTED),
    Case("what takes its place is not signed", rewritten_and_unsigned, CLOSE, END, "signature_pending"),
]
