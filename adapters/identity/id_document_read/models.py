"""The models with which text is found and read on pictures, as their package brings them."""

import hashlib
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from domain.errors import PersonMustAct

PACKAGE = "rapidocr"
FINDS, READS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
"""Where lines are, and what they say."""


def models() -> dict[str, Path]:
    """By name; nothing is imported. Raises `PersonMustAct`."""
    try:
        listed = {file.name: Path(str(file.locate())) for file in files(PACKAGE) or ()}
    except PackageNotFoundError:
        listed = {}
    if not {FINDS, READS} <= listed.keys():
        raise PersonMustAct("reading_models_missing")
    return {name: listed[name] for name in (FINDS, READS)}


def means() -> dict[str, str]:
    """What an expert needs to read the same stills again."""
    read = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in models().items()}
    return {
        "program": f"rapidocr {version(PACKAGE)}",
        "finding_sha256": read[FINDS],
        "reading_sha256": read[READS],
    }
