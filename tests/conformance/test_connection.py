"""What is not answered, or not finished, is asked again unchanged; what is refused is told at once."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conformance.connection import Connection, NoAnswer, Refused

DATE = "Wed, 21 Oct 2099 07:28:00 GMT"


class Interface(BaseHTTPRequestHandler):
    answers: list[tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.asked.append((self.headers["Idempotency-Key"], self.rfile.read(int(self.headers["Content-Length"]))))
        status, headers, content = self.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Interface.answers, Interface.asked = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Interface)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def connection(server: ThreadingHTTPServer, tries: int = 9) -> Connection:
    return Connection(f"http://127.0.0.1:{server.server_address[1]}", {}, tries=tries)


def test_what_is_not_finished_is_asked_again_with_the_same_key_and_words(server: ThreadingHTTPServer) -> None:
    Interface.answers = [
        (503, {"Retry-After": "0"}, b""), (429, {"Retry-After": DATE}, b""), (202, {}, b"{}"), (201, {}, b'{"id": 1}'),
    ]  # fmt: skip

    answer = connection(server).until_done("POST", "/x", {"a": 1}, {"Idempotency-Key": "one"})

    assert (answer.status, answer.json()) == (201, {"id": 1})
    assert Interface.asked == [("one", b'{"a": 1}')] * 4


def test_a_refusal_is_told_with_its_code_and_not_repeated(server: ThreadingHTTPServer) -> None:
    Interface.answers = [(409, {}, b'{"code": "number_used_otherwise", "params": {"number": "7"}}')]

    with pytest.raises(Refused) as refused:
        connection(server).until_done("POST", "/x", {}, {"Idempotency-Key": "one"})

    assert (refused.value.status, refused.value.code, refused.value.params["number"]) == (
        409, "number_used_otherwise", "7",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]"])
def test_a_refusal_that_is_no_problem_has_no_code(server: ThreadingHTTPServer, content: bytes) -> None:
    Interface.answers = [(404, {}, content)]

    with pytest.raises(Refused) as refused:
        connection(server).until_done("POST", "/x", {}, {"Idempotency-Key": "one"})

    assert refused.value.code == ""


def test_nobody_is_asked_for_ever(server: ThreadingHTTPServer) -> None:
    Interface.answers = [(503, {}, b"")] * 3

    with pytest.raises(NoAnswer):
        connection(server, tries=3).until_done("POST", "/x", {}, {"Idempotency-Key": "one"})


def test_a_redirection_leads_nowhere(server: ThreadingHTTPServer) -> None:
    Interface.answers = [(307, {"Location": "/elsewhere"}, b"")]

    assert connection(server).ask("POST", "/x", {}, {"Idempotency-Key": "one"}).status == 307
    assert len(Interface.asked) == 1
