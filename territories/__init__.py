"""What each Administration has chosen: one folder each with `profile.yaml` and its logo, read strictly.

It decides how things look and what may be held, never how an act is held: that is the procedure type's.
"""

from collections.abc import Collection
from pathlib import Path

from agenda_types.problems import Problem, TypeFileError, problem
from agenda_types.reading import read_as
from domain.ids import AdministrationId
from domain.types.territory import Administration
from territories.lint import RULES, Profile
from territories.public_holidays import of_community, subdivisions

__all__ = ["SHIPPED", "Problem", "TypeFileError", "load", "logo_svg"]

SHIPPED = Path(__file__).parent
PROFILE = "profile.yaml"


def load(folder: Path | None = None, types: Collection[str] | None = None) -> dict[AdministrationId, Administration]:
    """Administrations by id from the folders in `folder` (None: the shipped ones).

    With `types`, the ids of the procedure types that exist, an Administration may enable only those.
    Raises `TypeFileError` with every problem of every profile.
    """
    place = folder or SHIPPED
    if not place.is_dir():
        raise TypeFileError([problem(place.name, 1, "", "folder_missing", place.name)])
    found: dict[AdministrationId, Administration] = {}
    problems: list[Problem] = []
    for path in sorted(place.glob(f"*/{PROFILE}")):
        administration, source = read_as(Administration, path, f"{path.parent.name}/{PROFILE}")
        problems.extend(source.problems)
        if administration is not None:
            problems.extend(RULES.problems(Profile(administration, path.parent, types), source))
            found[administration.id] = _with_public_holidays(administration)
    if problems:
        raise TypeFileError(problems)
    return found


def _with_public_holidays(administration: Administration) -> Administration:
    """Those that its Community is known to keep, and those that its profile adds."""
    if administration.subdivision not in subdivisions():
        return administration
    days = {*of_community(administration.subdivision), *administration.public_holidays}
    return administration.but(public_holidays=tuple(sorted(days)))


def logo_svg(administration: Administration, folder: Path | None = None) -> str:
    """The Administration's logo as SVG, checked when it was loaded."""
    return ((folder or SHIPPED) / administration.id / administration.theme.logo).read_text("utf-8")
