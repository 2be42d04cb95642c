"""The simulator of a network scanner in the local stack: it speaks eSCL, and has what troubles are ordered from it."""

from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http


def part(place: Place) -> Part:
    return Part(
        name="network-scanner",
        command=(
            *(installed("python"), "-m", "deploy.network_scanner", "--host", LOOPBACK),
            *("--port", str(place.ports["network-scanner"]), "--dir", str(place.directory("network-scanner"))),
        ),
        probe=answers_http(f"{place.url('network-scanner')}/healthz"),
        address=address(place),
        before_start=lambda: place.directory("network-scanner").mkdir(parents=True, exist_ok=True),
        tier=2,
    )


def address(place: Place) -> str:
    """Under which an agent is told of it."""
    return f"{place.url('network-scanner')}/eSCL"
