"""A proxy that ends TLS before the api: it asks for a certificate and tells it in Client-Cert (RFC 9440)."""

import base64
import http.client
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(BaseHTTPRequestHandler):
    upstream: int

    def _pass_on(self) -> None:
        assert isinstance(self.connection, ssl.SSLSocket)
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        kept = {name: value for name, value in self.headers.items() if name.lower() != "client-cert"}
        if shown := self.connection.getpeercert(binary_form=True):
            kept["Client-Cert"] = f":{base64.b64encode(shown).decode()}:"
        there = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)
        there.request(self.command, self.path, body, kept)
        answer = there.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        there.close()

    do_GET = do_POST = _pass_on  # noqa: N815  (names of the standard library)

    def log_message(self, format: str, *told: object) -> None:
        """Nothing is told of tests."""


@contextmanager
def tls_proxy(upstream: int, certificate: Path, key: Path, known: Sequence[Path]) -> Iterator[str]:
    """Its address. `known`: certificates that somebody may show; nobody has to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.verify_mode = ssl.CERT_OPTIONAL
    for one in known:
        context.load_verify_locations(one)
    handler = type("Handler", (_Handler,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
