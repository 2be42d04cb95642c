"""What is read on the stills of a document, and nothing that was decided from it."""

from collections.abc import Sequence
from typing import Protocol

from adapters.identity.id_document_read.models import models
from adapters.limited.pictures import looked_at
from domain.base import Value

PROGRAM = "adapters.identity.id_document_read.process"
SECONDS = 60.0


class Reading(Value):
    """The lines of text on each still, from top to bottom, and with which program and models they were read."""

    stills: tuple[tuple[str, ...], ...]
    means: dict[str, str]


class DocumentReader(Protocol):
    """Keeps nothing: what it read is gone when it answers."""

    async def read(self, stills: Sequence[bytes]) -> Reading:
        """PNG pictures. Raises `TryAgain` where it could not be done."""

    async def check(self) -> None:
        """Return when it could read now. Raises `TryAgain` or `PersonMustAct`."""


class RapidReader:
    """`DocumentReader` with rapidocr, in a limited process that begins and ends with each reading."""

    async def read(self, stills: Sequence[bytes]) -> Reading:
        return await looked_at(PROGRAM, stills, SECONDS, Reading)

    async def check(self) -> None:
        models()
