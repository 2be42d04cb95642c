"""Forgeries by insiders who hold the keys of the seal and of the acts: each is FAILED or INDETERMINATE, and named."""

from collections import Counter

import pytest

from evidence.findings import Result, Verdict
from evidence.verifier import verify_bytes
from tests.evidence import broken
from tests.evidence.attackers import Attacker, attacker_of, holding
from tests.evidence.forge import DEFECTS
from tests.evidence.forged import FORGERIES, Forgery
from tests.evidence.sample import Sample


def test_an_act_that_was_held_is_passed(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert [one for one in report.findings if one.result is not Result.PASS] == []
    assert report.verdict is Verdict.PASSED


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.name)
def test_a_forged_story_is_not_passed_and_its_lie_is_named(forgery: Forgery, held: Sample) -> None:
    held.pki.used.clear()
    bundle = forgery.make(held)
    assert holding(held.pki.used) is attacker_of(forgery)
    report = verify_bytes(bundle, held.trust)
    expected = Result.INDETERMINATE if forgery.open else Result.FAIL
    named = {(one.object, one.code, one.result) for one in report.findings if one.result is not Result.PASS}
    assert any(
        where.startswith(forgery.where) and (code, result) == (forgery.code, expected) for where, code, result in named
    ), named
    assert report.verdict is not Verdict.PASSED
    assert forgery.open or report.verdict is Verdict.FAILED


def test_every_forgery_has_a_name_of_its_own() -> None:
    assert len({forgery.name for forgery in FORGERIES}) == len(FORGERIES) >= 60


def test_each_attacker_is_met_by_more_than_a_hundred_and_twenty_forgeries() -> None:
    assert broken.__all__
    counted = Counter([*map(attacker_of, DEFECTS), *map(attacker_of, FORGERIES)])
    assert counted == {Attacker.WITHOUT_KEYS: 124, Attacker.SEAL: 157, Attacker.SEAL_AND_ACTS: 226}
