"""Whoever sends a body too slowly is answered, and holds no connection for longer."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.api.people import House


def test_a_body_that_does_not_come_is_not_waited_for(house: House) -> None:
    address = urlsplit(house.url)
    assert address.hostname and address.port
    with socket.create_connection((address.hostname, address.port), timeout=30) as line:
        began = time.monotonic()
        line.sendall(
            b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Idempotency-Key: slow-0001\r\nContent-Length: 100\r\n\r\n{"
        )
        answer = line.recv(65536)
        assert answer.startswith(b"HTTP/1.1 408"), answer[:200]
        assert 9 < time.monotonic() - began < 20
    assert house.client().get("/api/v1/health").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/procedures/{}/uploads", "/procedures/{}/uploads"])
def test_no_byte_of_a_stranger_s_files_is_waited_for(house: House, path: str) -> None:
    address = urlsplit(house.url)
    assert address.hostname and address.port
    procedure = house.conciliation_once()
    with socket.create_connection((address.hostname, address.port), timeout=8) as line:
        line.sendall(
            f"POST {path.format(procedure)} HTTP/1.1\r\nHost: {address.netloc}\r\nIdempotency-Key: stranger-0001\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 60000000\r\n\r\n".encode()
        )
        answer = line.recv(65536)  # although nothing of it was sent
    assert answer.startswith(b"HTTP/1.1 401"), answer[:300]
