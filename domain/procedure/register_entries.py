"""Documents that are entered in a register outside: what it was asked to take, and under which number it took it."""

from datetime import date, datetime

from domain.base import Value
from domain.ids import Sha256
from domain.types.document_plan import Register


class RegisterEntry(Value):
    """One document, signed by everybody of its plan. Asking again under its id enters nothing new."""

    id: str
    """`<procedure>.<document>`; decided in the workflow before the register is asked."""
    document: str
    """Id of the document in the file of the procedure."""
    where: Register
    noted_in: str
    """Code of the item in which the number is noted."""
    sha256: Sha256
    """Of the signed bytes that are entered."""
    requested_at: datetime
    register_name: str | None = None
    """As the register that took it calls itself."""
    number: str | None = None
    """Of the entry. Law: RDL 6/2023 art. 77, by it whoever represents says that they may."""
    recorded_at: datetime | None = None
    """By the clock of the register."""
    valid_until: date | None = None
    """Where it ends by itself. Law: RDL 6/2023 art. 74.6, a power five years from the entry at most."""
    stands: str | None = None
    """What the register said, asked after an entry that ends something, of what was to end: `revoked`."""
    receipt: str | None = None
    """Id of the receipt in the file of the procedure."""
    refused: str | None = None
    """Code of why the register did not take it."""
    trouble: str | None = None
    """Code of what was wrong with its last answer; a right one is asked for on."""

    @property
    def waiting(self) -> bool:
        return self.number is None and self.refused is None
