"""The models with which text is found and read on pictures, as their package brings them."""

import hashlib
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from domain.errors import PersonMustAct

PACKAGE = "rapidocr"
FINDS, READS, TURNS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
"""Where lines are, what they say, and which end of them is up."""


def models() -> dict[str, Path]:
    """By name; nothing is imported. Raises `PersonMustAct`."""
    try:
        listed = {file.name: Path(str(file.locate())) for file in files(PACKAGE) or ()}
    except PackageNotFoundError:
        listed = {}
    if not {FINDS, READS, TURNS} <= listed.keys():
        raise PersonMustAct("reading_models_missing")
    return {name: listed[name] for name in (FINDS, READS, TURNS)}


def means() -> dict[str, str]:
    """What an expert needs to read the same stills again."""
    read = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in models().items()}
    return {
        "program": f"rapidocr {version(PACKAGE)}",
        "finding_sha256": read[FINDS],
        "reading_sha256": read[READS],
    }
