"""Rules over the paragraphs that a type puts into its minutes: they can be read, and tell what may be told.

A paragraph prints, asks and repeats what was filled in, and does nothing else: its tree is looked at, and what is not
known to be harmless is refused.
"""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from agenda_types.lint import FILTERS
from agenda_types.rules import Broken, RuleBook
from agenda_types.source import Loc
from domain.types.item_type import FieldKind
from domain.types.vocabulary import InMinutes
from domain.types.wording import ACT_FACTS
from procedure_types.lint import Case, usable_codes

WORDING: RuleBook[Case] = RuleBook()

_KNOWN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter, nodes.Const),
    *(nodes.If, nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List),
)
_LONGEST = 4000
_DEEPEST = 300
"""Signs that open something: no paragraph has so many, and a tree that deep could not be walked."""


@WORDING.rule(
    es=(
        "el párrafo no puede leerse o hace más que decir lo que consta: `{word}`",
        "use `{{ }}` con datos y filtros, `if`, y un `for` que no esté dentro de otro",
    ),
    en=(
        "the paragraph cannot be read, or does more than tell what is on record: `{word}`",
        "use `{{ }}` with facts and filters, `if`, and one `for` that is not inside another",
    ),
)
def paragraphs_only_tell(case: Case) -> Broken:
    for loc, said in _sentences(case):
        tree = _tree(said)
        if tree is None:
            yield loc, said[:40]
            continue
        yield from ((loc, _named(node)) for node in _walked(tree) if not isinstance(node, _KNOWN))
        loops = list(tree.find_all(nodes.For))
        yield from ((loc, "for") for loop in loops if loop.recursive or any(loop.find_all(nodes.For)))


@WORDING.rule(
    es=(
        "el párrafo usa `{word}`, que no existe aquí",
        "use `A23.campo` (un punto de este tipo y un campo suyo), `people.papel`, "
        f"`act.` con {', '.join(ACT_FACTS)}, y los filtros {', '.join(FILTERS)}",
    ),
    en=(
        "the paragraph uses `{word}`, which is not there",
        "use `A23.field` (an item of this type and a field of it), `people.role`, "
        f"`act.` with {', '.join(ACT_FACTS)}, and the filters {', '.join(FILTERS)}",
    ),
)
def paragraphs_use_what_is_there(case: Case) -> Broken:
    if case.items is None:
        return
    for loc, said in _sentences(case):
        tree = _tree(said)
        yield from ((loc, word) for word in _undeclared(case, tree) if tree is not None)


@WORDING.rule(
    es=(
        "el párrafo diría `{word}`, que el acta calla",
        "quítelo: ese punto no va al acta, o lo escrito en él es solo para algunos papeles",
    ),
    en=(
        "the paragraph would tell `{word}`, which the minutes keep to themselves",
        "remove it: that item stays out of the minutes, or what is written in it is for some roles alone",
    ),
    law="Reglamento (UE) 2016/679 art. 5.1.f",
)
def paragraphs_tell_what_the_minutes_may(case: Case) -> Broken:
    for loc, said in _sentences(case):
        for code, field in _fields_told(_tree(said)):
            kind = (case.items or {}).get(code)
            if kind and (kind.visible_to or kind.in_minutes is not InMinutes.FULL):
                yield loc, f"{code}.{field}"


@WORDING.rule(
    es=("el párrafo no dice lo mismo en cada lengua: falta `{word}`", "use los mismos datos en todas"),
    en=("the paragraph does not say the same in each language: `{word}` is missing", "use the same facts in all"),
)
def paragraphs_say_the_same_in_each_language(case: Case) -> Broken:
    for index, paragraph in enumerate(case.procedure.minutes.wording):
        told = {language: _facts(_tree(said)) for language, said in paragraph.says.root.items()}
        every = set().union(*told.values())
        for language, facts in told.items():
            yield from ((("minutes", "wording", index, "says", language), fact) for fact in sorted(every - facts))


def _sentences(case: Case) -> Iterator[tuple[Loc, str]]:
    for index, paragraph in enumerate(case.procedure.minutes.wording):
        for language, said in paragraph.says.root.items():
            yield ("minutes", "wording", index, "says", language), said


def _tree(said: str) -> nodes.Template | None:
    """None where it cannot be read."""
    if len(said) > _LONGEST or sum(map(said.count, "([|%.")) > _DEEPEST:
        return None
    try:
        return Environment(autoescape=False).parse(said)  # noqa: S701  (nothing is written: its tree is looked at)
    except (TemplateSyntaxError, RecursionError):
        return None


def _walked(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walked(child)


def _named(node: nodes.Node) -> str:
    return type(node).__name__.lower()


def _undeclared(case: Case, tree: nodes.Template | None) -> Iterator[str]:
    if tree is None:
        return
    rows = _loops(case, tree)
    codes = usable_codes(case.procedure)
    for name in tree.find_all(nodes.Name):
        if name.name not in (*rows, *codes, "people", "act", "loop"):
            yield name.name
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name not in FILTERS:
            yield filtered.name
    known = {
        "people": {role.code for role in case.procedure.roles},
        "act": {*ACT_FACTS},
        "loop": {"index", "first", "last"},
        **rows,
    }
    for read in tree.find_all(nodes.Getattr):
        if not isinstance(read.node, nodes.Name):
            yield read.attr
            continue
        kind = (case.items or {}).get(read.node.name)
        names = {field.name for field in kind.fields} if kind else known.get(read.node.name)
        if names is not None and read.attr not in names:
            yield f"{read.node.name}.{read.attr}"


def _loops(case: Case, tree: nodes.Template) -> dict[str, set[str]]:
    """What each row of a loop is called, and the columns that it has."""
    found: dict[str, set[str]] = {}
    for loop in tree.find_all(nodes.For):
        read = loop.iter.left if isinstance(loop.iter, nodes.Or) else loop.iter
        field = None
        if isinstance(read, nodes.Getattr) and isinstance(read.node, nodes.Name):
            kind = (case.items or {}).get(read.node.name)
            field = kind.field(read.attr) if kind else None
        if isinstance(loop.target, nodes.Name) and field is not None and field.kind is FieldKind.ROWS:
            found[loop.target.name] = {column.name for column in field.columns}
    return found


def _fields_told(tree: nodes.Template | None) -> Iterator[tuple[str, str]]:
    for read in tree.find_all(nodes.Getattr) if tree else ():
        if isinstance(read.node, nodes.Name):
            yield read.node.name, read.attr


def _facts(tree: nodes.Template | None) -> set[str]:
    """`A23.sum`, `people.judge`: not what stands only in a loop, whose row each language may name as it likes."""
    return {f"{name}.{attr}" for name, attr in _fields_told(tree) if name in ("people", "act") or name[:1].isupper()}
