"""The simulator of LexNET in the local stack, with a Central Authority behind it: a process with rules of its own.

What it imitates and what it assumes is in `docs/lexnet.md`.
"""

from deploy import simulators
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    return simulators.part(place, "lexnet", prepare=lambda: simulators.token(place, "lexnet"))


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_LEXNET_URL": place.url("lexnet"), "ESTRADO_LEXNET_TOKEN": simulators.token(place, "lexnet")}
