"""Everything that is wrong with a form, told at once: whoever fills it in corrects it once."""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from domain.errors import PersonMustAct, Refusal
from domain.refusals.declared import Declared
from domain.refusals.requests import FIELD_INVALID, FIELD_REQUIRED, FIELD_TOO_SHORT


class SeveralFaults(Refusal):
    """Reads as the first of them; the page tells all."""

    def __init__(self, faults: Sequence[Refusal]) -> None:
        super().__init__(faults[0].declared, **faults[0].params)
        self.faults = tuple(faults)


def faults_of(error: Exception) -> tuple[PersonMustAct, ...]:
    """Each fault of a form by itself."""
    if isinstance(error, SeveralFaults):
        return error.faults
    return (error,) if isinstance(error, PersonMustAct) else ()


def refuse(faults: Iterable[Refusal]) -> None:
    """Raises them as one, when there are any; of each field, the first."""
    by_field = {str(fault.params.get("field", fault.code)): fault for fault in reversed(list(faults))}
    told = list(by_field.values())[::-1]
    if told:
        raise told[0] if len(told) == 1 else SeveralFaults(told)


def of_model(error: ValidationError, said: dict[str, object]) -> list[Refusal]:
    """What pydantic found, as refusals that name the field."""
    found = []
    for fault in error.errors():
        name = str(fault["loc"][0]) if fault["loc"] else "?"
        found.append(Refusal(_kind_of_fault(fault["type"], said.get(name)), field=name, kind=""))
    return found


def _kind_of_fault(kind: str, value: object) -> Declared:
    if not value:
        return FIELD_REQUIRED
    return FIELD_TOO_SHORT if kind == "string_too_short" else FIELD_INVALID
