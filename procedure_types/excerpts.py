"""Rules over documents that tell a part of their item alone: what they name is there."""

from agenda_types.rules import Broken, RuleBook
from procedure_types.lint import Case

EXCERPTS: RuleBook[Case] = RuleBook()


@EXCERPTS.rule(
    es=(
        "`only` nombra `{word}`, que no es un campo del punto de `from_item`: el documento no lo diría nunca",
        "use nombres de campos de ese punto, en un documento que se escribe al terminarlo",
    ),
    en=(
        "`only` names `{word}`, which is no field of the item of `from_item`: the document would never tell it",
        "use names of fields of that item, in a document that is written when it is done",
    ),
)
def documents_tell_what_their_item_has(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        item = (case.items or {}).get(document.from_item or "")
        if case.items is None or (document.from_item and item is None):
            continue
        unknown = (name for name in document.only if item is None or item.field(name) is None)
        yield from ((("documents", index, "only"), name) for name in unknown)


@EXCERPTS.rule(
    es=(
        "el título diría `{word}`, que el documento calla",
        "añádalo a `only`, o quite `titles_when`, que depende de ello",
    ),
    en=(
        "the document would be titled by `{word}`, which it does not tell",
        "add it to `only`, or remove `titles_when`, which depends on it",
    ),
)
def titles_tell_no_more_than_the_document(case: Case) -> Broken:
    """A title that follows an answer tells that answer: what is left out would be in it."""
    for index, document in enumerate(case.procedure.documents):
        if document.only:
            told = (name for name in document.titles_when if name not in document.only)
            yield from ((("documents", index, "titles_when"), name) for name in told)
