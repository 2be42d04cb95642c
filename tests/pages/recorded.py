"""A recording as its page may meet it: a recess, somebody who came later, and a process that was killed."""

from datetime import UTC, datetime
from typing import Any

from api.services.composing import Making, VideoView
from api.views.recording import Chapter, Missing, Piece, RecordingView, TrackView
from domain.ids import ItemId, Sha256
from domain.ports.journal import Erasure
from domain.procedure.recording import GapReason


def piece(n: int, begins: float, ends: float) -> Piece:
    return Piece(n=n, begins=begins, ends=ends, sha256=Sha256("a" * 64), url=f"/segment-{n}.webm")


RECORDED = RecordingView(
    manifest=Sha256("4f" * 32),
    whole=False,
    erased=None,
    lasts=95.0,
    tracks=(
        TrackView(
            participant="p1",
            name="Elena Souto Rial",
            role="Letrada de la Administración de Justicia",
            pieces=(piece(0, 0.1, 30.0), piece(2, 30.0, 95.0)),
            missing=(),
        ),
        TrackView(
            participant="p2",
            name="Anxo Caamaño Lema",
            role="Testigo",
            pieces=(piece(1, 12.0, 40.0),),
            missing=(Missing(begins=40.0, ends=95.0, reason=GapReason.LEFT),),
        ),
        TrackView(
            participant="p3",
            name="Marta Lago Prieto",
            role="Abogada de la parte demandante",
            pieces=(),
            missing=(Missing(begins=0.0, ends=95.0, reason=GapReason.RECORDER),),
        ),
    ),
    chapters=(
        Chapter(item=ItemId("i1"), begins=0.0, title="Apertura del acto"),
        Chapter(item=ItemId("i2"), begins=12.5, title="Identificación de quienes comparecen"),
        Chapter(item=ItemId("i3"), begins=41.0, title="Declaración de testigo"),
    ),
)

BEING_MADE = VideoView(state=Making.UNDER_WAY, made=3, of=8, size=0)

WATCHED: dict[str, Any] = {"recording": RECORDED, "video": BEING_MADE, "watermark": "Iria Outeiro Rial"}
"""What the page is given."""

ERASED: dict[str, Any] = {
    **WATCHED,
    "video": None,
    "recording": RECORDED.but(
        erased=Erasure(
            at=datetime(2026, 11, 23, 8, 15, 12, tzinfo=UTC),
            by="Archivo Judicial de Atlantia",
            why="Acuerdo 12/2026 de la Junta de Expurgo",
        )
    ),
}
"""The same, once the recording's own key was destroyed."""
