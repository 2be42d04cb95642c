"""Table: who may have it recorded once more, and when."""

from domain.actions.recording_again import RecordAgain, RecordingAskedAgain, may_record_again
from domain.events.recording import RecordingFailed, RecordingStarted
from domain.procedure.state import Procedure
from tests.domain.cases import AS_APPLICANT, AS_CLERK, PERMITTED, Case, asking
from tests.domain.samples import START, arrived, in_room, then


def failed() -> Procedure:
    return then(in_room(), RecordingFailed(part=1, reason="not_begun"))


def recorded_again() -> Procedure:
    return then(failed(), RecordingAskedAgain(), RecordingStarted(part=2, began_at=START))


ONCE_MORE = [
    Case("the host has it recorded again", failed, may_record_again, asking(RecordAgain, AS_CLERK), PERMITTED),
    Case("a party asks for it", failed, may_record_again, asking(RecordAgain, AS_APPLICANT), "host_only"),
    Case("where nothing failed", in_room, may_record_again, asking(RecordAgain, AS_CLERK), "recording_goes_on"),
    Case("while it goes on", recorded_again, may_record_again, asking(RecordAgain, AS_CLERK), "recording_goes_on"),
    Case("before the room is open", arrived, may_record_again, asking(RecordAgain, AS_CLERK), "wrong_stage"),
]
