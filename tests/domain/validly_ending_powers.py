"""Table: the same of what ends a power of attorney: what is declared, signed, entered and refused."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.events.register_entries import RegisterEntryRefused
from domain.procedure.state import Procedure
from domain.rules.register_entries import entries_to_request
from tests.domain.cases import PERMITTED, Case
from tests.domain.held_types import begun, cut_off, ended, refusing, written
from tests.domain.samples import in_session, then
from tests.domain.validly_elsewhere import CLOSE, ENTERED, OPEN, ends, opens

E = "apud_acta_power_ending"


def ending_of_power(refused: str | None = None, **words: object) -> Procedure:
    """Declared and signed; `refused`: what the register says of it."""
    procedure = written(ended(E, **words), "ending", "A58")
    if refused is None:
        return procedure
    [asked] = entries_to_request(procedure)
    return then(procedure, asked, RegisterEntryRefused(id=asked.id, code=refused))


ENDING = [
    Case("an end of a power before anybody is identified", lambda: in_session(E), OPEN, opens(E, "A58"), "item_too_early"),
    Case("an end of a power", lambda: begun(E), OPEN, opens(E, "A58"), PERMITTED),
    Case("an end of a power of somebody whose line is lost", lambda: cut_off(begun(E), "declarant"), OPEN, opens(E, "A58"), "presence_not_live"),
    Case("an end of a power before a clerk who is cut off", lambda: cut_off(begun(E), "clerk"), OPEN, opens(E, "A58"), "presence_not_live"),
    Case("an entry before anything is declared", lambda: begun(E), OPEN, opens(E, "A41"), "item_too_early"),
    Case("ended, and being entered", ending_of_power, CLOSE, ends(E, "ended"), PERMITTED),
    Case("ended, and the register says that it is somebody else's", lambda: ending_of_power("register_power_of_another"), CLOSE, ends(E, "ended"), "outcome_needs_item"),
    Case("not ended, as the register says that it is somebody else's", lambda: ending_of_power("register_power_of_another"), CLOSE, ends(E, "stays"), PERMITTED),
    Case("not ended, and its entry noted", lambda: ending_of_power("register_refused", **ENTERED), CLOSE, ends(E, "stays"), "outcome_excludes_item"),
    Case("ended, and not signed", lambda: refusing(written(ended(E), "ending", "A58", signed=False)), CLOSE, ends(E, "ended"), "outcome_needs_signature"),
    Case("not ended", lambda: ended(E, "A58", "A41"), CLOSE, ends(E, "stays"), PERMITTED),
]  # fmt: skip
