"""The level of a signature is the one that the type plans for that signer and document, and no other."""

import pytest

from activities.signing import planned_level
from domain.errors import PersonMustAct
from domain.procedure.state import Procedure
from domain.types.signature_levels import SignatureLevel
from tests.domain import samples


def planning(procedure: Procedure, level: SignatureLevel) -> Procedure:
    """The same procedure under a type that asks for `level` wherever somebody signs."""
    declared = procedure.type.procedure
    lines = tuple(line.but(level=level) for line in declared.signatures)
    return procedure.but(type=procedure.type.but(procedure=declared.but(signatures=lines)))


@pytest.mark.parametrize("level", SignatureLevel)
def test_the_level_asked_for_is_the_one_planned(level: SignatureLevel) -> None:
    procedure = planning(samples.ready_to_sign(), level)

    assert planned_level(procedure, procedure.document("d1"), "applicant") is level


def test_who_is_not_in_the_plan_signs_at_no_level() -> None:
    procedure = samples.ready_to_sign()

    with pytest.raises(PersonMustAct) as refused:
        planned_level(procedure, procedure.document("d1"), "clerk")
    assert refused.value.code == "signature_not_planned"
