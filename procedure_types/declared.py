"""All that is declared for an installation: what is shipped, and what stands in folders of its own.

A folder of one's own holds what it adds in `agenda_types/`, `procedure_types/` and `territories/`, each or some.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import agenda_types
import procedure_types
import territories
from agenda_types.problems import Problem, TypeFileError, problem
from domain.ids import AdministrationId
from domain.types.item_type import AgendaItemType
from domain.types.mechanism import Mechanism
from domain.types.territory import Administration

ITEMS, TYPES, TERRITORIES = "agenda_types", "procedure_types", "territories"


@dataclass(frozen=True)
class Declared:
    items: Mapping[str, AgendaItemType]
    types: procedure_types.ProcedureTypes
    mechanisms: Mapping[str, Mechanism]
    administrations: dict[AdministrationId, Administration]
    logos: Mapping[AdministrationId, str]
    """As SVG."""


def load(types_dirs: tuple[Path, ...] = (), identity_dirs: tuple[Path, ...] = ()) -> Declared:
    """What is shipped and what `types_dirs` add, checked against each other and `identity_dirs`.

    Raises `TypeFileError` with every problem of the first kind of file that has any: an agenda cannot be judged by
    items that could not be read.
    """
    _require_something_in(types_dirs)
    mechanisms = procedure_types.load_mechanisms(*identity_dirs)
    items = agenda_types.load(None, *_parts(types_dirs, ITEMS))
    types = procedure_types.load(None, *_parts(types_dirs, TYPES), items=items, mechanisms=mechanisms)
    profiles = (territories.SHIPPED, *_parts(types_dirs, TERRITORIES))
    administrations = territories.load(*profiles, types=types)
    logos = {id: territories.logo_svg(known, *profiles) for id, known in administrations.items()}
    return Declared(items, types, mechanisms, administrations, logos)


def _parts(folders: tuple[Path, ...], name: str) -> list[Path]:
    return [folder / name for folder in folders if (folder / name).is_dir()]


def _require_something_in(folders: tuple[Path, ...]) -> None:
    """A folder that is misspelt, or holds its files elsewhere, would be an installation without its own types."""
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(problem(str(folder), 1, "", "folder_missing", folder.name))
        elif not any((folder / name).is_dir() for name in (ITEMS, TYPES, TERRITORIES)):
            problems.append(problem(str(folder), 1, "", "folder_empty", folder.name, (ITEMS, TYPES, TERRITORIES)))
    if problems:
        raise TypeFileError(problems)
