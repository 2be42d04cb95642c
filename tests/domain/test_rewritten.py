"""Which of the documents of a procedure count, once one was written anew."""

import pytest

from domain.errors import Refusal
from domain.rules.signing import still_stands
from tests.domain.rewritten import rewritten, two_papers_of_one_point
from tests.domain.samples import APPLICANT, RESPONDENT


def test_only_what_was_written_last_is_asked_of_anybody_and_signed() -> None:
    procedure = rewritten()
    before, after = procedure.document("d1"), procedure.document("d2")
    assert before not in procedure.standing() and after in procedure.standing()
    assert procedure.asked_to_sign(before) == ()
    assert procedure.asked_to_sign(after) == (APPLICANT, RESPONDENT)
    with pytest.raises(Refusal) as refused:
        still_stands(procedure, before)
    assert refused.value.code == "document_rewritten"
    still_stands(procedure, after)


def test_what_people_brought_for_one_point_stands_beside_each_other() -> None:
    assert [one.id for one in two_papers_of_one_point().standing() if one.depositor] == ["d2", "d3"]
