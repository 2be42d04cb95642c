"""Every rule with its permitted case and each of its refusals, and nothing of a rule without a line here."""

import re
from pathlib import Path

import pytest

import domain.rules.booking
from domain.commands import COMMANDS
from domain.types.item_type import Requirement
from tests.domain.abroad import ABROAD
from tests.domain.arriving import ARRIVING
from tests.domain.cases import PERMITTED, Case, answer, name
from tests.domain.closing import CLOSING
from tests.domain.conferring import CONFERRING
from tests.domain.floor import FLOOR
from tests.domain.handwriting import HANDWRITING_CASES
from tests.domain.holding import HOLDING
from tests.domain.identifying import IDENTIFYING
from tests.domain.identifying_by_face import BY_FACE
from tests.domain.identifying_generically import BY_ANY_MECHANISM
from tests.domain.microphones import MICROPHONES
from tests.domain.recording_again import ONCE_MORE
from tests.domain.registers import REGISTERS
from tests.domain.rewritten import REWRITTEN
from tests.domain.secure_place import SECURE_PLACE
from tests.domain.signing import SIGNING_CASES
from tests.domain.unsigned import UNSIGNED
from tests.domain.validly import VALIDLY

CASES = [
    *ARRIVING, *IDENTIFYING, *BY_ANY_MECHANISM, *BY_FACE, *HOLDING,
    *SIGNING_CASES, *UNSIGNED, *CLOSING, *VALIDLY, *CONFERRING,
    *HANDWRITING_CASES, *REGISTERS, *ABROAD, *REWRITTEN, *FLOOR, *SECURE_PLACE, *MICROPHONES, *ONCE_MORE,
]  # fmt: skip
SOURCES = sorted(set(Path(str(domain.rules.__file__)).parent.glob("*.py")) - {Path(str(domain.rules.booking.__file__))})
"""Booking is asked before there is a procedure, hence of no command: `test_booking.py`."""


@pytest.mark.parametrize("case", CASES, ids=name)
def test_rule(case: Case) -> None:
    assert answer(case) == case.answer


def test_every_command_has_a_rule_with_a_permitted_case_and_a_refusal() -> None:
    permitted = {type(case.command).update for case in CASES if case.answer == PERMITTED}
    refused = {type(case.command).update for case in CASES if case.answer != PERMITTED}

    assert permitted == refused == set(COMMANDS)


def test_every_refusal_that_the_rules_know_has_its_line() -> None:
    written = "".join(path.read_text("utf-8") for path in SOURCES)
    codes = set(re.findall(r'Refusal\("([a-z_]+)"', written))
    codes |= {f"requires_{r.value}" for r in Requirement if r is not Requirement.IDENTITY_VALID}

    assert codes - {case.answer for case in CASES} == set()
