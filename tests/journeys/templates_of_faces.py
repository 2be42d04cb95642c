"""What a comparison knows of a face while it lasts: 128 numbers, in every way in which somebody might write them down.

A descriptor is known by its numbers in a row, wherever the row is cut: some of them together are enough.
"""

import base64
import io
import json
import struct
from collections.abc import Iterable, Sequence

import dlib
import numpy
from PIL import Image

from adapters.identity.face_against_document.models import models

IN_A_ROW = 4
"""So many numbers, one after another, are nobody's chance."""


def descriptors(pictures: Iterable[bytes]) -> list[tuple[float, ...]]:
    """Of every face on them, as the mechanism computes them; in this process, which is only a test."""
    landmarks, network = models()
    detect, place = dlib.get_frontal_face_detector(), dlib.shape_predictor(str(landmarks))
    describe = dlib.face_recognition_model_v1(str(network))
    found = []
    for picture in pictures:
        pixels = numpy.array(Image.open(io.BytesIO(picture)).convert("RGB"))
        found += [tuple(describe.compute_face_descriptor(pixels, place(pixels, box))) for box in detect(pixels, 1)]
    return found


def ways(descriptor: Sequence[float]) -> set[bytes]:
    """The beginning, the middle and the end of it: as floats of either size and order, text, JSON, hex and base64."""
    found: set[bytes] = set()
    for at in (0, len(descriptor) // 2, len(descriptor) - IN_A_ROW):
        row = list(descriptor[at : at + IN_A_ROW])
        raws = {struct.pack(f"{order}{len(row)}{kind}", *row) for order in "<>" for kind in "fd"}
        single = [float(number) for number in numpy.array(row, dtype=numpy.float32).tolist()]
        for numbers in (row, single):
            short = [f"{number:.4f}" for number in numbers]
            texts = {json.dumps(numbers)[1:-1], json.dumps(numbers, separators=(",", ":"))[1:-1]}
            texts |= {separator.join(map(repr, numbers)) for separator in (" ", "\n", ", ", ",", ";")}
            texts |= {
                separator.join(str(numpy.float32(number)) for number in numbers) for separator in (" ", ",", ", ")
            }
            texts |= {separator.join(short) for separator in (" ", ",", ", ")}
            raws |= {text.encode() for text in texts}
        for raw in raws:
            found |= {raw, raw.hex().encode()}
            found |= {base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3)}
    return found
