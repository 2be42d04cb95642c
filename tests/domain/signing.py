"""Table: who may bring, show, read, sign and refuse which document."""

from domain.commands import (
    DepositDocument,
    PresentDocument,
    ReadPage,
    RefuseSignature,
    SendPin,
    SignDocument,
    SignWithCertificate,
    UnderstandDocument,
)
from domain.events.documents import DocumentPageRead
from domain.events.identity import IdentityLapsed, PinFailed
from domain.events.people import ConnectionLost
from domain.events.signing import SignatureRefused
from domain.ids import Sha256
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import identity
from domain.rules import signing as rules
from tests.domain.cases import AS_APPLICANT, AS_CLERK, AS_OFFICE, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.held import brought
from tests.domain.samples import (
    APPLICANT,
    CLERK,
    PIN_CHALLENGE,
    START,
    approved,
    arrived,
    drafted,
    in_session,
    pin_sent,
    read_whole,
    ready_to_sign,
    ref,
    shown,
    signed,
    summoned,
    taken_over,
    then,
    understood,
    with_agreement,
)

PAPER = {"raw": (ref("9"),), "code": "exhibit", "title": "Presupuesto", "depositor": APPLICANT}
THIS = {"document": "d1", "sha256": Sha256("a" * 64), "participant": APPLICANT}
OTHER_BYTES = {**THIS, "sha256": Sha256("f" * 64)}
SIGN = {**THIS, "challenge": PIN_CHALLENGE, "proof": "p", "explicit": True}
MINE = {"document": "d1", "participant": CLERK, "authenticated_at": START}
NO = {"document": "d1", "participant": APPLICANT, "reason": "No es lo que dije"}
ASK = {"participant": APPLICANT, "purpose": "d1"}
A_PAGE = asking(ReadPage, AS_APPLICANT, **THIS, page=1)
ALL_OF_IT = asking(UnderstandDocument, AS_APPLICANT, **THIS)
A_PIN = asking(SendPin, AS_APPLICANT, **ASK)


def half_read() -> Procedure:
    page = DocumentPageRead(document="d1", document_sha256=Sha256("a" * 64), participant=APPLICANT, page=2)
    return then(shown(), page)


def used_up() -> Procedure:
    return then(ready_to_sign(), PinFailed(participant=APPLICANT, challenge=PIN_CHALLENGE, left=0))


def pin_for_identity() -> Procedure:
    return then(understood(), pin_sent("identity"))


def lapsed() -> Procedure:
    return then(ready_to_sign(), IdentityLapsed(participant=APPLICANT, cause="power_cut"))


def lost() -> Procedure:
    return then(ready_to_sign(), ConnectionLost(participant=APPLICANT))


def lost_while_reading() -> Procedure:
    return then(shown(), ConnectionLost(participant=APPLICANT))


def lost_once_read() -> Procedure:
    return then(read_whole(), ConnectionLost(participant=APPLICANT))


def refused() -> Procedure:
    refusal = SignatureRefused(document="d1", sha256=Sha256("a" * 64), participant=APPLICANT, reason="No")
    return then(shown(), refusal)


def not_there_yet() -> Procedure:
    procedure = in_session()
    return procedure.with_participant(procedure.participant(APPLICANT).but(presence=Presence.EXPECTED))


def respondent_first() -> Procedure:
    """The same agreement where the respondent's line of the plan comes before the applicant's."""
    procedure = ready_to_sign()
    kind = procedure.type.procedure
    line = kind.signatures[0]
    ordered = (line.but(signers=("respondent",)), line.but(signers=("applicant",)), *kind.signatures[1:])
    return procedure.but(type=procedure.type.but(procedure=kind.but(signatures=ordered)))


BRING, SHOW, READ = rules.may_deposit_document, rules.may_present_document, rules.may_read_page
UNDERSTAND, SIGNING, CERTIFICATE = (
    rules.may_understand_document,
    rules.may_sign_document,
    rules.may_sign_with_certificate,
)
REFUSE, PIN = rules.may_refuse_signature, identity.may_send_pin


def deposit(**changes: object) -> DepositDocument:
    command = asking(DepositDocument, AS_APPLICANT, **{**PAPER, **changes})
    assert isinstance(command, DepositDocument)
    return command


SIGNING_CASES = [
    Case("a paper is brought", in_session, BRING, deposit(), PERMITTED),
    Case("the office scans it", in_session, BRING, asking(DepositDocument, AS_OFFICE, **PAPER), PERMITTED),
    Case("the other party brings it", in_session, BRING, asking(DepositDocument, AS_RESPONDENT, **PAPER), "host_only"),
    Case("before arriving", not_there_yet, BRING, deposit(), "not_arrived"),
    Case("before anybody comes", summoned, BRING, deposit(), "wrong_stage"),
    Case("what only the body writes", in_session, BRING, deposit(code="agreement"), "document_not_expected"),
    Case("a class nobody knows", in_session, BRING, deposit(code="poem"), "document_not_expected"),
    Case("for an item that is not there", in_session, BRING, deposit(item="i99"), "unknown_item"),
    Case("shown", with_agreement, SHOW, asking(PresentDocument, AS_CLERK, document="d1", to=(APPLICANT,)), PERMITTED),
    Case(
        "shown by a party",
        with_agreement,
        SHOW,
        asking(PresentDocument, AS_APPLICANT, document="d1", to=(APPLICANT,)),
        "host_only",
    ),
    Case(
        "a document that is not there",
        with_agreement,
        SHOW,
        asking(PresentDocument, AS_CLERK, document="d9", to=(APPLICANT,)),
        "unknown_document",
    ),
    Case(
        "to nobody known",
        with_agreement,
        SHOW,
        asking(PresentDocument, AS_CLERK, document="d1", to=("p99",)),
        "unknown_participant",
    ),
    Case("a page", shown, READ, asking(ReadPage, AS_APPLICANT, **THIS, page=2), PERMITTED),
    Case("a page too many", shown, READ, asking(ReadPage, AS_APPLICANT, **THIS, page=3), "no_such_page"),
    Case("what was not shown", with_agreement, READ, A_PAGE, "document_not_shown"),
    Case("other bytes", shown, READ, asking(ReadPage, AS_APPLICANT, **OTHER_BYTES, page=1), "document_changed"),
    Case("from a seat taken over", taken_over, READ, A_PAGE, "seat_taken_over"),
    Case("a page while the line is lost", lost_while_reading, READ, A_PAGE, "not_in_room"),
    Case("understood while the line is lost", lost_once_read, UNDERSTAND, ALL_OF_IT, "not_in_room"),
    Case("read for him", shown, READ, asking(ReadPage, AS_CLERK, **THIS, page=1), "only_oneself"),
    Case("understood", read_whole, UNDERSTAND, ALL_OF_IT, PERMITTED),
    Case("half of it", half_read, UNDERSTAND, ALL_OF_IT, "document_not_read"),
    Case("a PIN for it", understood, PIN, A_PIN, PERMITTED),
    Case("a PIN for what was not shown", with_agreement, PIN, A_PIN, "document_not_shown"),
    Case("a PIN for what was not read", half_read, PIN, A_PIN, "document_not_read"),
    Case("a PIN for what was read and no more", read_whole, PIN, A_PIN, "document_not_understood"),
    Case("signed", ready_to_sign, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), PERMITTED),
    Case("by the clerk for him", ready_to_sign, SIGNING, asking(SignDocument, AS_CLERK, **SIGN), "only_oneself"),
    Case(
        "other bytes than were read",
        ready_to_sign,
        SIGNING,
        asking(SignDocument, AS_APPLICANT, **{**SIGN, **OTHER_BYTES}),
        "document_changed",
    ),
    Case(
        "without ticking the box",
        ready_to_sign,
        SIGNING,
        asking(SignDocument, AS_APPLICANT, **{**SIGN, "explicit": False}),
        "will_not_explicit",
    ),
    Case("without a PIN", understood, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "pin_unknown"),
    Case(
        "with a PIN for something else",
        pin_for_identity,
        SIGNING,
        asking(SignDocument, AS_APPLICANT, **SIGN),
        "pin_other_purpose",
    ),
    Case("with a PIN that is used up", used_up, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "pin_exhausted"),
    Case("unread", shown, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "document_not_read"),
    Case("twice", signed, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "already_signed"),
    Case("after the identity lapsed", lapsed, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "identity_lapsed"),
    Case("with the line lost", lost, SIGNING, asking(SignDocument, AS_APPLICANT, **SIGN), "not_in_room"),
    Case(
        "before the other's turn",
        respondent_first,
        SIGNING,
        asking(SignDocument, AS_APPLICANT, **SIGN),
        "signature_out_of_turn",
    ),
    Case(
        "what one brought oneself",
        brought,
        SIGNING,
        asking(SignDocument, AS_APPLICANT, **SIGN),
        "signature_not_planned",
    ),
    Case(
        "the clerk signs the agreement",
        ready_to_sign,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK, **MINE),
        "signature_not_planned",
    ),
    Case(
        "nobody signed in",
        approved,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK.but(account=None), **MINE),
        "staff_only",
    ),
    Case(
        "in the clerk's name", approved, CERTIFICATE, asking(SignWithCertificate, AS_APPLICANT, **MINE), "only_oneself"
    ),
    Case(
        "before there are minutes",
        drafted,
        CERTIFICATE,
        asking(SignWithCertificate, AS_CLERK, **MINE),
        "unknown_document",
    ),
    Case("says no", shown, REFUSE, asking(RefuseSignature, AS_APPLICANT, **NO), PERMITTED),
    Case("says no for him", shown, REFUSE, asking(RefuseSignature, AS_CLERK, **NO), "only_oneself"),
    Case("says no after signing", signed, REFUSE, asking(RefuseSignature, AS_APPLICANT, **NO), "already_signed"),
    Case("says no twice", refused, REFUSE, asking(RefuseSignature, AS_APPLICANT, **NO), "already_refused"),
    Case(
        "says no to what nobody asks of him",
        brought,
        REFUSE,
        asking(RefuseSignature, AS_APPLICANT, **NO),
        "signature_not_planned",
    ),
    Case("says no before the act", arrived, REFUSE, asking(RefuseSignature, AS_APPLICANT, **NO), "wrong_stage"),
]
