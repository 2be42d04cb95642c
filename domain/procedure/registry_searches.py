"""Entries that were looked for in a register outside, before anything is certified of them."""

from datetime import datetime

from domain.base import Value
from domain.types.document_plan import Register


class Detail(Value):
    """One thing that stands in an entry, as the registry calls it."""

    name: str
    value: str


class RegistrySearch(Value):
    """One application, signed. Asking again under its id gives the answer of the first time."""

    id: str
    """`<procedure>.<document>`; decided in the workflow before the registry is asked."""
    document: str
    """Id of the application in the file of the procedure."""
    where: Register
    noted_in: str
    """Code of the item that tells what stands there."""
    requested_at: datetime
    register_name: str | None = None
    reference: str | None = None
    """Under which the registry keeps who looked."""
    searched_at: datetime | None = None
    """By the clock of the registry."""
    found: int | None = None
    """How many entries fit; None until it answered."""
    number: str | None = None
    """Of the one that fits."""
    refused: str | None = None
    """Code of why it is not told."""
    trouble: str | None = None
    """Code of what was wrong with its last answer; a right one is asked for on."""

    @property
    def waiting(self) -> bool:
        return self.found is None and self.refused is None
