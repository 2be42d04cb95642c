"""The simulator of criminal records in the local stack: central authorities of some states and the central system.

A process of its own, as the connection to the network of the Union is a machine of its own. Nobody in it exists.
"""

from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http


def part(place: Place) -> Part:
    directory = str(place.directory("ecris"))
    port = str(place.ports["ecris"])
    return Part(
        name="ecris",
        command=(
            *(installed("python"), "-m", "deploy.ecris", "--host", LOOPBACK, "--port", port),
            *("--dir", directory),
        ),
        probe=answers_http(f"{place.url('ecris')}/healthz"),
        address=place.url("ecris"),
    )


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_RECORDS_URL": place.url("ecris")}
