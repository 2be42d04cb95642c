"""Serves the scanners of this computer to the pages of one installation: `python -m scanning --pages https://...`.

The code that it prints is typed once into the page; each code opens one session. Ctrl-C ends it.
"""

import argparse
import sys

import uvicorn

from scanning.agent import Agent
from scanning.pairing import Pairing
from scanning.scanner import LONGEST_SILENCE, Scanners

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
    asked = told.parse_args()
    hosts = frozenset({f"{LOOPBACK}:{asked.port}", f"localhost:{asked.port}"})
    agent = Agent(asked.pages.rstrip("/"), hosts, Pairing(show), Scanners(asked.silence))
    uvicorn.run(agent.app(), host=LOOPBACK, port=asked.port, log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
