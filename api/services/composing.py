"""The composed video of a recording: asked for by whoever may watch it, made by a worker, here seen growing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from enum import StrEnum

from temporalio.client import Client, RPCError, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy as Conflict
from temporalio.common import WorkflowIDReusePolicy as Reuse
from temporalio.service import RPCStatusCode

from activities.orders import OnProcedure
from api.http.problems import EngineUnavailable
from domain.base import Value
from domain.composed import KeptVideo, kept_video, stretches_kept
from domain.ids import ProcedureId, Sha256
from domain.ports.documents import DocumentVault
from domain.procedure.playing import stretches_of
from domain.procedure.state import Procedure
from workflows.composing import ComposeRecordingWorkflow, composing_id
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT

TIMEOUT = timedelta(seconds=5)


class Making(StrEnum):
    """Where the making of a video stands."""

    NOT_ASKED = "not_asked"
    UNDER_WAY = "under_way"
    MADE = "made"
    FAILED = "failed"


class VideoView(Value):
    """A copy to watch: the evidence is the segments and the manifest."""

    state: Making
    made: int
    """Stretches that are there."""
    of: int
    size: int
    """Bytes; 0 until it is whole."""


class Composed:
    """The video of one recording."""

    def __init__(self, client: Client, recordings: DocumentVault, procedure: Procedure, manifest: Sha256) -> None:
        self._client = client
        self._recordings = recordings
        self._id = procedure.id
        self._manifest = manifest
        self._of = len(stretches_of(procedure.recording.parts if procedure.recording else (), ()))

    async def video(self) -> KeptVideo | None:
        """None until it is whole."""
        return await kept_video(self._recordings, self._id, self._manifest)

    async def view(self) -> VideoView:
        """How far it is. Raises `EngineUnavailable` when nobody can say."""
        if (video := await self.video()) is not None:
            return VideoView(state=Making.MADE, made=self._of, of=self._of, size=video.size)
        state = await self._state()
        made = await stretches_kept(self._recordings, self._id, self._manifest, self._of)
        return VideoView(state=state, made=made, of=self._of, size=0)

    async def ask(self, up_to: int) -> VideoView:
        """Have it made, unless it is or is being. Raises `EngineUnavailable`: then nobody makes it."""
        view = await self.view()
        if view.state in (Making.MADE, Making.UNDER_WAY):
            return view
        try:
            await self._client.start_workflow(
                ComposeRecordingWorkflow.run,
                OnProcedure(procedure=self._id, up_to=up_to),
                id=composing_id(self._id),
                task_queue=PROCEDURES,
                task_timeout=TASK_TIMEOUT,
                id_reuse_policy=Reuse.ALLOW_DUPLICATE,
                id_conflict_policy=Conflict.USE_EXISTING,
                rpc_timeout=TIMEOUT,
            )
        except (RPCError, RuntimeError) as error:
            raise EngineUnavailable("compose") from error
        return view.but(state=Making.UNDER_WAY)

    async def _state(self) -> Making:
        try:
            told = await self._client.get_workflow_handle(composing_id(self._id)).describe(rpc_timeout=TIMEOUT)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return Making.NOT_ASKED
            raise EngineUnavailable("compose") from error
        except RuntimeError as error:
            raise EngineUnavailable("compose") from error
        return Making.UNDER_WAY if told.status is WorkflowExecutionStatus.RUNNING else Making.FAILED


async def bytes_of(
    recordings: DocumentVault, procedure: ProcedureId, video: KeptVideo, begin: int, end: int
) -> AsyncIterator[bytes]:
    """The bytes of a video from `begin` up to and including `end`, a stretch at a time."""
    place = 0
    for piece in video.pieces:
        if place <= end and place + piece.size > begin:
            content = await recordings.get(procedure, piece)
            yield content[max(0, begin - place) : end + 1 - place]
        place += piece.size
