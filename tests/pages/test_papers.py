"""Of two papers that say the same, the page tells which one counts."""

import pytest

from api.pages.procedure.documents_view import document_view
from api.pages.procedure.view import procedure_view
from domain.events.documents import DocumentPageRead, DocumentPresented, DocumentWritten
from domain.procedure.documents import BroughtFile, CopyLosses, LargePage, Remark
from templates.texts import text
from tests.pages.registers import asking_registers
from tests.pages.shown import busy, looks, of_procedure
from tests.templates.request_abroad import JUDGE, written
from tests.templates.samples import Act, conciliation


def test_an_agreement_that_was_written_anew_is_told_from_the_one_before() -> None:
    act = busy()
    first = act.procedure.documents[-1]
    act.then(DocumentWritten(document=first.but(id="d9", signatures=(), readings=(), presented_to=())))
    for context in looks():
        told = text("pages.documents.superseded", context.language)
        painted = dict(of_procedure(act, act.procedure, len(act.events), context))
        before, after = (
            painted["procedure"].split(f'data-test="document-{id}"')[1].split("</li>")[0] for id in (first.id, "d9")
        )
        assert told in before and told not in after


def rewritten() -> Act:
    """The agreement that somebody was about to sign was corrected, and stands anew."""
    act = busy()
    newer = act.procedure.documents[-1].but(id="d9", signatures=(), readings=(), presented_to=())
    return act.then(DocumentWritten(document=newer))


def test_nobody_is_asked_to_read_or_sign_what_was_written_anew() -> None:
    act = rewritten()
    before = act.procedure.documents[-2].id
    for context in looks():
        painted = dict(of_procedure(act, act.procedure, len(act.events), context))
        page = painted["procedure"]
        assert f'data-test="reading-{before}-' not in page and 'data-test="reading-d9-' in page
        assert f'href="#paper-{before}"' not in page
        assert all(f"/documents/{before}/" not in html for name, html in painted.items() if name.startswith("citizen"))


def test_a_request_that_was_corrected_is_signed_in_its_new_words_alone() -> None:
    act = written()
    act.then(DocumentWritten(document=act.procedure.documents[-1].but(id="d9")))
    judge = act.procedure.participant(JUDGE)
    shown = {
        document.id: document_view(act.procedure, document, judge, next(looks()))
        for document in act.procedure.documents
    }
    assert not shown["d1"].signable_here and shown["d9"].signable_here


def test_a_paper_that_names_its_readers_is_there_for_who_sits_in_their_seats_and_not_for_a_free_one() -> None:
    procedure, look = asking_registers().procedure, next(looks())
    [reserved] = [one.id for one in procedure.documents if one.readers]
    judge = next(person for person in procedure.participants if person.role == "judge")
    witness = next(person for person in procedure.participants if person.role == "witness")
    seats = (judge, judge.but(account=None), witness, None)
    there = [reserved in [one.id for one in procedure_view(procedure, 9, seat, look).documents] for seat in seats]
    assert there == [True, False, False, False]


@pytest.mark.parametrize(("code", "offered"), [("exhibit", False), ("agreement", True)])
def test_nobody_is_asked_to_refuse_what_nobody_asks_them_to_sign(code: str, offered: bool) -> None:
    act = conciliation()
    written = [n for n, (event, _) in enumerate(act.events) if isinstance(event, DocumentWritten)]
    act.events = act.events[: written[0] + 1]
    citizen, paper = act.procedure.citizens[0].id, next(one for one in act.procedure.documents if one.code == code)
    sha256 = paper.original.sha256
    act.then(DocumentPresented(document=paper.id, sha256=sha256, to=(citizen,)))
    for page in range(1, (paper.original.pages or 1) + 1):
        act.then(DocumentPageRead(document=paper.id, document_sha256=sha256, participant=citizen, page=page))
    painted = of_procedure(act, act.procedure, len(act.events), next(looks()))
    room = next(html for name, html in painted if name == "citizen-room")
    assert 'data-test="understand"' in room
    assert ('data-test="refuse-open"' in room) is offered


def test_what_a_copy_does_not_show_is_told_where_it_is_read() -> None:
    act = busy()
    paper = act.procedure.documents[0]
    losses = CopyLosses(
        remarks=(Remark(page=1, words="Falta <b>"), Remark(page=2)), remark_count=9,
        large_pages=(LargePage(page=1, width_mm=841, height_mm=1189, dpi=152),), large_page_count=1,
    )  # fmt: skip
    brought = BroughtFile(content=paper.original, losses=losses)
    state = act.procedure.but(documents=(paper.but(brought=(brought,)), *act.procedure.documents[1:]))
    for context in looks():
        page = dict(of_procedure(act, state, len(act.events), context))["procedure"]
        said = page.split(f'data-test="remarks-{paper.id}">')[1].split("</span>")[0]
        assert "9" in said and "«Falta &lt;b&gt;»" in said
        assert "1:1" in page.split(f'data-test="large-{paper.id}">')[1].split("</span>")[0]
