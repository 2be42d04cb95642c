"""The simulator of criminal records in the local stack: central authorities of some states and the central system.

A process of its own, as the connection to the network of the Union is a machine of its own. Nobody in it exists.
"""

from deploy import simulators
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    return simulators.part(place, "ecris")


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_RECORDS_URL": place.url("ecris")}
