"""A composed video in the store: made stretch by stretch, each kept once; one list says that it is whole.

It is a copy for the eyes. What proves anything are the segments and their manifest.
"""

from domain.base import Value
from domain.ids import ProcedureId, Sha256
from domain.ports.composing import Cluster
from domain.ports.documents import DocumentVault
from domain.procedure.documents import DocumentRef

MEDIA_TYPE = "video/webm"


class KeptStretch(Value):
    """Where a stretch is, and where a player may begin in it."""

    content: DocumentRef
    clusters: tuple[Cluster, ...]


class KeptVideo(Value):
    """The pieces that are the video, one after the other."""

    lasts: float
    pieces: tuple[DocumentRef, ...]

    @property
    def size(self) -> int:
        return sum(piece.size for piece in self.pieces)


def video_name(manifest: Sha256) -> str:
    """Under which name the video of that recording is kept."""
    return f"composed-{manifest}-video"


def stretch_name(manifest: Sha256, n: int) -> str:
    return f"composed-{manifest}-{n}"


async def kept_video(vault: DocumentVault, procedure: ProcedureId, manifest: Sha256) -> KeptVideo | None:
    """None until it is whole."""
    ref = await vault.find(procedure, video_name(manifest))
    return None if ref is None else KeptVideo.model_validate_json(await vault.get(procedure, ref))


async def kept_stretch(vault: DocumentVault, procedure: ProcedureId, manifest: Sha256, n: int) -> KeptStretch | None:
    ref = await vault.find(procedure, stretch_name(manifest, n))
    return None if ref is None else KeptStretch.model_validate_json(await vault.get(procedure, ref))


async def stretches_kept(vault: DocumentVault, procedure: ProcedureId, manifest: Sha256, of: int) -> int:
    """How many of so many stretches are made: they are made in order, so few have to be looked for."""
    made, beyond = 0, of + 1
    while beyond - made > 1:
        middle = (made + beyond) // 2
        if await vault.find(procedure, stretch_name(manifest, middle - 1)) is None:
            beyond = middle
        else:
            made = middle
    return made
