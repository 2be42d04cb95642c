"""The interface of the simulator: births that are entered, each with its receipt."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from deploy.dicireg.law import check
from deploy.simulators import serving
from deploy.simulators.registers import Book, Pages


def _rows(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    parents = ", ".join(str(one["name"]) for one in told["parents"])
    return [
        ("Persona inscrita", f"{told['name']} {told['surnames']}"),
        ("Nacimiento", f"{told['born_on']}, {told['born_at']}, {told['place']}"),
        ("Progenitores", parents),
        ("Declaró", str(told["declarant"]["name"])),
    ]


BOOK = Book(
    name="Registro Civil, DICIREG (simulador)",
    sign="RC",
    said="Consta inscrito el nacimiento que se detalla.",
    check=check,
    rows=_rows,
)


def application(directory: Path) -> Starlette:
    return serving.application(directory, Pages(directory, BOOK).answers())
