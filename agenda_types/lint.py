"""What an agenda item type must keep to beyond its shape."""

import re
from collections.abc import Iterator

from agenda_types.fields import all_fields
from agenda_types.rules import Broken, RuleBook
from domain.types.item_type import AgendaItemType, FieldKind, ItemField, Requirement
from domain.types.vocabulary import InMinutes, Verb

RULES: RuleBook[AgendaItemType] = RuleBook()

FILTERS = ("money", "day", "clock", "person", "document", "option", "country")
"""The jinja2 filters that a `minutes` sentence may use; `templates/` provides them."""

_STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor")
_PLAIN = re.compile(r"""(?:[\w\s.|,!<>='"-]|\[\])*""")

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@RULES.rule(
    es=("el campo `{word}` está dos veces", "cámbiele el nombre a uno"),
    en=("field `{word}` is there twice", "rename one of them"),
)
def field_names_differ(item: AgendaItemType) -> Broken:
    yield from _repeated(item.fields, ("fields",))
    for index, field in enumerate(item.fields):
        yield from _repeated(field.columns, ("fields", index, "columns"))


@RULES.rule(
    es=("la opción `{word}` significa dos cosas en este punto", "dé otro código a una de las dos"),
    en=("option `{word}` means two things in this item", "give one of them another code"),
)
def options_mean_one_thing(item: AgendaItemType) -> Broken:
    """The filter `option` finds the words by the code alone."""
    meanings: dict[str, object] = {}
    for loc, field in all_fields(item):
        for code, texts in field.options.items():
            if meanings.setdefault(code, texts) != texts:
                yield (*loc, "options", code), code


@RULES.rule(
    es=(
        "la frase usa `values.{word}`, que no es un campo de este punto",
        "corrija el nombre o declare el campo",
    ),
    en=(
        "the sentence uses `values.{word}`, which is no field of this item",
        "correct the name or declare the field",
    ),
)
def minutes_use_declared_fields(item: AgendaItemType) -> Broken:
    for language, sentence in _sentences(item):
        for tag in _TAG.findall(sentence):
            for name in re.findall(r"\bvalues\.([A-Za-z0-9_]+)", tag):
                if item.field(name) is None:
                    yield ("minutes", language), name


@RULES.rule(
    es=("la frase usa el filtro desconocido `{word}`", f"se admiten: {', '.join(FILTERS)}"),
    en=("the sentence uses the unknown filter `{word}`", f"known: {', '.join(FILTERS)}"),
)
def minutes_use_known_filters(item: AgendaItemType) -> Broken:
    for language, sentence in _sentences(item):
        for tag in _TAG.findall(sentence):
            for name in re.findall(r"\|\s*([A-Za-z0-9_]+)", tag):
                if name not in FILTERS:
                    yield ("minutes", language), name


@RULES.rule(
    es=("en la frase quedan llaves sin pareja: `{word}`", "cierre cada `{{` y cada `{%`"),
    en=("the sentence has braces without a partner: `{word}`", "close every `{{` and `{%`"),
)
def minutes_close_their_braces(item: AgendaItemType) -> Broken:
    for language, sentence in _sentences(item):
        if left := re.search(r"\{\{|\}\}|\{%|%\}", _TAG.sub("", sentence)):
            yield ("minutes", language), left[0]


@RULES.rule(
    es=(
        "la frase hace más que decir lo que se ha escrito: `{word}`",
        "use `{{ }}` con campos y filtros, `if`, y un `for` que no esté dentro de otro",
    ),
    en=(
        "the sentence does more than say what was filled in: `{word}`",
        "use `{{ }}` with fields and filters, `if`, and one `for` that is not inside another",
    ),
)
def minutes_only_say_what_was_filled_in(item: AgendaItemType) -> Broken:
    """No sum, no call and no loop in a loop: a sentence of one line can keep a processor busy for a day."""
    for language, sentence in _sentences(item):
        loops = 0
        for tag in _TAG.findall(sentence):
            statement = re.match(r"\{%-?\s*(\w*)", tag)
            loops += {"for": 1, "endfor": -1}.get(statement[1], 0) if statement else 0
            known = not statement or statement[1] in _STATEMENTS
            if not known or loops > 1 or not _PLAIN.fullmatch(tag[2:-2]):
                yield ("minutes", language), tag


@RULES.rule(
    es=("un punto que no va al acta lleva una frase para ella", "quite `minutes` o cambie `in_minutes`"),
    en=(
        "an item that stays out of the minutes has a sentence for them",
        "remove `minutes` or change `in_minutes`",
    ),
)
def silent_items_have_no_sentence(item: AgendaItemType) -> Broken:
    if item.in_minutes is InMinutes.NONE and item.minutes:
        yield ("minutes",), "minutes"


@RULES.rule(
    es=("se firma sin exigir una identidad vigente", "añada `identity_valid` a `requires`"),
    en=("something is signed without a valid identity", "add `identity_valid` to `requires`"),
    law="RDL 6/2023 art. 60.7",
)
def signing_needs_a_valid_identity(item: AgendaItemType) -> Broken:
    if item.verb is Verb.SIGN and Requirement.IDENTITY_VALID not in item.requires:
        yield ("requires",) if item.requires else ("verb",), item.verb


@RULES.rule(
    es=("`about` nombra `{word}`, que no es un campo de persona de este punto", "use un campo con `kind: participant`"),
    en=("`about` names `{word}`, which is no person field of this item", "use a field with `kind: participant`"),
)
def items_are_about_a_person(item: AgendaItemType) -> Broken:
    field = item.field(item.about) if item.about else None
    if item.about and (field is None or field.kind is not FieldKind.PARTICIPANT):
        yield ("about",), item.about


@RULES.rule(
    es=(
        "`also_about` nombra `{word}`, que no es otra persona de este punto",
        "use campos con `kind: participant`, cada uno una vez, y ponga en `about` el primero",
    ),
    en=(
        "`also_about` names `{word}`, which is no other person of this item",
        "use fields with `kind: participant`, each once, and put the first one into `about`",
    ),
)
def further_people_are_others(item: AgendaItemType) -> Broken:
    for place, name in enumerate(item.also_about):
        field = item.field(name)
        known = field is not None and field.kind is FieldKind.PARTICIPANT
        if not known or item.about in (None, name) or name in item.also_about[:place]:
            yield ("also_about",), name


@RULES.rule(
    es=(
        "`void_when` nombra `{word}`, que no es una opción de ese campo",
        "use un campo `choice` y una de sus opciones",
    ),
    en=("`void_when` names `{word}`, which is no option of that field", "use a `choice` field and one of its options"),
)
def void_choices_exist(item: AgendaItemType) -> Broken:
    for name, choices in item.void_when.items():
        field = item.field(name)
        for choice in choices:
            if field is None or choice not in field.options:
                yield ("void_when", name), choice


@RULES.rule(
    es=(
        "`tallies` nombra `{word}`, que no es lo que ahí debe ir",
        "`choice` es una opción de `field`; `more` y `than`, campos `integer`; `tie`, uno `boolean`",
    ),
    en=(
        "`tallies` names `{word}`, which is not what belongs there",
        "`choice` is an option of `field`; `more` and `than`, `integer` fields; `tie`, a `boolean` one",
    ),
)
def tallies_compare_numbers(item: AgendaItemType) -> Broken:
    for place, tally in enumerate(item.tallies):
        field = item.field(tally.field)
        if field is None or tally.choice not in field.options:
            yield ("tallies", place, "choice"), tally.choice
        kinds = {"more": FieldKind.INTEGER, "than": FieldKind.INTEGER, "tie": FieldKind.BOOLEAN}
        for key, kind in kinds.items():
            name = getattr(tally, key)
            number = item.field(name) if name else None
            if name and (number is None or number.kind is not kind):
                yield ("tallies", place, key), name


@RULES.rule(
    es=("no se dice de quién es el juramento (`{word}`)", "añada `about` con el campo de esa persona"),
    en=("it is not said whose oath it is (`{word}`)", "add `about` with the field of that person"),
    law="LEC art. 365.1",
)
def an_oath_is_of_somebody(item: AgendaItemType) -> Broken:
    if item.about is None and (item.verb is Verb.SWEAR or Requirement.OATH_TAKEN in item.requires):
        yield ("verb",), item.verb


def _sentences(item: AgendaItemType) -> Iterator[tuple[str, str]]:
    yield from (item.minutes.root.items() if item.minutes else ())


def _repeated(fields: tuple[ItemField, ...], loc: tuple[int | str, ...]) -> Broken:
    names = [field.name for field in fields]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*loc, index, "name"), name
