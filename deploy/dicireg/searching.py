"""Looking for entries in the simulator: what fits, and who may know of it (LRC arts. 80 to 84).

It looks among the births that were entered there, and among entries of other times, which tests and demonstrations put
into `old/` of its directory.
"""

import asyncio
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from deploy.simulators.keeping import Folders, read, written
from deploy.simulators.registers import NotTaken, Store, is_number, is_said, malformed, plain_number, told_in
from deploy.simulators.troubles import Trouble, met

FACTS = ("birth", "marriage", "death", "other_entry")
MAY_KNOW = ("person_registered", "representative", "authorised")
STANDINGS = (*MAY_KNOW, "no_protected_data", "court_leave")


@dataclass(frozen=True)
class Standing:
    """One entry as it stands."""

    number: str
    fact: str
    registered: str
    day: str
    place: str
    id_number: str = ""
    """Of the person registered."""
    protected: bool = False
    """Specially protected data (LRC art. 83.1): adoption, a change of name for gender violence, of the sex, ..."""
    dead: bool = False

    @property
    def details(self) -> list[dict[str, str]]:
        told = {"Persona inscrita": self.registered, "Fecha": self.day, "Lugar": self.place, "Asiento": self.number}
        return [{"name": name, "value": value} for name, value in told.items()]


OLD = (
    Standing("RC-1979-4", "birth", "Aurelia Souto Freire", "1979-06-21", "Vilar"),
    Standing("RC-1988-8", "birth", "Iria Paz Otero", "1988-03-14", "Lira"),
    Standing("RC-1990-2", "birth", "Iria Paz Otero", "1990-11-02", "Areal Longo"),
    Standing("RC-2001-3", "birth", "Brais Seixas Lago", "2001-01-09", "Vilar", protected=True),
    Standing("RC-1931-6", "birth", "Amaro Seixas Lago", "1931-09-30", "Vilar", protected=True, dead=True),
)
"""Invented, for whoever tries the local stack."""


def keep_old(directory: Path, entry: Standing) -> None:
    """An entry of other times, for demonstrations and tests."""
    Folders(directory / "old").keep(entry.number, {"entry.json": written(asdict(entry))})


class Searches:
    def __init__(self, directory: Path, store: Store, name: str) -> None:
        self._directory = directory
        self._store = store
        self._name = name
        self._old = Folders(directory / "old")
        self._kept = Folders(directory / "searches")
        self._searching = asyncio.Lock()

    async def search(self, request: Request) -> Response:
        """The same id has the answer of the first time. Who looked, when and for what is kept (art. 80.1.1)."""
        id, told = request.path_params["id"], await told_in(request)
        if told is None:
            return malformed()
        async with self._searching:
            try:
                folder = self._kept.find(id) or self._searched(id, told)
            except NotTaken as refused:
                return JSONResponse({"code": refused.code}, 422)
        if met(self._directory, Trouble.ANSWER_LOST):
            return PlainTextResponse("lost\n", 502)
        of_another = {"id": "another"} if met(self._directory, Trouble.WRONG_RECEIPT) else {}
        return JSONResponse({**read(folder, "result"), **of_another})

    def _searched(self, id: str, told: Mapping[str, Any]) -> Path:
        """Raises `NotTaken`."""
        _check(told)
        found = [one for one in self._standing() if _fits(one, told)]
        if len(found) == 1:
            _may_know(found[0], told)
        at = datetime.now(UTC)
        one = found[0] if len(found) == 1 else None
        result = {
            "id": id,
            "register_name": self._name,
            "reference": f"C-{at.year}-{hashlib.sha256(id.encode()).hexdigest()[:10].upper()}",
            "searched_at": at.isoformat(),
            "found": len(found),
            "number": one.number if one else None,
            "details": one.details if one else [],
        }
        return self._kept.keep(id, {"search.json": written(told), "result.json": written(result)})

    def _standing(self) -> Iterator[Standing]:
        for folder in self._old.every():
            yield Standing(**read(folder, "entry"))
        for entered in self._store.every():
            told = entered.told
            yield Standing(
                number=str(entered.receipt["number"]),
                fact="birth",
                registered=f"{told['name']} {told['surnames']}",
                day=str(told["born_on"]),
                place=str(told["place"]),
            )


def _check(told: Mapping[str, Any]) -> None:
    applicant = str(told.get("applicant_id_number") or "")
    if told.get("fact") not in FACTS or not is_said(told, "registered") or not is_said(told, "applicant_name"):
        raise NotTaken("question")
    if told.get("standing") not in STANDINGS or not is_number(applicant):
        raise NotTaken("question")


def _fits(entry: Standing, told: Mapping[str, Any]) -> bool:
    if (entry.fact, _plain(entry.registered)) != (told["fact"], _plain(told["registered"])):
        return False
    asked = plain_number(str(told.get("registered_id_number") or ""))
    if asked and entry.id_number and asked != plain_number(entry.id_number):
        return False
    return told.get("happened_on") in (None, entry.day)


def _may_know(entry: Standing, told: Mapping[str, Any]) -> None:
    """Law: LRC art. 84, the person registered or their representatives, whom they authorise, and once that person has
    died whoever has leave of a court. Raises `NotTaken`."""
    standing, applicant = told["standing"], plain_number(str(told["applicant_id_number"]))
    if standing == "person_registered" and entry.id_number and applicant != plain_number(entry.id_number):
        raise NotTaken("standing")
    if not entry.protected:
        return
    if standing == "no_protected_data" or (standing == "court_leave") is not entry.dead:
        raise NotTaken("restricted")


def _plain(name: str) -> str:
    """Without accents, capitals and spaces too many."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
