"""Table: who may sign by hand as well, and who does without."""

from domain.commands import DeclineHandwriting, HandwriteSignature, SendPin, SignDocument
from domain.events import Event
from domain.events.handwriting import HandwritingDeclined, SignatureHandwritten
from domain.ids import Sha256
from domain.procedure.state import Procedure
from domain.rules import handwriting, identity, signing
from tests.domain.cases import AS_APPLICANT, AS_CLERK, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.samples import APPLICANT, in_session, pin_sent, ref, shown, signed, then, understood
from tests.domain.signing import ASK, OTHER_BYTES, SIGN, THIS

BY_HAND, WITHOUT = handwriting.may_handwrite_signature, handwriting.may_decline_handwriting
WRITTEN = {"content": ref("7"), "image_sha256": Sha256("8" * 64), "key": Sha256("9" * 64)}
WRITE = asking(HandwriteSignature, AS_APPLICANT, **THIS, **WRITTEN)
LEAVE = asking(DeclineHandwriting, AS_APPLICANT, **THIS)
DONE = SignatureHandwritten(
    document="d1", document_sha256=Sha256("a" * 64), participant=APPLICANT, handwriting=ref("7"),
    image_sha256=Sha256("8" * 64), key=Sha256("9" * 64),
)  # fmt: skip
NOT_DONE = HandwritingDeclined(document="d1", document_sha256=Sha256("a" * 64), participant=APPLICANT)


def asked(procedure: Procedure, *events: Event) -> Procedure:
    """The same act under a type that asks for it."""
    kind = procedure.type.procedure
    lines = tuple(line.but(handwriting=line.document == "agreement") for line in kind.signatures)
    return then(procedure.but(type=procedure.type.but(procedure=kind.but(signatures=lines))), *events)


def elsewhere() -> Procedure:
    procedure = asked(understood())
    return procedure.with_participant(procedure.participant(APPLICANT).but(place="own_device"))


HANDWRITING_CASES = [
    Case("by hand", lambda: asked(understood()), BY_HAND, WRITE, PERMITTED),
    Case("in the name of another", lambda: asked(understood()), BY_HAND,
         asking(HandwriteSignature, AS_RESPONDENT, **THIS, **WRITTEN), "only_oneself"),
    Case("by the clerk for him", lambda: asked(understood()), WITHOUT,
         asking(DeclineHandwriting, AS_CLERK, **THIS), "only_oneself"),
    Case("on other bytes", lambda: asked(understood()), BY_HAND,
         asking(HandwriteSignature, AS_APPLICANT, **OTHER_BYTES, **WRITTEN), "document_changed"),
    Case("before it was read", lambda: asked(shown()), BY_HAND, WRITE, "document_not_understood"),
    Case("at home", elsewhere, BY_HAND, WRITE, "handwriting_not_here"),
    Case("where nobody asks for it", understood, BY_HAND, WRITE, "handwriting_not_planned"),
    Case("twice", lambda: asked(understood(), DONE), BY_HAND, WRITE, "handwriting_done"),
    Case("without after all", lambda: asked(understood(), DONE), WITHOUT, LEAVE, "handwriting_done"),
    Case("by hand after all", lambda: asked(understood(), NOT_DONE), BY_HAND, WRITE, PERMITTED),
    Case("without", lambda: asked(understood()), WITHOUT, LEAVE, PERMITTED),
    Case("without, twice", lambda: asked(understood(), NOT_DONE), WITHOUT, LEAVE, "handwriting_done"),
    Case("after signing", lambda: asked(signed()), BY_HAND, WRITE, "already_signed"),
    Case("before there is a document", lambda: asked(in_session()), BY_HAND, WRITE, "unknown_document"),
    Case("a code before either", lambda: asked(understood()), identity.may_send_pin,
         asking(SendPin, AS_APPLICANT, **ASK), "handwriting_wanted"),
    Case("a signature before either", lambda: asked(understood(), pin_sent("d1")), signing.may_sign_document,
         asking(SignDocument, AS_APPLICANT, **SIGN), "handwriting_wanted"),
    Case("a code after either", lambda: asked(understood(), NOT_DONE), identity.may_send_pin,
         asking(SendPin, AS_APPLICANT, **ASK), PERMITTED),
    Case("a code at home", elsewhere, identity.may_send_pin, asking(SendPin, AS_APPLICANT, **ASK), PERMITTED),
]  # fmt: skip
