"""Lines of text on pictures, read with rapidocr: its own small models, no network, one processor."""

import io
from collections.abc import Sequence
from typing import Any

import numpy
import onnxruntime
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from adapters.identity.id_document_read.models import means

LARGEST = 1920
"""Pixels of the longer side: more is made smaller."""


def read(pictures: Sequence[bytes]) -> dict[str, Any]:
    """What `Reading` says, of each picture in its order."""
    onnxruntime.disable_telemetry_events()  # there is no network here either
    program = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # it takes lines of a zone for upside down; the person is asked to hold it upright
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Rec.rec_batch_num": 1,  # several lines at once need more memory than the process may have
        }
    )
    return {"stills": [_lines(program, picture) for picture in pictures], "means": means()}


def _lines(program: RapidOCR, picture: bytes) -> list[str]:
    """From top to bottom."""
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        opened.thumbnail((LARGEST, LARGEST))
        pixels = numpy.array(opened.convert("RGB"))[:, :, ::-1]  # blue first, as it takes them
    found = program(pixels)
    if not isinstance(found, RapidOCROutput):  # what it answers where it is asked for one step alone
        return []
    return list(found.txts or ())
