"""What a type tells citizens of itself."""

from pydantic import Field

from domain.base import Texts, Value


class CitizenInformation(Value):
    """What the citizen reads before and with the summons, in plain words."""

    summary: Texts
    bring: tuple[Texts, ...] = ()
    rights: tuple[Texts, ...] = ()
    startable: bool = Field(default=False, exclude_if=lambda startable: not startable)
    """Whoever comes to an office may ask for it there."""
