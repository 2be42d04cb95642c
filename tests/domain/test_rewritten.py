"""Which of the documents of a procedure count, once one was written anew."""

import pytest

from domain.commands import PresentDocument
from domain.errors import Refusal
from domain.ids import CommandId
from domain.rules.signing import may_present_document, still_stands
from domain.types.vocabulary import Stage
from tests.domain.cases import AS_CLERK
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


def test_what_could_not_be_copied_is_shown_to_nobody() -> None:
    """Scar: whoever was shown it was asked for ever to read a page that never came."""
    procedure = rewritten()
    paper = procedure.document("d2")
    unread = paper.but(original=paper.original.but(media_type="application/octet-stream"))
    held = procedure.but(
        stage=Stage.IN_SESSION, documents=tuple(unread if one is paper else one for one in procedure.documents)
    )
    show = PresentDocument(id=CommandId("a-command"), author=AS_CLERK, document="d2", to=(APPLICANT,))
    with pytest.raises(Refusal) as refused:
        may_present_document(held, show)
    assert refused.value.code == "document_without_copy"
