"""What the simulator refuses: LRC arts. 44 to 51, read anew from what is sent and by nothing of the platform's."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from deploy.simulators.registers import NotTaken, is_number, is_said

OBLIGED = ("parent", "relative", "health_staff", "present", "public_body")
ORDERS = ("agreed", "one_parent", "earlier_sibling")
PROOFS = ("signed_certificate", "other_document")
SEXES = ("female", "male")
PARTICLES = ("de", "del", "la", "las", "los", "y", "e", "i", "da", "do", "dos")
MOST_NAMES = 2


def check(told: Mapping[str, Any], today: date) -> None:
    """Raises `NotTaken`."""
    declarant = told.get("declarant")
    if (  # arts. 45 and 46
        not isinstance(declarant, dict)
        or not is_said(declarant, "name")
        or not is_number(str(declarant.get("id_number") or ""))
        or declarant.get("obliged_as") not in OBLIGED
    ):
        raise NotTaken("declarant")
    if not 1 <= len(_names(told)) <= MOST_NAMES:  # art. 51.1
        raise NotTaken("name")
    if not is_said(told, "surnames") or told.get("surname_order") not in ORDERS:  # art. 49.2
        raise NotTaken("surnames")
    if told.get("sex") not in SEXES or not is_said(told, "place") or not _was_born(told, today):  # art. 49.1
        raise NotTaken("birth")
    parents = told.get("parents") or []
    if not parents or not all(map(_is_parent, parents)):  # art. 49.1
        raise NotTaken("parents")
    if told.get("medical_proof") not in PROOFS:  # arts. 44.3 and 47.2
        raise NotTaken("proof")
    if told.get("term") != "in_time":  # art. 47.3, a registry file comes first
        raise NotTaken("late")


def _names(told: Mapping[str, Any]) -> list[str]:
    """Two simple names or one compound: particles count for nothing."""
    return [word for word in str(told.get("name") or "").split() if word.lower() not in PARTICLES]


def _was_born(told: Mapping[str, Any], today: date) -> bool:
    try:
        time.fromisoformat(str(told.get("born_at")))
        return date.fromisoformat(str(told.get("born_on"))) <= today
    except ValueError:
        return False


def _is_parent(person: Any) -> bool:
    if not isinstance(person, dict) or not is_said(person, "name"):
        return False
    number = person.get("id_number")
    return not number or is_number(str(number))
