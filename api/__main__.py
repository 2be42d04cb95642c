"""Root of the API process: settings, then the application, then uvicorn. SIGTERM ends it in order.

`python -m api openapi` prints the specification instead (kept in docs/openapi.json).
"""

import json
import sys
from functools import partial
from typing import Any

import uvicorn

from adapters.wiring import telemetry
from api.app import create_app, open_ports
from api.http.client_certificates import behind_proxies
from settings import ApiSettings

TO_FINISH = 8
"""Seconds for requests under way when the process is told to stop; streams are ended at once."""


def main() -> None:
    """Entry point of `python -m api`."""
    if sys.argv[1:] == ["openapi"]:
        print(json.dumps(described(), indent=2, ensure_ascii=False))  # noqa: T201
        return
    settings = ApiSettings()
    with telemetry(settings, "api", settings.api_metrics_port) as told:
        uvicorn.run(
            behind_proxies(create_app(settings, partial(open_ports, told=told)), settings.forwarded_allow_ips),
            host=settings.api_host,
            port=settings.api_port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=TO_FINISH,
            proxy_headers=False,
        )


def described() -> dict[str, Any]:
    """The specification of the interface. It does not depend on the installation."""
    nowhere = ApiSettings.model_construct(public_url="https://justicia.example", rooms_port=443)
    return create_app(nowhere).openapi()


if __name__ == "__main__":
    main()
