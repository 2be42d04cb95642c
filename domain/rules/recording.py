"""What may be kept of an act: asked at each moment, of the state at that moment."""

from collections.abc import Set
from enum import StrEnum

from domain.ids import ParticipantId
from domain.procedure.people import IN_THE_ROOM, Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import RecordingPolicy, Side


class Kept(StrEnum):
    """What is kept of whoever is in the room."""

    SOUND = "sound"
    SOUND_AND_PICTURES = "sound_and_pictures"


def may_be_kept(
    procedure: Procedure, entering: Set[ParticipantId] = frozenset(), *, sound_alone: bool = True
) -> Kept | None:
    """The most that may be recorded now; None for nothing.

    Law: LEC art. 147 orders it; elsewhere nobody is recorded before everybody in the room has said yes, and no picture
    before everybody has said yes to that (GDPR art. 5.1.c and 7). `entering`: who is being let in now; `sound_alone`:
    the recorder keeps sound without pictures.
    """
    policy = procedure.type.procedure.recording
    if policy is RecordingPolicy.MANDATORY_BY_LAW:
        return Kept.SOUND_AND_PICTURES
    if policy is RecordingPolicy.FORBIDDEN or (policy is RecordingPolicy.AUDIO_ONLY and not sound_alone):
        return None
    # Whoever has lost the line comes back without asking.
    here = {person.id for person in procedure.participants if person.presence in IN_THE_ROOM} | entering
    asked = [person for person in procedure.participants if person.id in here and _is_asked(procedure, person)]
    if not asked or not all(person.consents_to_recording for person in asked):
        return None
    if policy is RecordingPolicy.WITH_CONSENT and all(_allows_pictures(person) for person in asked):
        return Kept.SOUND_AND_PICTURES
    return Kept.SOUND if sound_alone else None


def _is_asked(procedure: Procedure, person: Participant) -> bool:
    return procedure.role_of(person).side is not Side.AUTHORITY


def _allows_pictures(person: Participant) -> bool:
    return person.consents[-1].scope == "audio_video"
