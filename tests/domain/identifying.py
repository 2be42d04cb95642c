"""Table: when an identity may be checked, confirmed and waived."""

from domain.commands import (
    CaptureStill,
    ConfirmIdDocument,
    CorrectParticipant,
    EnterPin,
    RejectIdDocument,
    SendPin,
    WaiveIdentity,
)
from domain.events.identity import IdentityLapsed, PinFailed
from domain.events.people import ConnectionLost
from domain.ids import Sha256
from domain.procedure.state import Procedure
from domain.rules import identity as rules
from tests.domain.cases import (
    AS_APPLICANT,
    AS_CLERK,
    AS_OFFICE,
    AS_RESPONDENT,
    PERMITTED,
    Case,
    asking,
)
from tests.domain.samples import (
    APPLICANT,
    CLERK,
    PIN_CHALLENGE,
    arrived,
    in_room,
    in_session,
    pin_sent,
    requested,
    shown_to_camera,
    then,
    with_pin,
    with_still,
)

CITIZEN = {"participant": APPLICANT}
STILL, NO, WAIVER = rules.may_capture_still, rules.may_reject_id_document, rules.may_waive_identity
CONFIRM, SEND, ENTER = rules.may_confirm_id_document, rules.may_send_pin, rules.may_enter_pin
NUMBER = requested().participant(APPLICANT).document_number
assert NUMBER is not None
WRONG_LETTER = NUMBER[:-1] + ("A" if NUMBER[-1] != "A" else "B")
SEEN = {**CITIZEN, "document_number": NUMBER, "still": Sha256("5" * 64)}
PIN = {**CITIZEN, "challenge": PIN_CHALLENGE, "proof": "p"}
WHY = {**CITIZEN, "reason": "La conozco personalmente desde hace años"}
REJECTED = {**CITIZEN, "reason": "Caducado"}
FOR_IDENTITY = {**CITIZEN, "purpose": "identity"}


def lost() -> Procedure:
    return then(in_room(), ConnectionLost(participant=APPLICANT))


def without_mobile() -> Procedure:
    procedure = shown_to_camera()
    return procedure.with_participant(procedure.participant(APPLICANT).but(mobile=None))


def used_up() -> Procedure:
    return then(with_pin(), PinFailed(participant=APPLICANT, challenge=PIN_CHALLENGE, left=0))


def pin_for_a_document() -> Procedure:
    return then(shown_to_camera(), pin_sent("d1"))


def lapsed() -> Procedure:
    return then(in_session(), IdentityLapsed(participant=APPLICANT, cause="power_cut"))


def by_camera_only() -> Procedure:
    return in_room("life_certificate")


CORRECT = rules.may_correct_participant
RENAMED = {**CITIZEN, "name": "Anxo Ruiz Seoane de Lira", "reason": "Faltaba un apellido"}
RENUMBERED = {**CITIZEN, "document_number": "00000000T", "reason": "Se tomó mal en la solicitud"}

IDENTIFYING = [
    Case("a name is put right", arrived, CORRECT, asking(CorrectParticipant, AS_CLERK, **RENAMED), PERMITTED),
    Case("a number is put right", in_room, CORRECT, asking(CorrectParticipant, AS_CLERK, **RENUMBERED), PERMITTED),
    Case(
        "with the wrong letter",
        arrived,
        CORRECT,
        asking(CorrectParticipant, AS_CLERK, **(RENUMBERED | {"document_number": WRONG_LETTER})),
        "id_letter_wrong",
    ),
    Case(
        "with what stood there already",
        arrived,
        CORRECT,
        asking(CorrectParticipant, AS_CLERK, **(RENUMBERED | {"document_number": f" {NUMBER.lower()} "})),
        "nothing_corrected",
    ),
    Case("by the person", arrived, CORRECT, asking(CorrectParticipant, AS_APPLICANT, **RENAMED), "host_only"),
    Case(
        "of the clerk",
        arrived,
        CORRECT,
        asking(CorrectParticipant, AS_CLERK, **(RENAMED | {"participant": CLERK})),
        "staff_sign_in_instead",
    ),
    Case("once identified", in_session, CORRECT, asking(CorrectParticipant, AS_CLERK, **RENAMED), "already_identified"),
    Case("before the summons", requested, CORRECT, asking(CorrectParticipant, AS_CLERK, **RENAMED), "wrong_stage"),
    Case("a frame of the person in the room", in_room, STILL, asking(CaptureStill, AS_CLERK, **CITIZEN), PERMITTED),
    Case("again after a cut", lapsed, STILL, asking(CaptureStill, AS_CLERK, **CITIZEN), PERMITTED),
    Case("by the citizen", in_room, STILL, asking(CaptureStill, AS_APPLICANT, **CITIZEN), "host_only"),
    Case("before the room", arrived, STILL, asking(CaptureStill, AS_CLERK, **CITIZEN), "wrong_stage"),
    Case("of the clerk", in_room, STILL, asking(CaptureStill, AS_CLERK, participant=CLERK), "staff_sign_in_instead"),
    Case("of somebody whose line is lost", lost, STILL, asking(CaptureStill, AS_CLERK, **CITIZEN), "not_in_room"),
    Case("of who is identified", in_session, STILL, asking(CaptureStill, AS_CLERK, **CITIZEN), "already_identified"),
    Case(
        "the document was shown already",
        shown_to_camera,
        STILL,
        asking(CaptureStill, AS_CLERK, **CITIZEN),
        "method_out_of_order",
    ),
    Case("the number fits", with_still, CONFIRM, asking(ConfirmIdDocument, AS_CLERK, **SEEN), PERMITTED),
    Case(
        "typed with dots",
        with_still,
        CONFIRM,
        asking(
            ConfirmIdDocument,
            AS_CLERK,
            **{**SEEN, "document_number": f" {NUMBER[:2]}.{NUMBER[2:8]}-{NUMBER[8:].lower()}"},
        ),
        PERMITTED,
    ),
    Case("no frame was taken", in_room, CONFIRM, asking(ConfirmIdDocument, AS_CLERK, **SEEN), "still_missing"),
    Case(
        "another frame",
        with_still,
        CONFIRM,
        asking(ConfirmIdDocument, AS_CLERK, **{**SEEN, "still": "6" * 64}),
        "still_changed",
    ),
    Case(
        "wrong letter",
        with_still,
        CONFIRM,
        asking(ConfirmIdDocument, AS_CLERK, **{**SEEN, "document_number": WRONG_LETTER}),
        "id_letter_wrong",
    ),
    Case(
        "a valid number of somebody else",
        with_still,
        CONFIRM,
        asking(ConfirmIdDocument, AS_CLERK, **{**SEEN, "document_number": "00000000T"}),
        "id_number_differs",
    ),
    Case("not accepted", with_still, NO, asking(RejectIdDocument, AS_CLERK, **REJECTED), PERMITTED),
    Case(
        "not accepted for a cause that says enough",
        with_still,
        NO,
        asking(RejectIdDocument, AS_CLERK, **CITIZEN, cause="coercion"),
        PERMITTED,
    ),
    Case(
        "for another doubt, told",
        with_still,
        NO,
        asking(RejectIdDocument, AS_CLERK, **REJECTED, cause="reasonable_doubt"),
        PERMITTED,
    ),
    Case(
        "for another doubt, not told",
        with_still,
        NO,
        asking(RejectIdDocument, AS_CLERK, **CITIZEN, cause="reasonable_doubt"),
        "field_required",
    ),
    Case("without cause or words", with_still, NO, asking(RejectIdDocument, AS_CLERK, **CITIZEN), "field_required"),
    Case("nothing to reject", in_room, NO, asking(RejectIdDocument, AS_CLERK, **REJECTED), "still_missing"),
    Case("the PIN after the document", shown_to_camera, SEND, asking(SendPin, AS_APPLICANT, **FOR_IDENTITY), PERMITTED),
    Case("the office sends it", shown_to_camera, SEND, asking(SendPin, AS_OFFICE, **FOR_IDENTITY), PERMITTED),
    Case(
        "the other party sends it", shown_to_camera, SEND, asking(SendPin, AS_RESPONDENT, **FOR_IDENTITY), "host_only"
    ),
    Case("the PIN first", in_room, SEND, asking(SendPin, AS_APPLICANT, **FOR_IDENTITY), "method_out_of_order"),
    Case("no telephone", without_mobile, SEND, asking(SendPin, AS_APPLICANT, **FOR_IDENTITY), "no_mobile"),
    Case(
        "a type that does not know PINs",
        by_camera_only,
        SEND,
        asking(SendPin, AS_APPLICANT, **FOR_IDENTITY),
        "identity_method_not_allowed",
    ),
    Case(
        "a document nobody knows",
        in_session,
        SEND,
        asking(SendPin, AS_APPLICANT, **{**FOR_IDENTITY, "purpose": "d9"}),
        "unknown_document",
    ),
    Case("the PIN that was sent", with_pin, ENTER, asking(EnterPin, AS_APPLICANT, **PIN), PERMITTED),
    Case("typed by somebody else", with_pin, ENTER, asking(EnterPin, AS_CLERK, **PIN), "only_oneself"),
    Case("none was sent", shown_to_camera, ENTER, asking(EnterPin, AS_APPLICANT, **PIN), "pin_unknown"),
    Case(
        "an earlier one",
        with_pin,
        ENTER,
        asking(EnterPin, AS_APPLICANT, **{**PIN, "challenge": "pin_old"}),
        "pin_unknown",
    ),
    Case("one for a signature", pin_for_a_document, ENTER, asking(EnterPin, AS_APPLICANT, **PIN), "pin_other_purpose"),
    Case("used up", used_up, ENTER, asking(EnterPin, AS_APPLICANT, **PIN), "pin_exhausted"),
    Case("with a reason", in_room, WAIVER, asking(WaiveIdentity, AS_CLERK, **WHY), PERMITTED),
    Case("by himself", in_room, WAIVER, asking(WaiveIdentity, AS_APPLICANT, **WHY), "host_only"),
    Case("of who is identified", in_session, WAIVER, asking(WaiveIdentity, AS_CLERK, **WHY), "already_identified"),
    Case(
        "in a type without waivers",
        by_camera_only,
        WAIVER,
        asking(WaiveIdentity, AS_CLERK.but(participant="p2"), **WHY),
        "waiver_not_allowed",
    ),
]
