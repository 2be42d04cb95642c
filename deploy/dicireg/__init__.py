"""The simulator of the civil registry (DICIREG) in the local stack: births that are declared, by rules of its own.

The interface of the real one is not published, and this is not it. What it imitates and what it assumes is in
`docs/registers.md`.
"""

from deploy import simulators
from deploy.dicireg.searching import OLD, keep_old
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    def prepare() -> None:
        simulators.token(place, "dicireg")
        for entry in OLD:
            keep_old(place.directory("dicireg"), entry)

    return simulators.part(place, "dicireg", prepare=prepare)


def settings(place: Place) -> dict[str, str]:
    where, known_by = place.url("dicireg"), simulators.token(place, "dicireg")
    return {"ESTRADO_CIVIL_REGISTRY_URL": where, "ESTRADO_CIVIL_REGISTRY_TOKEN": known_by}
