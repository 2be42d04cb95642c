"""Recording that could not begin, or was not ended in order, is asked for once more while the act goes on."""

from domain.commands.base import RecordedCommand
from domain.errors import Refusal
from domain.events.base import Event
from domain.journal.chain import Stamp
from domain.procedure.recording import Recording
from domain.procedure.state import Procedure
from domain.refusals.people import RECORDING_GOES_ON
from domain.rules.common import as_host, at_stage
from domain.types.vocabulary import Stage


class RecordingAskedAgain(Event):
    """What comes is a part of its own. The act stays one that is documented in writing (law: LEC art. 146.2)."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        recording = procedure.recording or Recording()
        return procedure.but(recording=recording.but(asked_again=recording.asked_again + 1))


class RecordAgain(RecordedCommand):
    """Nothing is recorded that the policy of the type, or the people, do not allow."""

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        return (RecordingAskedAgain(),)


def may_record_again(procedure: Procedure, command: RecordAgain) -> None:
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION)
    recording = procedure.recording
    if recording is None or not recording.stands_still:
        raise Refusal(RECORDING_GOES_ON)
