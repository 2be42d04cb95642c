"""Under which keys a vault keeps what belongs to a procedure: in S3 and in memory the same."""

import re

from domain.ids import ProcedureId

_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


def object_key(procedure: ProcedureId, name: str) -> str:
    return f"procedures/{procedure}/{name}"


def named(name: str) -> str:
    """What is kept under a name given by us. Raises `ValueError` for one that could lead out of its folder."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise ValueError(f"not a name for an object: {name!r}")
    return f"named/{name}"
