"""What the simulator refuses: RDL 6/2023 art. 74, read anew from what is sent and by nothing of the platform's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from deploy.simulators.registers import NotTaken, is_number, is_said, plain_number

KINDS = ("any_procedure", "some_procedures", "one_procedure")
PROFESSIONS = ("court_agent", "lawyer", "labour_agent")
ENDINGS = ("revocation", "renunciation")
MOST_YEARS = 5


def check(told: Mapping[str, Any], today: date) -> None:
    """Raises `NotTaken`."""
    if not _is_somebody(told.get("grantor")):  # art. 74.3.a
        raise NotTaken("grantor")
    attorneys = told.get("attorneys") or []
    if not attorneys or not all(map(_is_attorney, attorneys)):  # art. 74.3.b
        raise NotTaken("attorney")
    if told.get("kind") not in KINDS or (told["kind"] != "any_procedure" and not is_said(told, "which")):  # art. 74.4
        raise NotTaken("scope")
    try:
        until = date.fromisoformat(str(told.get("valid_until")))
    except ValueError:
        raise NotTaken("validity") from None
    if not today <= until <= _years_later(today):  # art. 74.6, counted from the entry
        raise NotTaken("validity")


def check_ending(told: Mapping[str, Any], power: Mapping[str, Any] | None, state: str, acting: Sequence[str]) -> None:
    """Raises `NotTaken`. `power`: what stands under the number that is to end, with its `state` and who may act."""
    who = plain_number(str(told.get("declarant_id_number") or ""))
    if told.get("kind") not in ENDINGS or not is_said(told, "declarant_name") or not is_number(who):
        raise NotTaken("ending")
    if power is None:
        raise NotTaken("power_unknown")
    revokes = told["kind"] == "revocation"
    may = [power["grantor"]] if revokes else power["attorneys"]  # arts. 74.6 and 74.7: each their own side of it
    if who not in [plain_number(str(one["id_number"])) for one in may]:
        raise NotTaken("power_of_another")
    if state in ("revoked", "renounced") or (not revokes and who not in acting):
        raise NotTaken("power_ended")
    if state == "lapsed":  # art. 74.6, it has ended by itself
        raise NotTaken("power_lapsed")


def _is_somebody(person: Any) -> bool:
    return (
        isinstance(person, dict)
        and all(is_said(person, name) for name in ("name", "address", "phone"))
        and is_number(str(person.get("id_number") or ""))
    )


def _is_attorney(person: Any) -> bool:
    return (
        _is_somebody(person)
        and person.get("profession") in PROFESSIONS
        and is_said(person, "college")
        and any(map(str.isdigit, str(person.get("college_number") or "")))
    )


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + MOST_YEARS)
    except ValueError:  # 29 February
        return date(day.year + MOST_YEARS, 3, 1)
