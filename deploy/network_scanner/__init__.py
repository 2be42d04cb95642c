"""The simulator of a network scanner in the local stack: it speaks eSCL, and has what troubles are ordered from it."""

from deploy import simulators
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    return simulators.part(place, "network-scanner", address=address(place), tier=2)


def address(place: Place) -> str:
    """Under which an agent is told of it."""
    return f"{place.url('network-scanner')}/eSCL"
