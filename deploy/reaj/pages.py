"""The interface of the simulator: powers with their receipts, what ends them, and what stands under a number."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deploy.reaj.law import check, check_ending
from deploy.simulators import serving
from deploy.simulators.registers import Book, Entry, Pages, plain_number, today
from deploy.simulators.troubles import Trouble, met

KINDS = {"revocation": "Revocación", "renunciation": "Renuncia"}


def _rows(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    attorneys = [f"{one['name']} ({one['college']}, {one['college_number']})" for one in told["attorneys"]]
    rows = [("Poderdante", str(told["grantor"]["name"])), *(("Persona apoderada", one) for one in attorneys)]
    return [*rows, ("Vale hasta", str(told["valid_until"]))]


def _rows_of_ending(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (KINDS[told["kind"]], str(told["declarant_name"])),
        ("Número del poder", str(told["power_number"])),
    ]


NAME = "Registro Electrónico de Apoderamientos Judiciales (simulador)"
BOOK = Book(
    name=NAME,
    sign="AP",
    said="Consta inscrito el poder que se detalla.",
    check=check,
    rows=_rows,
    receipt=lambda told: {"valid_until": told["valid_until"]},
)


class Powers(Pages):
    def numbered(self, request: Request) -> Response:
        """Law: RDL 6/2023 art. 77, whoever acts for somebody is looked up by the number."""
        power = self._power(request.path_params["number"])
        if power is None:
            return JSONResponse({"code": "power_unknown"}, 404)
        standing = {"state": self._state(power), "acting": self._acting(power)}
        if met(self._directory, Trouble.NOTHING_CHANGED):
            standing = {"state": "in_force", "acting": [one["id_number"] for one in power.told["attorneys"]]}
        return JSONResponse({**standing, **power.receipt})

    def _book_of(self, told: Mapping[str, Any]) -> Book:
        if "power_number" not in told:
            return BOOK
        power = self._power(str(told["power_number"]))

        def check_this(told: Mapping[str, Any], today: date) -> None:
            state, acting = (self._state(power), self._acting(power)) if power else ("", [])
            check_ending(told, power.told if power else None, state, [plain_number(one) for one in acting])

        said = "Consta inscrito el final del poder que se detalla. Tiene efecto desde la fecha de esta inscripción."
        return Book(name=NAME, sign="RV", said=said, check=check_this, rows=_rows_of_ending)

    def _power(self, number: str) -> Entry | None:
        entered = self.store.numbered(number)
        return None if entered is None or "power_number" in entered.told else entered

    def _endings(self, power: Entry) -> list[Mapping[str, Any]]:
        number = power.receipt["number"]
        return [one.told for one in self.store.every() if one.told.get("power_number") == number]

    def _acting(self, power: Entry) -> list[str]:
        """Identity documents of who may still act with it. Law: art. 74.7, from the entry of what ends it."""
        if self._state(power) in ("revoked", "lapsed"):
            return []
        return self._left(power)

    def _left(self, power: Entry) -> list[str]:
        endings = (one for one in self._endings(power) if one["kind"] == "renunciation")
        gone = {plain_number(str(one["declarant_id_number"])) for one in endings}
        given = [str(one["id_number"]) for one in power.told["attorneys"]]
        return [one for one in given if plain_number(one) not in gone]

    def _state(self, power: Entry) -> str:
        if any(one["kind"] == "revocation" for one in self._endings(power)):
            return "revoked"
        if not self._left(power):
            return "renounced"
        return "in_force" if date.fromisoformat(power.receipt["valid_until"]) >= today() else "lapsed"


def application(directory: Path) -> Starlette:
    pages = Powers(directory, BOOK)
    return serving.application(directory, {**pages.answers(), ("GET", "/numbers/{number}"): pages.numbered})
