"""The two models with which faces are placed and compared, as their package brings them."""

import hashlib
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from domain.errors import PersonMustAct

PACKAGE = "face_recognition_models"
LANDMARKS, NETWORK = "shape_predictor_5_face_landmarks.dat", "dlib_face_recognition_resnet_model_v1.dat"


def models() -> tuple[Path, Path]:
    """Landmarks and network; the package is not imported: it needs old tools. Raises `PersonMustAct`."""
    try:
        listed = {file.name: Path(str(file.locate())) for file in files(PACKAGE) or ()}
    except PackageNotFoundError:
        listed = {}
    if not {LANDMARKS, NETWORK} <= listed.keys():
        raise PersonMustAct("face_models_missing")
    return listed[LANDMARKS], listed[NETWORK]


def means_of(landmarks: Path, network: Path) -> dict[str, str]:
    digests = {"landmarks_sha256": landmarks, "network_sha256": network}
    read = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in digests.items()}
    return {"program": f"dlib {version('dlib-bin')}", **read}
