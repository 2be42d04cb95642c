"""Starts the simulator of registers of criminal records over a directory of its own."""

import argparse
import logging
from pathlib import Path

import uvicorn

from deploy.ecris.authorities import Authorities
from deploy.ecris.server import application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long an authority takes to answer")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    uvicorn.run(
        application(Authorities(arguments.dir, arguments.seconds)),
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
