"""A composer that draws nothing: a stretch is what it was asked for, in words."""

import hashlib
from collections.abc import Mapping, Sequence

from domain.ports.composing import Cluster, Composition, Layout
from domain.procedure.playing import Stretch


class MemoryComposer:
    """Remembers which stretches it was asked for."""

    def __init__(self) -> None:
        self.composed: list[int] = []

    async def compose(self, layout: Layout, stretch: Stretch, segments: Mapping[int, bytes]) -> Composition:
        self.composed.append(stretch.n)
        told = {n: hashlib.sha256(content).hexdigest() for n, content in segments.items()}
        content = f"{stretch.model_dump_json()} {told}".encode()
        begins = round(stretch.begins * 1000)
        return Composition(content=content, clusters=(Cluster(begins=begins, size=len(content)),))

    def around(self, layout: Layout, clusters: Sequence[Cluster], lasts: float) -> tuple[bytes, bytes]:
        return f"{len(layout.people)} people\n".encode(), f"\n{len(clusters)} clusters of {lasts} s".encode()

    async def close(self) -> None:
        """Nothing is open."""
