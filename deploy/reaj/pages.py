"""The interface of the simulator: entries with their receipts, what stands under a number, revocations."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deploy.keys import write_private
from deploy.reaj.law import check
from deploy.simulators import serving
from deploy.simulators.keeping import read, written
from deploy.simulators.registers import Book, Entry, Pages, today


def _rows(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    attorneys = [f"{one['name']} ({one['college']}, {one['college_number']})" for one in told["attorneys"]]
    rows = [("Poderdante", str(told["grantor"]["name"])), *(("Persona apoderada", one) for one in attorneys)]
    return [*rows, ("Vale hasta", str(told["valid_until"]))]


BOOK = Book(
    name="Registro Electrónico de Apoderamientos Judiciales (simulador)",
    sign="AP",
    said="Consta inscrito el poder que se detalla.",
    check=check,
    rows=_rows,
    receipt=lambda told: {"valid_until": told["valid_until"]},
)


class Powers(Pages):
    def numbered(self, request: Request) -> Response:
        """Law: RDL 6/2023 art. 77, whoever acts for somebody is looked up by the number."""
        entered = self.store.numbered(request.path_params["number"])
        if entered is None:
            return JSONResponse({"code": "unknown"}, 404)
        return JSONResponse({"state": _state(entered), **entered.receipt})

    def revoke(self, request: Request) -> Response:
        """Law: RDL 6/2023 art. 74.7, it takes effect from its own entry. A second time changes nothing."""
        entered = self.store.numbered(request.path_params["number"])
        if entered is None:
            return JSONResponse({"code": "unknown"}, 404)
        if _revocation(entered) is None:
            said = {"number": entered.receipt["number"], "revoked_at": datetime.now(UTC).isoformat()}
            write_private(entered.folder / "revocation.json", written(said))
        return JSONResponse(_revocation(entered))


def _revocation(entry: Entry) -> dict[str, Any] | None:
    try:
        return read(entry.folder, "revocation")
    except FileNotFoundError:
        return None


def _state(entered: Entry) -> str:
    if _revocation(entered) is not None:
        return "revoked"
    return "in_force" if date.fromisoformat(entered.receipt["valid_until"]) >= today() else "lapsed"


def application(directory: Path) -> Starlette:
    pages = Powers(directory, BOOK)
    return serving.application(
        directory,
        {
            **pages.answers(),
            ("GET", "/numbers/{number}"): pages.numbered,
            ("PUT", "/numbers/{number}/revocation"): pages.revoke,
        },
    )
