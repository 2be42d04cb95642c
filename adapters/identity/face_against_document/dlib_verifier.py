"""`FaceVerifier` with dlib, in a limited process that begins and ends with each comparison.

No measure of a face leaves that process: distances do. What it held is gone with its memory.
"""

from collections.abc import Sequence

from adapters.identity.face_against_document.models import models
from adapters.identity.face_against_document.verifier import Measured
from adapters.limited.pictures import looked_at

PROGRAM = "adapters.identity.face_against_document.process"
SECONDS = 30.0


class DlibVerifier:
    async def measure(self, stills: Sequence[bytes]) -> Measured:
        return await looked_at(PROGRAM, stills, SECONDS, Measured)

    async def check(self) -> None:
        """The models are there; dlib itself is loaded when a face is compared, and never before."""
        models()
