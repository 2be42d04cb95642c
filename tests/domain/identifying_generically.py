"""Table: when any mechanism may begin and be completed, by whom, and with what."""

from domain.commands import BeginIdentification, CompleteIdentification, RejectIdDocument
from domain.events.identity import IdentificationBegun, IdentificationFailed, StillCaptured
from domain.procedure.state import Procedure
from domain.rules import identity as rules
from tests.domain.cases import AS_APPLICANT, AS_CLERK, AS_OFFICE, PERMITTED, Case, asking
from tests.domain.identifying import CITIZEN, NO, NUMBER, REJECTED
from tests.domain.samples import APPLICANT, in_room, ref, shown_to_camera, then

CAMERA, MOBILE = "id_document_frame", "pin_to_mobile"
SHOW, TEXT_ME = {**CITIZEN, "mechanism": CAMERA}, {**CITIZEN, "mechanism": MOBILE}
BY_SIGHT = {**SHOW, "reference": "idn_1", "answers": {"document_number": NUMBER}}
BY_CODE = {**TEXT_ME, "reference": "idn_1", "answers": {"pin": "digest"}}


def begun(mechanism: str = CAMERA) -> Procedure:
    before = in_room() if mechanism == CAMERA else shown_to_camera()
    return then(before, IdentificationBegun(participant=APPLICANT, mechanism=mechanism, reference="idn_1"))


def exhausted() -> Procedure:
    failed = IdentificationFailed(participant=APPLICANT, mechanism=MOBILE, reference="idn_1", left=0)
    return then(begun(MOBILE), failed)


def newer_still() -> Procedure:
    return then(begun(), StillCaptured(participant=APPLICANT, still=ref("6")))


def code_sent() -> Procedure:
    return begun(MOBILE)


BEGIN, COMPLETE = rules.may_begin_identification, rules.may_complete_identification

BY_ANY_MECHANISM = [
    Case("a host begins what is theirs", in_room, BEGIN, asking(BeginIdentification, AS_CLERK, **SHOW), PERMITTED),
    Case("the person begins that", in_room, BEGIN, asking(BeginIdentification, AS_APPLICANT, **SHOW), "host_only"),
    Case("the person begins", shown_to_camera, BEGIN, asking(BeginIdentification, AS_APPLICANT, **TEXT_ME), PERMITTED),
    Case("the office begins", shown_to_camera, BEGIN, asking(BeginIdentification, AS_OFFICE, **TEXT_ME), PERMITTED),
    Case("the second first", in_room, BEGIN, asking(BeginIdentification, AS_CLERK, **TEXT_ME), "method_out_of_order"),
    Case(
        "what the type does not name",
        in_room,
        BEGIN,
        asking(BeginIdentification, AS_CLERK, **{**SHOW, "mechanism": "horoscope"}),
        "identity_method_not_allowed",
    ),
    Case("a host completes", begun, COMPLETE, asking(CompleteIdentification, AS_CLERK, **BY_SIGHT), PERMITTED),
    Case("the person does", begun, COMPLETE, asking(CompleteIdentification, AS_APPLICANT, **BY_SIGHT), "host_only"),
    Case(
        "the person completes", code_sent, COMPLETE, asking(CompleteIdentification, AS_APPLICANT, **BY_CODE), PERMITTED
    ),
    Case("for them", code_sent, COMPLETE, asking(CompleteIdentification, AS_CLERK, **BY_CODE), "only_oneself"),
    Case(
        "none begun",
        in_room,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **BY_SIGHT),
        "identification_not_begun",
    ),
    Case(
        "on an earlier still",
        newer_still,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **BY_SIGHT),
        "identification_not_begun",
    ),
    Case(
        "no attempt left",
        exhausted,
        COMPLETE,
        asking(CompleteIdentification, AS_APPLICANT, **BY_CODE),
        "identification_not_begun",
    ),
    Case(
        "an earlier one",
        begun,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **{**BY_SIGHT, "reference": "idn_0"}),
        "identification_not_begun",
    ),
    Case(
        "nothing typed",
        begun,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **{**BY_SIGHT, "answers": {}}),
        "field_required",
    ),
    Case(
        "too short",
        begun,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **{**BY_SIGHT, "answers": {"document_number": "1"}}),
        "field_invalid",
    ),
    Case(
        "what nobody asked",
        begun,
        COMPLETE,
        asking(CompleteIdentification, AS_CLERK, **{**BY_SIGHT, "answers": {"document_number": NUMBER, "age": "9"}}),
        "unknown_field",
    ),
    Case("begun, and not accepted", begun, NO, asking(RejectIdDocument, AS_CLERK, **REJECTED), PERMITTED),
]
