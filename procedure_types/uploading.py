"""What somebody uploads to be published: which text is what, and everything that is wrong in any of them.

The same rules as for files, against what is shipped and what was published before. Nothing is kept here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agenda_types import RULE_BOOKS as ITEM_RULE_BOOKS
from agenda_types.problems import Problem, problem
from agenda_types.reading import as_model
from agenda_types.source import Source, parsed
from domain.access.publishing import MOST_DEFINITIONS, Definition, DefinitionKind
from domain.ids import AdministrationId
from domain.types.item_type import AgendaItemType
from domain.types.procedure_type import ProcedureType
from procedure_types import RULE_BOOKS, unknown_mechanisms
from procedure_types.lint import Case, usable_codes
from procedure_types.offered import Offered

SHIPPED = "estrado"
"""Where what is shipped is defined, in problems."""
_BETWEEN = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Uploaded:
    """A text and what to call it in problems."""

    name: str
    text: str
    first_line: int = 1
    """Where it begins in what was pasted."""


@dataclass(frozen=True)
class Examined:
    """What was found: either problems, or definitions that could be published as they are."""

    problems: tuple[Problem, ...]
    definitions: tuple[Definition, ...] = ()
    procedures: tuple[ProcedureType, ...] = ()
    items: tuple[AgendaItemType, ...] = ()


def parts_of(name: str, pasted: str) -> list[Uploaded]:
    """Texts with a line `---` between them; the lines are counted from the beginning of what was pasted."""
    parts, first_line = [], 1
    for text in _BETWEEN.split(pasted):
        if text.strip():
            parts.append(Uploaded(name, text.lstrip("\r\n"), first_line + _blank_lines(text)))
        first_line += text.count("\n")
    return parts


def _blank_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip("\r\n"))].count("\n")


def examine(uploaded: Sequence[Uploaded], offered: Offered, administration: AdministrationId) -> Examined:
    """Judges all texts together: a type may use an item type that comes with it."""
    if not uploaded:
        return Examined((problem("", 1, "", "nothing_uploaded"),))
    if len(uploaded) > MOST_DEFINITIONS:
        return Examined((problem("", 1, "", "too_many_texts", len(uploaded), (str(MOST_DEFINITIONS),)),))
    problems: list[Problem] = []
    items: list[tuple[AgendaItemType, Source, Uploaded]] = []
    kinds: list[tuple[ProcedureType, Source, Uploaded]] = []
    for one in uploaded:
        source = parsed(one.text.encode(), one.name)
        if _is_procedure(source):
            kind = as_model(ProcedureType, source)
            kinds += [(kind, source, one)] if kind else []
        elif not source.problems:
            item = as_model(AgendaItemType, source)
            items += [(item, source, one)] if item else []
        problems += _moved(source.problems, one)
    for item, source, one in items:
        broken = [wrong for book in ITEM_RULE_BOOKS for wrong in book.problems(item, source)]
        problems += _moved([*broken, *_taken_item(item, source, offered)], one)
    problems += _twice(items, kinds)
    known = {**{item.code: item for item, *_ in items}, **offered.items}
    # An agenda cannot be judged by items that could not be read.
    whole = known if not problems else None
    for kind, source, one in kinds:
        found = [*unknown_mechanisms(kind, source, offered.mechanisms)]
        case = Case(kind, offered.mechanisms, whole)
        found += [wrong for book in RULE_BOOKS for wrong in book.problems(case, source)]
        problems += _moved([*found, *_taken_kind(kind, source, offered, administration)], one)
    if not problems:
        problems += _unused(items, kinds)
    if problems:
        return Examined(tuple(sorted(problems, key=lambda wrong: (wrong.file, wrong.line, wrong.code))))
    return Examined(
        (),
        (*(_item(item, one) for item, _, one in items), *(_kind(kind, one) for kind, _, one in kinds)),
        tuple(kind for kind, *_ in kinds),
        tuple(item for item, *_ in items),
    )


def read_again(uploaded: Sequence[Uploaded]) -> Examined:
    """What was examined before and is only to be shown: nothing is judged, and what cannot be read is left out."""
    sources = [parsed(one.text.encode(), one.name) for one in uploaded]
    kinds = [as_model(ProcedureType, source) for source in sources if _is_procedure(source)]
    items = [as_model(AgendaItemType, source) for source in sources if not _is_procedure(source)]
    return Examined((), (), tuple(kind for kind in kinds if kind), tuple(item for item in items if item))


def _is_procedure(source: Source) -> bool:
    """An item type has a verb, a procedure type a family; a text with neither is meant as whichever has more of it."""
    said = source.content if isinstance(source.content, dict) else {}
    return not source.problems and "verb" not in said and ("family" in said or "roles" in said or "agenda" in said)


def _moved(problems: Sequence[Problem], uploaded: Uploaded) -> list[Problem]:
    return [wrong.but(line=wrong.line + uploaded.first_line - 1) for wrong in problems]


def _taken_item(item: AgendaItemType, source: Source, offered: Offered) -> Iterator[Problem]:
    """A code means one thing for ever, whoever published it."""
    known = {word: SHIPPED for one in offered.shipped_items.values() for word in (one.code, one.id)}
    known |= {word: _PUBLISHED for one in offered.published_items.values() for word in (one.code, one.id)}
    for key, word in (("code", item.code), ("id", item.id)):
        if word in known:
            yield source.problem((key,), "name_taken", word, (known[word],))


_PUBLISHED = "publicado / published"


def _taken_kind(
    kind: ProcedureType, source: Source, offered: Offered, administration: AdministrationId
) -> Iterator[Problem]:
    if kind.id in offered.shipped:
        yield source.problem(("id",), "name_taken", kind.id, (SHIPPED,))
        return
    before = [one for one in offered.published if one.kind.id == kind.id]
    if any(one.publication.administration != administration for one in before):
        yield source.problem(("id",), "name_taken", kind.id, (_PUBLISHED,))
        return
    following = max((one.kind.version for one in before), default=0) + 1
    if kind.version != following:
        yield source.problem(("version",), "version_not_next", kind.version, (str(following),))


def _twice(
    items: Sequence[tuple[AgendaItemType, Source, Uploaded]], kinds: Sequence[tuple[ProcedureType, Source, Uploaded]]
) -> Iterator[Problem]:
    seen: set[str] = set()
    named = [("code", item.code, source, one) for item, source, one in items]
    named += [("id", item.id, source, one) for item, source, one in items]
    named += [("id", kind.id, source, one) for kind, source, one in kinds]
    for key, word, source, one in named:
        if word in seen:
            yield from _moved([source.problem((key,), "defined_twice", word, (one.name,))], one)
        seen.add(word)


def _unused(
    items: Sequence[tuple[AgendaItemType, Source, Uploaded]], kinds: Sequence[tuple[ProcedureType, Source, Uploaded]]
) -> Iterator[Problem]:
    """An item type alone can be used by nothing that may be held: it comes with the type that needs it."""
    used = {code for kind, *_ in kinds for code in usable_codes(kind)}
    for item, source, one in items:
        if item.code not in used:
            yield from _moved([source.problem(("code",), "item_unused", item.code)], one)


def _item(item: AgendaItemType, uploaded: Uploaded) -> Definition:
    return Definition(kind=DefinitionKind.ITEM_TYPE, name=item.code, id=item.id, text=uploaded.text)


def _kind(kind: ProcedureType, uploaded: Uploaded) -> Definition:
    return Definition(
        kind=DefinitionKind.PROCEDURE_TYPE, name=kind.id, id=kind.id, version=kind.version, text=uploaded.text
    )
