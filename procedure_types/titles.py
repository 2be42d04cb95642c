"""Rules over what documents are called: after the answer that decides it, and each by one name."""

from agenda_types.rules import Broken, RuleBook
from domain.types.item_type import FieldKind
from procedure_types.lint import Case

TITLES: RuleBook[Case] = RuleBook()


@TITLES.rule(
    es=(
        "el título depende de `{word}`, que no es una respuesta del punto de `from_item`",
        "use un campo `choice` de ese punto y sus opciones",
    ),
    en=(
        "the title depends on `{word}`, which is no answer of the item of `from_item`",
        "use a `choice` of that item and its options",
    ),
)
def titles_follow_an_answer(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        item = (case.items or {}).get(document.from_item or "")
        if case.items is None or (document.from_item and item is None):
            continue
        for name, titles in document.titles_when.items():
            field = item.field(name) if item else None
            if field is None or field.kind is not FieldKind.CHOICE:
                yield ("documents", index, "titles_when"), name
            else:
                unknown = (choice for choice in titles if choice not in field.options)
                yield from ((("documents", index, "titles_when"), choice) for choice in unknown)


@TITLES.rule(
    es=("la plantilla `{word}` ya da un título al acta", "quite `titles`, o use la plantilla `general`"),
    en=("the template `{word}` has a title for the minutes already", "remove `titles`, or use the template `general`"),
)
def minutes_have_one_title(case: Case) -> Broken:
    minutes = case.procedure.minutes
    if minutes.titles and (minutes.mode, minutes.template) != ("written", "general"):
        yield ("minutes", "titles"), minutes.template
