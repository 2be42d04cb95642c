"""A receiver of webhooks as a regional system has one, right or broken in one way on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from conformance.settings import Receiver
from domain.codes.webhook_signatures import secret_text, signed_headers

SECRET = b"s" * 32
PATIENCE = 1.0
KNOWN = ("session.opened",)


class Inbox:
    """A line a message that was dealt with."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lock = threading.Lock()
        self.last = 0
        file.touch()

    def has(self, id: str) -> bool:
        return id in self.file.read_text().split()

    def deal_with(self, id: str) -> None:
        with self.file.open("a") as file:
            file.write(f"{id}\n")


class Receiving(BaseHTTPRequestHandler):
    """`fault`: the way in which it is broken, empty for none; `inbox`: what it keeps."""

    fault = ""
    inbox: Inbox

    def do_POST(self) -> None:
        body = self._body()
        id = self.headers.get("webhook-id", "")
        if self.fault == "redirects":
            return self._answer(307)
        if self.fault == "minds_capitals" and "webhook-id" not in self.headers.keys():  # noqa: SIM118
            return self._answer(400)
        if self.fault == "stores_what_it_refuses":
            self._keep_once(id)
        if not self._genuine(body):
            return self._answer(500 if self.fault == "refuses_as_broken" else 401)
        try:
            said = json.loads(body)
        except ValueError:
            return self._answer(400)
        return self._take(id, said)

    def _body(self) -> bytes:
        length = int(self.headers["Content-Length"])
        if self.fault == "reads_one_packet":
            return self.rfile.read1(length)
        return self.rfile.read(length)

    def _genuine(self, body: bytes) -> bool:
        id, sent, shown = (self.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
        if self.fault == "ignores_signature":
            return True
        if self.fault == "minds_presence_alone":
            return bool(shown)
        if not sent.isdigit() or (self.fault != "takes_old" and abs(time.time() - int(sent)) > 300):
            return False
        if self.fault == "signs_other_json":
            body = json.dumps(json.loads(body)).encode()
        right = signed_headers([SECRET], id, int(sent), body)["webhook-signature"]
        signatures = shown.split()
        return right in (signatures[:1] if self.fault == "reads_first_signature" else signatures)

    def _take(self, id: str, said: dict[str, object]) -> None:
        data = said["data"]
        assert isinstance(data, dict)
        if self.fault == "too_slow":
            time.sleep(PATIENCE + 0.5)
        if self.fault == "refuses_news" and said["type"] not in KNOWN:
            return self._answer(400)
        if self.fault == "minds_fields" and len(data) != 3:
            return self._answer(422)
        earlier, self.inbox.last = data["seq"] < self.inbox.last, max(self.inbox.last, data["seq"])
        if earlier and self.fault == "refuses_earlier":
            return self._answer(409)
        if self.fault == "answers_first":
            self._answer(204)
            self.wfile.flush()
            time.sleep(0.3)
        if not (earlier and self.fault == "drops_earlier"):
            self._keep_once(id)
        return None if self.fault == "answers_first" else self._answer(204)

    def _keep_once(self, id: str) -> None:
        if self.fault == "looks_then_stores":
            if not self.inbox.has(id):
                time.sleep(0.2)
                self.inbox.deal_with(id)
            return
        with self.inbox.lock:
            if self.fault == "counts_doubles" or not self.inbox.has(id):
                self.inbox.deal_with(id)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def receiver(folder: Path, fault: str = "") -> Iterator[Receiver]:
    """What the kit is told of a receiver that runs."""
    inbox = Inbox(folder / "inbox")
    handler = type("Broken", (Receiving,), {"fault": fault, "inbox": inbox})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}/estrado"
    try:
        yield Receiver(url, secret_text(SECRET), ["cat", str(inbox.file)], seconds=PATIENCE)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
