"""What may stand on an agenda: one YAML file a type, read strictly.

A new item type is a new file here or in a folder of one's own, and no Python. See `docs/types.md`.
"""

from pathlib import Path

from agenda_types.fields import FIELDS
from agenda_types.figures import FIGURES
from agenda_types.lint import RULES
from agenda_types.problems import Problem, TypeFileError, problem
from agenda_types.reading import read_as, yaml_files
from domain.types.item_type import AgendaItemType

__all__ = ["RULE_BOOKS", "SHIPPED", "Problem", "TypeFileError", "load"]

SHIPPED = Path(__file__).parent
RULE_BOOKS = (RULES, FIELDS, FIGURES)
"""What every item type must keep to."""


def load(folder: Path | None = None, *more: Path) -> dict[str, AgendaItemType]:
    """Item types by code, in order of code, from `folder` (None: the shipped ones) and any `more` folders.

    Raises `TypeFileError` with every problem of every file. A code may be defined only once.
    """
    found: dict[str, AgendaItemType] = {}
    homes: dict[str, str] = {}
    problems: list[Problem] = []
    for place in (folder or SHIPPED, *more):
        paths, wrong = yaml_files(place)
        problems.extend(wrong)
        for path in paths:
            item, source = read_as(AgendaItemType, path)
            problems.extend(source.problems)
            if item is None:
                continue
            problems.extend(wrong for book in RULE_BOOKS for wrong in book.problems(item, source))
            for key, word in (("code", item.code), ("id", item.id)):
                if word in homes:
                    line = source.line((key,))
                    problems.append(problem(path.name, line, key, "defined_twice", word, [homes[word]]))
                homes.setdefault(word, path.name)
            found.setdefault(item.code, item)
    if problems:
        raise TypeFileError(problems)
    return dict(sorted(found.items()))
