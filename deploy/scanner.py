"""An office computer's scanner in the local stack: the scanning agent with the test scanner that SANE brings along
and the network scanner of `deploy/network_scanner`, whose troubles are ordered in its `order.json`.

How the next page ends stands in `test.conf` (sane-test(5)): `read-status-code "SANE_STATUS_JAMMED"` jams it.
"""

import os

from deploy import network_scanner
from deploy.part import Part
from deploy.place import Place, installed
from deploy.probes import answers_http

SCANNER = """\
number_of_devices 1
geometry_max 300.0
resolution_max 1200.0
test-picture "Grid"
read-status-code "Default"
"""


def part(place: Place) -> Part:
    return Part(
        name="scanner",
        command=(
            # It stands on a computer of an office: it has none of the installation's secrets.
            *("/usr/bin/env", "-i", f"PATH={os.defpath}", f"SANE_CONFIG_DIR={place.directory('scanner')}"),
            *(
                installed("python"),
                "-m",
                "scanning",
                "--pages",
                place.url("api"),
                "--port",
                str(place.ports["scanner"]),
                "--network-scanner",
                network_scanner.address(place),
            ),
        ),
        probe=answers_http(f"{place.url('scanner')}/healthz"),
        address=place.url("scanner"),
        before_start=lambda: lay_out(place),
        tier=2,
    )


def lay_out(place: Place) -> None:
    directory = place.directory("scanner")
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "dll.conf").write_text("test\n")
    if not (directory / "test.conf").exists():
        (directory / "test.conf").write_text(SCANNER)


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_SCANNER_URL": place.url("scanner")}
