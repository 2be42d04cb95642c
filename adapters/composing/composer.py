"""The `Composer` port: one limited process a stretch. What strangers sent is decoded there, and nowhere else."""

from collections.abc import Mapping, Sequence

from adapters.composing.sizes import picture_size
from adapters.composing.webm import after, before
from adapters.fonts import font_path, fonts_dir
from adapters.limited.processes import LimitedProcesses
from domain.errors import PersonMustAct
from domain.ports.composing import Cluster, Composition, Layout
from domain.procedure.playing import Stretch

PROGRAM = "adapters.composing.process"


class ComposerAv:
    """`seconds` a stretch may take by the clock."""

    def __init__(self, seconds: float = 240) -> None:
        self._seconds = seconds
        self._processes = LimitedProcesses(PROGRAM)

    async def compose(self, layout: Layout, stretch: Stretch, segments: Mapping[int, bytes]) -> Composition:
        made = await self._made(layout, stretch, segments)
        if made is None:
            # What ended the process is in one of the segments: each is tried by itself, and who sent it hides nobody.
            sound = {n: one for n, one in segments.items() if await self._made(layout, stretch, {n: one}) is not None}
            made = await self._made(layout, stretch, sound)
        if made is None:
            raise PersonMustAct("video_not_composed", stretch=stretch.n)
        return made

    def around(self, layout: Layout, clusters: Sequence[Cluster], lasts: float) -> tuple[bytes, bytes]:
        width, height = picture_size(len(layout.people))
        return before(width, height, clusters, lasts), after(width, height, clusters)

    async def close(self) -> None:
        await self._processes.close()

    async def _made(self, layout: Layout, stretch: Stretch, segments: Mapping[int, bytes]) -> Composition | None:
        """None: the process ended before its work was done."""
        job = {
            "layout": layout.model_dump_json(),
            "stretch": stretch.model_dump_json(),
            "segments": list(segments),
        }
        fonts_dir()
        parts = [font_path("Regular").read_bytes(), *segments.values()]
        ending = await self._processes.run(job, parts, self._seconds)
        if "clusters" not in ending.said:
            return None
        return Composition(content=ending.made, clusters=ending.said["clusters"])
