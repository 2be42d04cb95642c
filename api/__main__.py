"""Root of the API process: settings, then the application, then uvicorn. SIGTERM ends it in order."""

import logging

import uvicorn

from api.app import create_app
from settings import Settings

TO_FINISH = 8
"""Seconds for requests under way when the process is told to stop; streams are ended at once."""


def main() -> None:
    """Entry point of `python -m api`."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Addresses of people and full paths are nobody's business: `api.access` writes the route's pattern instead.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    settings = Settings()
    uvicorn.run(
        create_app(settings),
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=TO_FINISH,
    )


if __name__ == "__main__":
    main()
