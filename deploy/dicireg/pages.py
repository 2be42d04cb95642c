"""The interface of the simulator: births that are entered, each with its receipt, and what is looked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from deploy.dicireg.law import check
from deploy.dicireg.searching import Searches
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
    pages = Pages(directory, BOOK)
    searches = Searches(directory, pages.store, BOOK.name)
    return serving.application(directory, {**pages.answers(), ("PUT", "/searches/{id}"): searches.search})
