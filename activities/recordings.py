"""Recording an act, carried out beside the media process that holds its room; and the manifest of what was recorded."""

from temporalio import activity

from activities.orders import KeepManifest, KeptManifest, PartOrder, StartedPart
from domain.errors import PersonMustAct
from domain.ports.documents import DocumentVault
from domain.ports.recording import RecordedSoFar, Recorder
from domain.procedure.recording import FIRST, manifest_of
from domain.reading import CaseReading
from domain.recorded import kept_lines


class Recordings:
    """Begins and ends parts."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    @activity.defn
    async def start_recording(self, order: PartOrder) -> StartedPart:
        began_at = await self._recorder.start(order.procedure, order.part, sound_only=order.sound_only)
        return StartedPart(began_at=began_at)

    @activity.defn
    async def stop_recording(self, order: PartOrder) -> RecordedSoFar:
        return await self._recorder.stop(order.procedure, order.part)


class Manifests:
    """Lists what the store has of a recording."""

    def __init__(self, cases: CaseReading, vault: DocumentVault, recordings: DocumentVault) -> None:
        """`recordings` has what is listed; the list itself stays with the procedure when they are erased."""
        self._cases = cases
        self._vault = vault
        self._recordings = recordings

    @activity.defn
    async def keep_manifest(self, order: KeepManifest) -> KeptManifest:
        """Every line that the journal has fixed, and no other."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        recording = procedure.recording
        assert recording is not None
        lines = (await kept_lines(self._recordings, procedure.id))[: recording.lines]
        if (lines[-1].hash if lines else FIRST) != recording.head:
            raise PersonMustAct("content_altered", key="recording")
        manifest = manifest_of(procedure.id, recording.parts, lines)
        kept = await self._vault.put_once(procedure.id, "recording-manifest", manifest, "application/json")
        return KeptManifest(manifest=kept)
