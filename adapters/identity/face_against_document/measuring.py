"""Faces on pictures, measured with dlib: found by its HOG detector, placed by five landmarks, compared by its network.

The landmarks are those of the 5-point model: the one of 68 points was trained on pictures that are not free to use.
"""

import io
import math
from collections.abc import Sequence
from typing import Any

import dlib
import numpy
from PIL import Image

from adapters.identity.face_against_document.models import means_of, models

LARGEST = 1920
"""Pixels of the longer side: more is made smaller, which costs no face that is large enough to compare."""
MOST_FACES = 4


def measure(pictures: Sequence[bytes]) -> dict[str, Any]:
    """What `Measured` says, of each picture in its order."""
    landmarks, network = models()
    detect, place = dlib.get_frontal_face_detector(), dlib.shape_predictor(str(landmarks))
    describe = dlib.face_recognition_model_v1(str(network))
    person: Any = None
    stills = []
    for picture in pictures:
        pixels = _pixels(picture)
        # The photograph on a document is small: once enlarged, faces of forty pixels are found.
        found = sorted((place(pixels, box) for box in detect(pixels, 1)), key=_across, reverse=True)[:MOST_FACES]
        faces = []
        for shape in found:
            described = numpy.array(describe.compute_face_descriptor(pixels, shape))
            distance = None if person is None else float(numpy.linalg.norm(described - person))
            person = described if person is None else person
            faces.append({**_held(shape), "distance": distance})
        stills.append(faces)
    return {"stills": stills, "means": means_of(landmarks, network)}


def _pixels(picture: bytes) -> Any:
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        opened.thumbnail((LARGEST, LARGEST))
        return numpy.array(opened.convert("RGB"))


def _held(shape: Any) -> dict[str, float]:
    # On the picture: the outer and inner corner of the eye on the right, of that on the left, and under the nose.
    right, _, left, _, nose = _points(shape)
    across = math.dist(right, left)
    lean = math.atan2(right[1] - left[1], right[0] - left[0])
    middle = ((right[0] + left[0]) / 2, (right[1] + left[1]) / 2)
    beside = (nose[0] - middle[0]) * math.cos(lean) + (nose[1] - middle[1]) * math.sin(lean)
    return {"across": across, "turned": beside / across, "leaning": math.degrees(lean)}


def _across(shape: Any) -> float:
    right, _, left, _, _ = _points(shape)
    return math.dist(right, left)


def _points(shape: Any) -> list[tuple[float, float]]:
    return [(float(point.x), float(point.y)) for point in shape.parts()]
