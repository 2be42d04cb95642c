"""The mechanisms of identification that a type may name, as their folders declare them."""

from pathlib import Path

from agenda_types.problems import Problem, TypeFileError
from agenda_types.reading import read_as
from domain.types.mechanism import Mechanism

SHIPPED = Path(__file__).resolve().parents[1] / "adapters" / "identity"


def load(*more: Path) -> dict[str, Mechanism]:
    """By code: those that are shipped, and those of any `more` folders. Raises `TypeFileError` with every problem."""
    found: dict[str, Mechanism] = {}
    problems: list[Problem] = []
    for path in (path for folder in (SHIPPED, *more) for path in sorted(folder.glob("*/mechanism.yaml"))):
        declared, source = read_as(Mechanism, path, f"{path.parent.name}/{path.name}")
        problems.extend(source.problems)
        if declared is not None and declared.code != path.parent.name:
            problems.append(source.problem(("code",), "code_is_folder", declared.code, (path.parent.name,)))
        elif declared is not None:
            found[declared.code] = declared
    if problems:
        raise TypeFileError(problems)
    return found
