"""What the simulator refuses: RDL 6/2023 art. 74, read anew from what is sent and by nothing of the platform's."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
KINDS = ("any_procedure", "some_procedures", "one_procedure")
PROFESSIONS = ("court_agent", "lawyer", "labour_agent")
MOST_YEARS = 5


class NotTaken(Exception):
    """`code` is what the simulator calls it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(told: Mapping[str, Any], today: date) -> None:
    """Raises `NotTaken` for an entry that lacks what the law wants in it."""
    if not _is_somebody(told.get("grantor")):  # art. 74.3.a
        raise NotTaken("grantor")
    attorneys = told.get("attorneys") or []
    if not attorneys or not all(map(_is_attorney, attorneys)):  # art. 74.3.b
        raise NotTaken("attorney")
    if told.get("kind") not in KINDS or (told["kind"] != "any_procedure" and not _said(told, "which")):  # art. 74.4
        raise NotTaken("scope")
    if not re.fullmatch("[0-9a-f]{64}", str(told.get("document_sha256"))):
        raise NotTaken("document")
    try:
        until = date.fromisoformat(str(told.get("valid_until")))
    except ValueError:
        raise NotTaken("validity") from None
    if not today <= until <= _years_later(today):  # art. 74.6, counted from the entry
        raise NotTaken("validity")


def _is_somebody(person: Any) -> bool:
    return (
        isinstance(person, dict)
        and all(_said(person, name) for name in ("name", "address", "phone"))
        and _is_number(str(person.get("id_number") or ""))
    )


def _is_attorney(person: Any) -> bool:
    return (
        _is_somebody(person)
        and person.get("profession") in PROFESSIONS
        and _said(person, "college")
        and any(map(str.isdigit, str(person.get("college_number") or "")))
    )


def _said(told: Mapping[str, Any], name: str) -> bool:
    return isinstance(told.get(name), str) and bool(told[name].strip())


def _is_number(number: str) -> bool:
    """A DNI or NIE whose letter fits, or something with three figures: the document of another country."""
    plain = re.sub(r"[ .\-]", "", number).upper()
    if found := re.fullmatch(r"([XYZ]?)(\d{7,8})([A-Z])", plain):
        figures = int(f"{'XYZ'.index(found[1]) if found[1] else ''}{found[2]}")
        return LETTERS[figures % 23] == found[3]
    return sum(map(str.isdigit, plain)) >= 3


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + MOST_YEARS)
    except ValueError:  # 29 February
        return date(day.year + MOST_YEARS, 3, 1)
