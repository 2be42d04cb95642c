"""When the act is recorded: as its type says, only while it is held, and with everybody's consent where it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.orders import KeepManifest, KeptManifest, PartOrder, StartedPart
    from activities.recordings import Manifests, Recordings
    from domain.events.recording import RecordingFailed, RecordingKept, RecordingStarted, RecordingStopped
    from domain.ids import ParticipantId
    from domain.ports.recording import RecordedSoFar
    from domain.procedure.recording import RecordedPart
    from domain.rules.recording import Kept, may_be_kept
    from domain.types.vocabulary import Stage
    from workflows.engine.calls import call_and_wait, call_until_done, call_within
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import DOCUMENTS, media_queue
    from workflows.engine.waiting import Waiting

RECORDS = "records_sessions"
"""The patch of the runs in which sessions are recorded: they were not up to 0.2."""

SOUND_ALONE = "records_sound_alone"
"""The patch of the runs in which sound is recorded without pictures."""

STARTING, STOPPING = timedelta(seconds=20), timedelta(minutes=2)
"""After which recording has failed. An act waits for no recorder; its minutes are written then."""

CONSENT = "consent"


async def hold_recorded_session(case: CaseFile, waiting: Waiting) -> None:
    """Until people close, stop or adjourn; what may be recorded meanwhile is."""
    records = workflow.patched(RECORDS)
    failed_at: int | None = None
    """How often it had been asked for again when it failed; it is tried once more when it is asked for once more."""
    case.sound_alone = workflow.patched(SOUND_ALONE)

    def in_session() -> bool:
        return case.procedure.stage is Stage.IN_SESSION

    def is_due() -> bool:
        may_try = failed_at is None or asked_again(case) > failed_at
        return records and may_try and wanted(case) != recorded_now(case)

    while in_session():
        if is_due() and open_part(case) is not None:
            await end_recording(case, CONSENT)
        elif is_due():
            failed_at = None if await _begin(case) else asked_again(case)
        else:
            await waiting.until(lambda: not in_session() or is_due())
    await end_recording(case, _why_not_in_session(case))


def open_part(case: CaseFile) -> RecordedPart | None:
    """The part that is being recorded."""
    return case.procedure.recording.open_part if case.procedure.recording else None


def asked_again(case: CaseFile) -> int:
    return case.procedure.recording.asked_again if case.procedure.recording else 0


def recorded_now(case: CaseFile) -> Kept | None:
    """What is being kept of those in the room."""
    part = open_part(case)
    return None if part is None else Kept.SOUND if part.sound_only else Kept.SOUND_AND_PICTURES


def wanted(case: CaseFile) -> Kept | None:
    """What the rule lets be kept now."""
    return may_be_kept(case.procedure, case.entering, sound_alone=case.sound_alone)


@asynccontextmanager
async def about_to_enter(case: CaseFile, participant: ParticipantId) -> AsyncIterator[None]:
    """Whoever has not said yes comes into a room that is not recorded."""
    case.entering.add(participant)
    try:
        if open_part(case) is not None and wanted(case) != recorded_now(case):
            await end_recording(case, CONSENT)
        yield
    finally:
        case.entering.discard(participant)


async def end_recording(case: CaseFile, because: str) -> None:
    """End the part that is being recorded, if one is, once everything is in the store."""
    part = open_part(case)
    if part is None:
        return
    order = PartOrder(procedure=case.procedure.id, part=part.part)
    stopped = await _stop(case, order, STOPPING)
    if stopped is None:
        event: RecordingFailed | RecordingStopped = RecordingFailed(part=part.part, reason="not_ended")
    else:
        event = RecordingStopped(part=part.part, because=because, **stopped.model_dump())
    await case.note_if(lambda: open_part(case) == part, event)


async def keep_recording(case: CaseFile) -> None:
    """List what was recorded, before the minutes speak of it."""
    recording = case.procedure.recording
    if recording is None or not recording.lines or recording.manifest is not None:
        return
    order = KeepManifest(procedure=case.procedure.id, up_to=case.seq)
    kept: KeptManifest = await call_until_done(case, DOCUMENTS, Manifests.keep_manifest, order)
    await case.note(RecordingKept(manifest=kept.manifest))


async def _begin(case: CaseFile) -> bool:
    # Once asked for again its number is a new one: what still ends a part that failed must not end this one.
    part = (len(case.procedure.recording.parts) + 1 if case.procedure.recording else 1) + asked_again(case)
    sound_only = wanted(case) is Kept.SOUND
    order = PartOrder(procedure=case.procedure.id, part=part, sound_only=sound_only)
    try:
        started: StartedPart = await call_within(
            media_queue(case.procedure.media), Recordings.start_recording, order, STARTING
        )
    except ActivityError:
        # It may have begun all the same, and its answer been lost: what nobody was told of must not go on.
        await _stop(case, order, STARTING)
        await case.note(RecordingFailed(part=part, reason="not_begun"))
        return False
    await case.note(RecordingStarted(part=part, began_at=started.began_at, sound_only=sound_only))
    return True


async def _stop(case: CaseFile, order: PartOrder, limit: timedelta) -> RecordedSoFar | None:
    """None: no answer yet. It goes on being asked for: a recorder that was away records nobody once it is back."""
    stopped: RecordedSoFar | None = await call_and_wait(
        media_queue(case.procedure.media), Recordings.stop_recording, order, limit
    )
    return stopped


def _why_not_in_session(case: CaseFile) -> str:
    stopped = case.procedure.interruption
    if case.procedure.stage is Stage.INTERRUPTED and stopped is not None:
        return stopped.cause.value
    return "adjourned" if case.procedure.stage is Stage.ADJOURNED else "closed"
