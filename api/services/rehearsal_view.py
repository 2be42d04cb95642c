"""How a rehearsal ended, in words: what the process that rehearses hands to the page."""

from domain.base import Texts, Value
from domain.procedure.minutes import WrittenDocument
from domain.types.territory import Administration
from rehearsal.rehearsing import Rehearsal, sample_of
from templates.texts import Explanation, refusal_text


class RehearsalView(Value):
    """One type, and how far scripted people came with it."""

    titles: Texts
    held: bool = False
    rehearsable: bool = True
    """False for requests to other States: what follows there is the answer of somebody else."""
    too_long: bool = False
    refusal: Explanation | None = None
    """What refused them."""
    item: str | None = None
    """The code of the item at which it did."""
    items: tuple[tuple[str, str], ...] = ()
    """Each item of the agenda with what became of it."""
    minutes: WrittenDocument | None = None
    """Those of what they did, marked as a rehearsal."""


def rehearsal_view(ended: Rehearsal, administration: Administration, language: str) -> RehearsalView:
    return RehearsalView(
        titles=ended.procedure.type.procedure.titles,
        held=ended.held,
        rehearsable=ended.rehearsable,
        too_long=ended.too_long,
        refusal=None if ended.refusal is None else refusal_text(ended.refusal, language),
        item=ended.item,
        items=ended.items,
        minutes=sample_of(ended, administration, language) if ended.rehearsable else None,
    )
