"""Table: an identification with consent, stills of several poses, and advice for whoever decides."""

from typing import Any

from domain.commands import (
    Author,
    BeginIdentification,
    CompleteIdentification,
    RejectIdDocument,
    StopIdentification,
    TakePose,
)
from domain.events.identity import IdentificationAdvised, IdentificationBegun, IdentificationStopped, PoseTaken
from domain.procedure.people import Advice
from domain.procedure.state import Procedure
from domain.rules import identity as rules
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.samples import in_room, ref, then

FACE = "face_against_document"


def room() -> Procedure:
    return in_room("life_certificate")


PERSON, HOST = room().citizens[0], room().hosts[0]
AS_PERSON, AS_HOST = Author(participant=PERSON.id), Author(participant=HOST.id, account=HOST.account)
OF_WHOM: dict[str, Any] = {"participant": PERSON.id, "mechanism": FACE}
BEGUN: dict[str, Any] = {**OF_WHOM, "reference": "idn_1"}
DECIDED = {**BEGUN, "answers": {"document_number": PERSON.document_number}}
CARD: dict[str, Any] = {**BEGUN, "pose": "document"}
CLOSER: dict[str, Any] = {**BEGUN, "pose": "closer"}


def consented() -> Procedure:
    return then(room(), IdentificationBegun(**BEGUN, poses=("document", "closer"), consented=True))


def one_taken() -> Procedure:
    return then(consented(), PoseTaken(**CARD, still=ref("6")))


def advised() -> Procedure:
    advice = Advice(band="different", doubts=("not_as_asked",))
    return then(one_taken(), PoseTaken(**CLOSER, still=ref("7")), IdentificationAdvised(**BEGUN, advice=advice))


def stopped() -> Procedure:
    return then(one_taken(), IdentificationStopped(**BEGUN))


def another_begun() -> Procedure:
    """What was begun first is told of late, and changes nothing."""
    later = IdentificationBegun(**{**BEGUN, "reference": "idn_2"}, poses=("document",), consented=True)
    return then(consented(), later, PoseTaken(**CARD, still=ref("6")))


BEGIN, COMPLETE, NO = rules.may_begin_identification, rules.may_complete_identification, rules.may_reject_id_document
TAKE, STOP = rules.may_take_pose, rules.may_stop_identification
SECOND = {**CARD, "reference": "idn_2"}

BY_FACE = [
    Case("the person consents", room, BEGIN, asking(BeginIdentification, AS_PERSON, **OF_WHOM), PERMITTED),
    Case("nobody consents for them", room, BEGIN, asking(BeginIdentification, AS_HOST, **OF_WHOM), "only_oneself"),
    Case("without consent", room, TAKE, asking(TakePose, AS_HOST, **CARD), "identification_not_begun"),
    Case("the first still", consented, TAKE, asking(TakePose, AS_HOST, **CARD), PERMITTED),
    Case("the person takes it", consented, TAKE, asking(TakePose, AS_PERSON, **CARD), "host_only"),
    Case("the second first", consented, TAKE, asking(TakePose, AS_HOST, **CLOSER), "pose_differs"),
    Case("the first again", one_taken, TAKE, asking(TakePose, AS_HOST, **CARD), "pose_differs"),
    Case("the second still", one_taken, TAKE, asking(TakePose, AS_HOST, **CLOSER), PERMITTED),
    Case("one more", advised, TAKE, asking(TakePose, AS_HOST, **CLOSER), "pose_differs"),
    Case("of an earlier one", another_begun, TAKE, asking(TakePose, AS_HOST, **CARD), "identification_not_begun"),
    Case("of the later one", another_begun, TAKE, asking(TakePose, AS_HOST, **SECOND), PERMITTED),
    Case("too early", one_taken, COMPLETE, asking(CompleteIdentification, AS_HOST, **DECIDED), "poses_missing"),
    Case("whatever is advised", advised, COMPLETE, asking(CompleteIdentification, AS_HOST, **DECIDED), PERMITTED),
    Case("the person decides", advised, COMPLETE, asking(CompleteIdentification, AS_PERSON, **DECIDED), "host_only"),
    Case(
        "not accepted",
        advised,
        NO,
        asking(RejectIdDocument, AS_HOST, participant=PERSON.id, reason="No es ella."),
        PERMITTED,
    ),
    Case("consent is taken back", one_taken, STOP, asking(StopIdentification, AS_PERSON, **BEGUN), PERMITTED),
    Case("after the advice too", advised, STOP, asking(StopIdentification, AS_PERSON, **BEGUN), PERMITTED),
    Case("the host leaves it", one_taken, STOP, asking(StopIdentification, AS_HOST, **BEGUN), PERMITTED),
    Case("left already", stopped, STOP, asking(StopIdentification, AS_HOST, **BEGUN), "identification_not_begun"),
    Case("left", stopped, TAKE, asking(TakePose, AS_HOST, **CLOSER), "identification_not_begun"),
    Case(
        "the way without",
        stopped,
        BEGIN,
        asking(BeginIdentification, AS_HOST, participant=PERSON.id, mechanism="id_document_frame"),
        PERMITTED,
    ),
]
