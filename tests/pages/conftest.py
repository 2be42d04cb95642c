"""A browser, and a small server of painted pages with the real styles and scripts."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.pages.static import theme_css
from territories import logo_svg
from tests.pages.shown import administrations

PROJECT = Path(__file__).resolve().parents[2]
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
}
FOLDERS = {"js": PROJECT / "web/js", "css": PROJECT / "web/css", "vendor": PROJECT / "node_modules"}


class PaintedPages:
    """`put` a page and get the address under which a browser finds it."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, name: str, html: str) -> str:
        self.pages[f"/{name}"] = html
        return f"http://127.0.0.1:{self.server.server_address[1]}/{name}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        found = self._found

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                content, kind = found(self.path.split("?")[0])
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(content)))
                # Styles and scripts are asked for once, and not by each of some hundred pages.
                self.send_header("Cache-Control", "max-age=3600" if self.path.startswith("/static/") else "no-store")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _found(self, path: str) -> tuple[bytes, str]:
        if path in self.pages:
            return self.pages[path].encode(), "text/html; charset=utf-8"
        parts = path.strip("/").split("/", 2)
        if parts[:2] == ["static", "theme"]:
            administration = administrations()[parts[2].split("/")[0].removesuffix(".css")]  # type: ignore[index]
            if path.endswith(".css"):
                return theme_css(administration.theme).encode(), "text/css"
            return logo_svg(administration).encode(), "image/svg+xml"
        if parts[0] == "static" and parts[1] in FOLDERS:
            file = FOLDERS[parts[1]] / parts[2]
            if file.is_file():
                return file.read_bytes(), KINDS.get(file.suffix, "application/octet-stream")
        return b"", ""


@pytest.fixture(scope="module")
def painted() -> Iterator[PaintedPages]:
    pages = PaintedPages()
    yield pages
    pages.server.shutdown()
    pages.server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
