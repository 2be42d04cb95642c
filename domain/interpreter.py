"""Which patch of Python 3.11 has the security mends that are known: an older one works, and is told of."""

from domain.base import Value

FLOOR = (3, 11, 15)
"""The first one with every mend of parsers that strangers reach: XML, addresses, mail headers, archives."""

Patch = tuple[int, int, int]


class Interpreter(Value):
    """What runs a process. Debian mends its 3.11.2 under that number: a low number is a question, and no verdict."""

    version: str
    floor: str
    behind: bool


def interpreter(patch: Patch) -> Interpreter:
    """Of `sys.version_info[:3]`."""
    return Interpreter(version=_dotted(patch), floor=_dotted(FLOOR), behind=patch < FLOOR)


def warning(patch: Patch) -> str:
    """For whoever starts it; empty where there is nothing to say."""
    known = interpreter(patch)
    if not known.behind:
        return ""
    return (
        f"Python {known.version} lacks security mends that {known.floor} has, unless whoever ships it puts them in "
        "under the old number, as Debian does. Everything works; before people's data, take a newer 3.11 "
        "(make PYTHON=/path/to/python3.11 setup)."
    )


def _dotted(patch: Patch) -> str:
    return ".".join(map(str, patch))
