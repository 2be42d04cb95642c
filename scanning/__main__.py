"""Serves the scanners of this computer to the pages of one installation: `python -m scanning --pages https://...`.

The code that it prints is typed once into the page; each code opens one session. Ctrl-C ends it.
"""

import argparse
import sys

import uvicorn

from scanning.agent import Agent
from scanning.drivers import Drivers
from scanning.escl import NetworkScanners
from scanning.escl_http import Address
from scanning.pairing import Pairing
from scanning.sane import SaneScanners
from scanning.scanner import LONGEST_SILENCE

LOOPBACK = "127.0.0.1"


def show(code: str) -> None:
    """For whoever sits at this computer."""
    sys.stdout.write(f"Código · Code: {code[:4]} {code[4:]}\n")
    sys.stdout.flush()


def main() -> None:
    told = argparse.ArgumentParser(prog="python -m scanning", description=__doc__)
    told.add_argument(
        "--pages", required=True, metavar="ORIGIN", help="scheme, name and port of the installation's pages"
    )
    told.add_argument("--port", type=int, default=17070)
    told.add_argument("--silence", type=float, default=LONGEST_SILENCE, help="seconds after which a scanner hangs")
    told.add_argument(
        "--network-scanner",
        type=Address.told,
        action="append",
        default=[],
        metavar="URL",
        help="a scanner that speaks eSCL (AirScan, Mopria): http://192.0.2.7/eSCL; may be given several times",
    )
    asked = told.parse_args()
    hosts = frozenset({f"{LOOPBACK}:{asked.port}", f"localhost:{asked.port}"})
    scanners = Drivers([SaneScanners(asked.silence), NetworkScanners(asked.network_scanner, asked.silence)])
    agent = Agent(asked.pages.rstrip("/"), hosts, Pairing(show), scanners)
    uvicorn.run(agent.app(), host=LOOPBACK, port=asked.port, log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
