"""What lies between a regional system and our interface: a proxy that passes everything on but for one fault."""

import http.client
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "content-length", "date", "server"}
LOST_ON_THE_WAY_THERE = {
    "loses_idempotency_key": "idempotency-key",
    "loses_if_none_match": "if-none-match",
    "loses_if_match": "if-match",
    "loses_language": "accept-language",
}
LOST_ON_THE_WAY_BACK = {
    "loses_etag": "etag",
    "loses_location": "location",
    "loses_repr_digest": "repr-digest",
    "loses_replayed": "idempotency-replayed",
}


class Passing(BaseHTTPRequestHandler):
    """`fault`: what it does wrong, empty for nothing; `behind`: the interface; `key`: one that it puts itself."""

    fault = ""
    behind = ""
    key = ""

    def _pass_on(self) -> None:
        to = urlsplit(self.behind)
        body = self.rfile.read(int(self.headers.get("content-length", 0))) or None
        line = http.client.HTTPConnection(to.hostname or "", to.port, timeout=60)
        try:
            line.request(self.command, self.path, body, self._there())
            answer = line.getresponse()
            content = self._content(answer.status, answer.read())
            headers = self._back(answer.status, {name.lower(): value for name, value in answer.getheaders()})
            self.send_response(200 if self.fault == "answers_200" and answer.status == 201 else answer.status)
        finally:
            line.close()
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _there(self) -> dict[str, str]:
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers.pop(LOST_ON_THE_WAY_THERE.get(self.fault, ""), "")
        if self.fault == "makes_keys_up":
            headers["idempotency-key"] = str(uuid.uuid4())
        if self.fault == "puts_its_own_key":
            headers["authorization"] = f"Bearer {self.key}"
        return headers

    def _back(self, status: int, headers: dict[str, str]) -> dict[str, str]:
        headers.pop(LOST_ON_THE_WAY_BACK.get(self.fault, ""), "")
        if self.fault == "has_pages_of_its_own" and status >= 400:
            headers["content-type"] = "text/html"
        return {name: value for name, value in headers.items() if name not in HOP}

    def _content(self, status: int, content: bytes) -> bytes:
        if self.fault == "has_pages_of_its_own" and status >= 400:
            return b"<html><h1>Oops</h1></html>"
        if self.fault == "renames_fields":
            return content.replace(b'"stage"', b'"state"')
        if self.fault == "retypes_fields":
            return content.replace(b'"seq":', b'"seq":"1","was":')
        if self.fault == "loses_numbers":
            return content.replace(b'"external_id":"KIT-', b'"external_id":"kit-')
        if self.fault == "changes_files" and b"%PDF" in content[:8]:
            return content + b"\n"
        if self.fault == "cuts_files" and content[:2] == b"PK":
            return content[: len(content) // 2]
        return content

    do_GET = do_POST = do_DELETE = _pass_on  # noqa: N815 - http.server calls them

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def proxy(behind: str, fault: str = "", key: str = "") -> Iterator[str]:
    """Its address."""
    handler = type("Broken", (Passing,), {"fault": fault, "behind": behind, "key": key})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
