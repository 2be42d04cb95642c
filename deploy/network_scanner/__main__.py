"""Starts the simulator of a network scanner: `python -m deploy.network_scanner --host ... --port ... --dir ...`."""

import argparse
from pathlib import Path

import uvicorn

from deploy.network_scanner.protocol import application

PATIENCE = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True, help="where orders of `troubles` stand")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a job nobody asks ends")
    arguments = parser.parse_args()
    uvicorn.run(
        application(arguments.dir, arguments.patience),
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
