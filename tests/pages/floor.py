"""Acts in which one party has the floor and another asks for it, microphones are closed, or nothing is recorded."""

from domain.actions.floor import FloorGiven, FloorRequested
from domain.actions.microphones import EveryoneMuted, ParticipantMuted
from domain.events.recording import RecordingFailed
from tests.templates.samples import Act, conciliation


def muted() -> Act:
    """Everybody's microphone is closed; before that, one party's alone was."""
    return one_muted().then(EveryoneMuted())


def one_muted() -> Act:
    act = asking_for_floor()
    return act.then(ParticipantMuted(participant=act.procedure.citizens[1].id))


def asking_for_floor() -> Act:
    act = conciliation()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("DocumentDeposited") + 2]
    first, second = act.procedure.citizens[:2]
    act.then(FloorGiven(participant=first.id))
    return act.then(FloorRequested(participant=second.id), actor=second.id)


def not_recorded() -> Act:
    """Somebody has the floor, and the recording has failed."""
    return asking_for_floor().then(RecordingFailed(part=1, reason="not_begun"))
