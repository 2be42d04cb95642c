"""The floor of a reading: the same bytes from the same web server, and nothing looked up.

`python -m bench.bare_interface PORT FILE` answers every reading with the file.
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response

from deploy.place import LOOPBACK


def bare_interface(content: bytes) -> FastAPI:
    app = FastAPI()

    @app.get("/api/v1/procedures/{procedure}")
    async def read_status(procedure: str) -> Response:
        return Response(content, media_type="application/json")

    return app


def main() -> None:
    port, file = sys.argv[1:]
    uvicorn.run(
        bare_interface(Path(file).read_bytes()),
        host=LOOPBACK,
        port=int(port),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main()
