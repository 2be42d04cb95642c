"""The port of whoever finds and compares faces: what is measured on the stills, and no face."""

from collections.abc import Sequence
from typing import Protocol

from domain.base import Value


class Face(Value):
    """Where one face is on a still, and how it is held."""

    across: float
    """Between the outer corners of the eyes, in pixels."""
    turned: float
    """The tip of the nose beside the middle of the eyes, in parts of `across`: positive towards the person's left."""
    leaning: float
    """Degrees of the line of the eyes: positive towards the person's left shoulder."""
    distance: float | None = None
    """From the person's face on the first still, as the recogniser measures it; None for that face itself."""


class Measured(Value):
    """The faces of each still, the largest first, and with which programs and models they were measured."""

    stills: tuple[tuple[Face, ...], ...]
    means: dict[str, str]


class FaceVerifier(Protocol):
    """Keeps nothing: what it knows of a face is gone when it answers."""

    async def measure(self, stills: Sequence[bytes]) -> Measured:
        """PNG pictures; the person's face is the largest of each. Raises `TryAgain` where it could not be done."""

    async def check(self) -> None:
        """Return when it could measure now. Raises `TryAgain` or `PersonMustAct`."""
