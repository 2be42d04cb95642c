"""What the code at hand is called as a version of the workers."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from deploy.place import PROJECT

CODE = (
    "activities", "adapters", "agenda_types", "api", "domain", "evidence", "procedure_types", "rooms", "settings",
    "templates", "territories", "workflows",
)  # fmt: skip
ENDINGS = (".py", ".yaml", ".typ")


def build_of(folder: Path = PROJECT) -> str:
    """A name that changes whenever the code does: `local-` and 12 digits of its SHA-256."""
    digest = hashlib.sha256()
    for path in _code(folder):
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return f"local-{digest.hexdigest()[:12]}"


def _code(folder: Path) -> Iterator[Path]:
    yield folder / "worker.py"
    for name in CODE:
        yield from sorted(path for path in (folder / name).rglob("*") if path.suffix in ENDINGS)
