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


def load(
    folder: Path | None = None, *more: Path, types: Collection[str] | None = None
) -> dict[AdministrationId, Administration]:
    """Administrations by id from the folders in `folder` (None: the shipped ones) and in any `more`.

    With `types`, the ids of the procedure types that exist, an Administration may enable only those.
    Raises `TypeFileError` with every problem of every profile. An Administration may be defined only once.
    """
    found: dict[AdministrationId, Administration] = {}
    problems: list[Problem] = []
    places = (folder or SHIPPED, *more)
    problems.extend(problem(p.name, 1, "", "folder_missing", p.name) for p in places if not p.is_dir())
    for path in (path for place in places for path in sorted(place.glob(f"*/{PROFILE}"))):
        administration, source = read_as(Administration, path, f"{path.parent.name}/{PROFILE}")
        problems.extend(source.problems)
        if administration is not None:
            problems.extend(RULES.problems(Profile(administration, path.parent, types), source))
            if administration.id in found:
                problems.append(source.problem(("id",), "defined_twice", administration.id, (str(path.parent),)))
            found.setdefault(administration.id, _with_public_holidays(administration))
    if problems:
        raise TypeFileError(problems)
    return found


def _with_public_holidays(administration: Administration) -> Administration:
    """Those that its Community is known to keep, and those that its profile adds."""
    if administration.subdivision not in subdivisions():
        return administration
    days = {*of_community(administration.subdivision), *administration.public_holidays}
    return administration.but(public_holidays=tuple(sorted(days)))


def logo_svg(administration: Administration, *folders: Path) -> str:
    """The Administration's logo as SVG, checked when it was loaded; `folders`: as they were loaded."""
    homes = [folder / administration.id for folder in folders or (SHIPPED,)]
    home = next(home for home in homes if (home / PROFILE).is_file())
    return (home / administration.theme.logo).read_text("utf-8")
