"""A receiver as it should be: it checks, keeps and only then answers. The trial is told by it what happens."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from conformance.settings import Hearing
from conformance.signatures import is_genuine


class Heard:
    """Messages, each once, in the order in which they came."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.forged = 0
        self._news = threading.Condition()

    def keep(self, id: str, body: bytes) -> None:
        with self._news:
            self.messages.setdefault(id, json.loads(body))
            self._news.notify_all()

    def of(self, procedure: str) -> list[dict[str, Any]]:
        return [one for one in self.messages.values() if one.get("data", {}).get("procedure") == procedure]

    def waits_for(self, procedure: str, event: str, seconds: float) -> bool:
        """Whether it was told so within that time."""
        with self._news:
            return self._news.wait_for(lambda: event in [one.get("type") for one in self.of(procedure)], seconds)


class Listener:
    def __init__(self, hearing: Hearing) -> None:
        self.heard = heard = Heard()

        class Receiving(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                shown = {name.lower(): value for name, value in self.headers.items()}
                genuine = is_genuine(shown, body, hearing.secret, time.time())
                if genuine:
                    heard.keep(shown["webhook-id"], body)
                else:
                    heard.forged += 1
                self.send_response(204 if genuine else 401)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing: the report says what was found."""

        self._server = ThreadingHTTPServer((hearing.host, hearing.port), Receiving)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
