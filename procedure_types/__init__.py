"""The procedures that can be held: one YAML file a type and version, read strictly, and resolved for a case.

A new procedure type is a new file here or in a folder of one's own, and no Python. A type names mechanisms of
identification by their codes: one that no folder of `adapters/identity/` declares is refused. See `docs/types.md`.
"""

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from agenda_types.problems import Problem, TypeFileError, problem
from agenda_types.reading import read_as, yaml_files
from agenda_types.source import Source
from domain.errors import PersonMustAct
from domain.types.item_type import AgendaItemType
from domain.types.mechanism import Mechanism
from domain.types.procedure_type import ProcedureType, ResolvedType
from procedure_types.absence import ABSENCE
from procedure_types.admission import ADMISSION
from procedure_types.apart import APART
from procedure_types.beside import BESIDE
from procedure_types.deadlines import DEADLINES
from procedure_types.entries import ENTRIES
from procedure_types.excerpts import EXCERPTS
from procedure_types.filled import FILLED
from procedure_types.law import LAW
from procedure_types.lint import Case, identity_rules, usable_codes
from procedure_types.mechanisms import load as load_mechanisms
from procedure_types.seats import SEATS
from procedure_types.sense import SENSE
from procedure_types.signatures import SIGNATURES
from procedure_types.skeletons import SKELETONS
from procedure_types.titles import TITLES
from procedure_types.validity import VALIDITY
from procedure_types.wording import WORDING

__all__ = [
    "SHIPPED",
    "Problem",
    "ProcedureTypes",
    "TypeFileError",
    "load",
    "load_mechanisms",
    "resolve",
    "unknown_mechanisms",
]

RULE_BOOKS = (
    *(LAW, SENSE, SIGNATURES, ABSENCE, DEADLINES, VALIDITY, ADMISSION),
    *(SEATS, FILLED, EXCERPTS, APART, ENTRIES, SKELETONS, TITLES, WORDING, BESIDE),
)
SHIPPED = Path(__file__).parent


class ProcedureTypes(dict[str, ProcedureType]):
    """The latest version of each type by id; `version` finds an earlier one."""

    def __init__(self, every: Mapping[tuple[str, int], ProcedureType]) -> None:
        super().__init__((type_id, every[type_id, number]) for type_id, number in sorted(every))
        self._every = dict(every)

    def version(self, type_id: str, number: int) -> ProcedureType:
        """That version of the type. Raises `PersonMustAct('procedure_type_unknown')`."""
        try:
            return self._every[type_id, number]
        except KeyError:
            known = [n for known_id, n in sorted(self._every) if known_id == type_id]
            raise PersonMustAct("procedure_type_unknown", type=type_id, version=number, known=known) from None


def load(
    folder: Path | None = None,
    *more: Path,
    items: Mapping[str, AgendaItemType] | None = None,
    mechanisms: Mapping[str, Mechanism] | None = None,
) -> ProcedureTypes:
    """Procedure types from `folder` (None: the shipped ones) and any `more` folders.

    With `items`, agendas are checked against them too; without, `resolve` still refuses an unknown code.
    `mechanisms`: those that a type may name; None: the shipped ones.
    Raises `TypeFileError` with every problem of every file. One version of a type may be defined only once.
    """
    found: dict[tuple[str, int], ProcedureType] = {}
    homes: dict[tuple[str, int], str] = {}
    problems: list[Problem] = []
    known = shipped_mechanisms() if mechanisms is None else mechanisms
    for place in (folder or SHIPPED, *more):
        paths, wrong = yaml_files(place)
        problems.extend(wrong)
        for path in paths:
            procedure, source = read_as(ProcedureType, path)
            problems.extend(source.problems)
            if procedure is None:
                continue
            problems.extend(unknown_mechanisms(procedure, source, known))
            case = Case(procedure, known, items)
            problems.extend(problem for rules in RULE_BOOKS for problem in rules.problems(case, source))
            key = (procedure.id, procedure.version)
            if key in homes:
                word = f"{procedure.id} v{procedure.version}"
                problems.append(problem(path.name, source.line(("id",)), "id", "defined_twice", word, [homes[key]]))
            homes.setdefault(key, path.name)
            found.setdefault(key, procedure)
    if problems:
        raise TypeFileError(problems)
    return ProcedureTypes(found)


def unknown_mechanisms(procedure: ProcedureType, source: Source, known: Mapping[str, Mechanism]) -> Iterator[Problem]:
    """Each that the type names and nobody declares."""
    for loc, rule in identity_rules(procedure):
        for index, method in enumerate(rule.methods):
            for code in rule.choices(method):
                if code not in known:
                    yield source.problem((*loc, "methods", index), "unknown_word", code, tuple(sorted(known)))


def resolve(
    procedure: ProcedureType,
    items: Mapping[str, AgendaItemType],
    mechanisms: Mapping[str, Mechanism] | None = None,
) -> ResolvedType:
    """The type with the item types that it may use, planned or allowed, the mechanisms that it names, and no others.

    `mechanisms`: None for the shipped ones; the type was loaded against them.

    Raises `PersonMustAct('item_type_unknown')` with the code, the closest known one and all that are known.
    """
    codes = usable_codes(procedure)
    for code in codes:
        if code not in items:
            close = difflib.get_close_matches(code, items, n=1)
            raise PersonMustAct("item_type_unknown", item=code, closest=close, known=sorted(items))
    known = shipped_mechanisms() if mechanisms is None else mechanisms
    return ResolvedType(
        procedure=procedure,
        items={code: items[code] for code in codes},
        mechanisms={code: known[code] for code in procedure.identity.every_named},
    )


@cache
def shipped_mechanisms() -> Mapping[str, Mechanism]:
    return load_mechanisms()
