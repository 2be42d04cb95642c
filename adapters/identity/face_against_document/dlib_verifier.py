"""`FaceVerifier` with dlib, in a limited process that begins and ends with each comparison.

No measure of a face leaves that process: distances do. What it held is gone with its memory.
"""

from collections.abc import Sequence

from pydantic import ValidationError

from adapters.identity.face_against_document.models import models
from adapters.identity.face_against_document.verifier import Measured
from adapters.limited.processes import LimitedProcess
from domain.errors import PersonMustAct, TryAgain

PROGRAM = "adapters.identity.face_against_document.process"
SECONDS = 30.0


class DlibVerifier:
    async def measure(self, stills: Sequence[bytes]) -> Measured:
        process = await LimitedProcess.start(PROGRAM)
        ending = await process.work({"do": "measure"}, stills, SECONDS)
        if "refusal" in ending.said:
            raise PersonMustAct(ending.said["refusal"], **ending.said["params"])
        try:
            return Measured.model_validate(ending.said.get("result"))
        except ValidationError as error:
            raise TryAgain(f"faces were not measured: the process ended with {ending.status}") from error

    async def check(self) -> None:
        """The models are there; dlib itself is loaded when a face is compared, and never before."""
        models()
