"""Of two papers that say the same, the page tells which one counts."""

from domain.events.documents import DocumentWritten
from templates.texts import text
from tests.pages.shown import busy, looks, of_procedure


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
