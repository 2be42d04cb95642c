"""Rules over what a type has entered in registers outside: it can be told, is proven, and can be noted."""

from collections.abc import Mapping
from types import MappingProxyType

from agenda_types.rules import Broken, RuleBook
from domain.types.document_plan import Register
from domain.types.item_type import FieldKind
from domain.types.vocabulary import DocumentSource
from procedure_types.lint import Case, usable_codes

ENTRIES: RuleBook[Case] = RuleBook()

TOLD: Mapping[Register, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        # Law: RDL 6/2023 art. 74.3.
        Register.POWERS: {
            "": frozenset(("grantor", "grantor_address", "grantor_phone", "kind", "which", "valid_until")),
            "attorneys": frozenset(
                ("name", "id_number", "profession", "college", "college_number", "address", "phone")
            ),
        },
        # Law: LRC arts. 45 to 49.
        Register.CIVIL: {
            "": frozenset(("declarant", "obliged_as", "name", "surnames", "surname_order", "sex"))
            | {"born_on", "born_at", "place", "medical_proof", "term"},
            "parents": frozenset(("name", "id_number", "born", "status_and_nationality", "address")),
        },
    }
)
"""What each register is told of an item (`activities/told_to_registers.py`): fields, and columns of rows."""

ENDING: Mapping[Register, Mapping[str, frozenset[str]]] = MappingProxyType(
    # Law: RDL 6/2023 arts. 74.6 and 74.7.
    {Register.POWERS: {"": frozenset(("declarant", "kind", "power_number"))}}
)
"""The same of what `ends` something that stands there; where a register is not named, nothing there is ended."""


@ENTRIES.rule(
    es=("del punto `{word}` no sale lo que el registro pide", "use en `from_item` un punto con esos campos"),
    en=("item `{word}` does not say what the register asks for", "put in `from_item` an item with those fields"),
)
def registers_are_told_what_they_ask_for(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        if document.entered_in is None or case.items is None:
            continue
        item = case.items.get(document.from_item or "")
        fields = {field.name: field for field in item.fields} if item else {}
        told = {"": frozenset(fields)} | {
            name: frozenset(column.name for column in field.columns)
            for name, field in fields.items()
            if field.kind is FieldKind.ROWS
        }
        plan = document.entered_in
        wanted = ENDING.get(plan.where, {}) if plan.ends else TOLD[plan.where]
        if not wanted or not all(names <= told.get(rows, frozenset()) for rows, names in wanted.items()):
            yield ("documents", index, "from_item"), document.from_item or document.code


SEARCHED = frozenset(("applicant", "fact", "registered", "registered_id_number", "day", "entry", "standing"))
"""What the registry is told of an item when something is looked for there (`activities/registry_searches.py`)."""


@ENTRIES.rule(
    es=(
        "lo que se busca para `{word}` no se puede buscar o anotar",
        "use `where: civil`, un `from_item` con los campos de la solicitud, una firma en `signatures` y en `noted_in` "
        "un punto del orden del día",
    ),
    en=(
        "what is looked for because of `{word}` cannot be looked for or noted",
        "put `where: civil`, a `from_item` with the fields of the application, a signature in `signatures` and in "
        "`noted_in` an item of the agenda",
    ),
)
def what_is_searched_can_be(case: Case) -> Broken:
    signed = {line.document for line in case.procedure.signatures}
    usable = set(usable_codes(case.procedure))
    for index, document in enumerate(case.procedure.documents):
        plan = document.searched_in
        if plan is None or case.items is None:
            continue
        item = case.items.get(document.from_item or "")
        told = {field.name for field in item.fields} if item else set()
        fits = plan.where is Register.CIVIL and told >= SEARCHED
        if not fits or document.code not in signed or plan.noted_in not in usable:
            yield ("documents", index, "searched_in"), document.code


@ENTRIES.rule(
    es=("el resultado exige buscar `{word}`, que no se busca", "declare su `searched_in`, o quítelo de `searched`"),
    en=(
        "the outcome wants `{word}` looked for, which is not",
        "declare its `searched_in`, or take it out of `searched`",
    ),
)
def outcomes_want_what_is_searched(case: Case) -> Broken:
    searched = {document.code for document in case.procedure.documents if document.searched_in}
    for index, rule in enumerate(case.procedure.validity.outcomes):
        wanted = (code for code in rule.searched if code not in searched)
        yield from ((("validity", "outcomes", index, "searched"), code) for code in wanted)


@ENTRIES.rule(
    es=("`{word}` no es una opción del punto", "use en `unless` campos de `from_item` y sus opciones"),
    en=("`{word}` is no choice of the item", "use in `unless` fields of `from_item` and their options"),
)
def what_comes_first_can_be_chosen(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        if document.entered_in is None or case.items is None:
            continue
        item = case.items.get(document.from_item or "")
        choices = {field.name: field.options for field in item.fields} if item else {}
        for field, options in document.entered_in.unless.items():
            for option in options:
                if option not in choices.get(field, {}):
                    yield ("documents", index, "entered_in", "unless", field), option


@ENTRIES.rule(
    es=("nadie firma `{word}`, y se inscribe cuando se firma", "añada una línea a `signatures`"),
    en=("nobody signs `{word}`, and it is entered once it is signed", "add a line to `signatures`"),
)
def what_is_entered_is_signed(case: Case) -> Broken:
    signed = {line.document for line in case.procedure.signatures}
    for index, document in enumerate(case.procedure.documents):
        if document.entered_in and document.code not in signed:
            yield ("documents", index, "entered_in"), document.code


@ENTRIES.rule(
    es=(
        "la inscripción se anota en `{word}`, que no está en el orden del día",
        "use un punto de `planned` o `allowed`",
    ),
    en=("the entry is noted in `{word}`, which is not on the agenda", "use an item of `planned` or `allowed`"),
)
def entries_can_be_noted(case: Case) -> Broken:
    usable = set(usable_codes(case.procedure))
    for index, document in enumerate(case.procedure.documents):
        if document.entered_in and document.entered_in.noted_in not in usable:
            yield ("documents", index, "entered_in", "noted_in"), document.entered_in.noted_in


@ENTRIES.rule(
    es=("el resultado exige inscribir `{word}`, que no se inscribe", "declare su `entered_in`, o quítelo de `entered`"),
    en=("the outcome wants `{word}` entered, which is not", "declare its `entered_in`, or take it out of `entered`"),
)
def outcomes_want_what_is_entered(case: Case) -> Broken:
    entered = {document.code for document in case.procedure.documents if document.entered_in}
    for index, rule in enumerate(case.procedure.validity.outcomes):
        yield from ((("validity", "outcomes", index, "entered"), code) for code in rule.entered if code not in entered)


@ENTRIES.rule(
    es=(
        "el justificante de `{word}` no tiene sitio",
        "añada a `documents` uno `register_receipt` con `source: received`",
    ),
    en=("the receipt of `{word}` has no place", "add to `documents` one `register_receipt` with `source: received`"),
)
def receipts_have_a_place(case: Case) -> Broken:
    receipt = case.procedure.document("register_receipt")
    for index, document in enumerate(case.procedure.documents):
        if document.entered_in and (receipt is None or receipt.source is not DocumentSource.RECEIVED):
            yield ("documents", index, "entered_in"), document.code
