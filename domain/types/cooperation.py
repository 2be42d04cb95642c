"""What a type says of a request to a foreign authority: by which instrument it goes, and what may come back when."""

from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from domain.base import Texts, Value

ANY_STATE = "*"


class AnswerKind(StrEnum):
    """What the Central Authority, or the foreign one by it, answers."""

    ACKNOWLEDGED = "acknowledged"
    """The foreign authority has it, and says who executes it."""
    FORWARDED = "forwarded"
    """The Central Authority has sent it abroad."""
    INFORMED = "informed"
    """How it stands."""
    RETURNED = "returned"
    """It cannot go on as it is: it is put right and sent again."""
    EXECUTED = "executed"
    PARTLY_EXECUTED = "partly_executed"
    REFUSED = "refused"

    @property
    def final(self) -> bool:
        return self in (AnswerKind.EXECUTED, AnswerKind.PARTLY_EXECUTED, AnswerKind.REFUSED)


class AnswerTerm(Value):
    """Within which time an answer should have come, from the receipt of the request on."""

    rule: str = Field(pattern=r"^[a-z][a-z_]{2,39}$")
    titles: Texts
    settled_by: tuple[AnswerKind, ...] = Field(min_length=1)
    """Any of these settles it; an answer that ends the request does so too."""
    length: timedelta
    legal_basis: str | None = None
    """None: nobody is bound to it, and the court wants to be reminded."""


class Instrument(Value):
    """A line of the decision table: the first one that names the state is the one that applies."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    titles: Texts
    states: tuple[str, ...] = Field(min_length=1)
    """ISO 3166-1 codes; `*` is every state that no line before has named."""
    legal_basis: str
    terms: tuple[AnswerTerm, ...] = ()


class CooperationPlan(Value):
    item: str
    """Code of the item in which the request is filled in; its field `state` says to whom it goes."""
    document: str
    """Code of the document that is written of it: the main one of what is sent."""
    recipient: str = Field(pattern=r"^[a-z][a-z0-9-]{2,59}$")
    """Mailbox in LexNET of the Central Authority."""
    most_bytes: int = Field(ge=1)
    """Of everything that is sent at once."""
    instruments: tuple[Instrument, ...] = Field(min_length=1)

    def instrument_for(self, state: str) -> Instrument | None:
        return next((one for one in self.instruments if state in one.states or ANY_STATE in one.states), None)

    def instrument(self, code: str) -> Instrument:
        return next(one for one in self.instruments if one.code == code)
