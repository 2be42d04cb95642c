"""Starts the simulator of Cl@ve over a directory that was laid out (`deploy/clave/place.py`)."""

import argparse
import logging
from pathlib import Path

import uvicorn

from deploy.clave.issuing import Provider
from deploy.clave.pages import application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Answers hold names and numbers, and the library would write them to the log.
    logging.getLogger("saml2").setLevel(logging.CRITICAL + 1)
    provider = Provider(arguments.dir, arguments.url)
    uvicorn.run(
        application(arguments.dir, provider),
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
