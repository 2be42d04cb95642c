"""Sample procedures whose agenda has been held, up to a point or to its end."""

from domain.events.agenda import ItemDone, ItemOpened
from domain.procedure.state import Procedure
from domain.types.vocabulary import ItemState
from rehearsal.acting import plausible_values
from tests.domain.samples import RESPONDENT, agenda_done, in_session, signature, signed, then


def with_done(procedure: Procedure, *codes: str, **words: object) -> Procedure:
    """Every point of `codes` is done, filled in with plausible words and `words`."""
    for item in procedure.agenda:
        if item.code in codes and item.state is not ItemState.DONE:
            kind = procedure.type.item(item.code)
            values = plausible_values(kind, procedure, item) | {k: v for k, v in words.items() if kind.field(k)}
            procedure = then(procedure, ItemOpened(item=item.id), ItemDone(item=item.id, values=values))
    return procedure


def under_way() -> Procedure:
    """Opened, everybody identified in the act and warned."""
    return with_done(in_session(), "A01", "A02", "A04")


def not_agreed() -> Procedure:
    """Everything is done, and there is no agreement."""
    return with_done(agenda_done(), "A24", result="no_agreement")


def agreed() -> Procedure:
    """Everything is done, and everybody has signed the agreement."""
    procedure = then(signed(), *signature("d1", RESPONDENT))
    return with_done(procedure, "A01", "A02", "A04", "A11", "A39", "A40")
