"""The simulator of the register of powers of attorney (REAJ) in the local stack: a process with rules of its own.

The interface of the real one is not published, and this is not it. What it imitates and what it assumes is in
`docs/registers.md`.
"""

from deploy import simulators
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    return simulators.part(place, "reaj", prepare=lambda: simulators.token(place, "reaj"))


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_POWERS_URL": place.url("reaj"), "ESTRADO_POWERS_TOKEN": simulators.token(place, "reaj")}
