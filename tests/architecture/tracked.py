"""The files of the project as git sees them: tracked, or new and not ignored."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

PACKAGES = (
    "activities",
    "adapters",
    "agenda_types",
    "api",
    "bench",
    "conformance",
    "deploy",
    "domain",
    "evidence",
    "procedure_types",
    "rehearsal",
    "rooms",
    "scanning",
    "settings",
    "templates",
    "territories",
    "workflows",
)


@cache
def files() -> tuple[Path, ...]:
    """Every file, as a path from the project's root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return tuple(Path(name) for name in names if (PROJECT / name).is_file())


def sources(*folders: str) -> list[Path]:
    """The Python files of those folders."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]


def text(path: Path) -> str:
    return (PROJECT / path).read_text("utf-8")


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(text(path)))


def imports(path: Path) -> set[str]:
    """Every module that the file imports from outside itself, with its full name."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found
