"""The case of `make outsized` can be asked for: a command of its own is run seldom, and its type changes meanwhile."""

import agenda_types
import procedure_types
from bench.outsized.hearing import LAWYERS, TYPE, enlarged
from domain.types.procedure_type import ResolvedType


def test_the_enlarged_hearing_is_a_type_that_holds_together() -> None:
    items = agenda_types.load()
    kind = enlarged(procedure_types.resolve(procedure_types.load(items=items)[TYPE], items))

    assert ResolvedType.model_validate_json(kind.model_dump_json()) == kind
    assert kind.procedure.role("lawyer").minimum == LAWYERS
    assert kind.procedure.document("statement") is None
