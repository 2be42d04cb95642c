"""Which names a vault takes for its objects, in S3 and in memory the same."""

import re

_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


def object_name(name: str) -> str:
    """`name` itself. Raises `ValueError` for one that could lead out of its folder."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise ValueError(f"not a name for an object: {name!r}")
    return name
