"""Every part gets a port of its own: last time's, the usual one, or a free one."""

import socket
from pathlib import Path

from deploy.ports import USUAL, allot, is_free


def test_a_taken_port_is_replaced_and_the_others_are_kept(tmp_path: Path) -> None:
    kept = tmp_path / "ports.json"
    first = allot(kept, "free")
    assert sorted(first) == sorted(USUAL)
    assert len(set(first.values())) == len(first)

    with socket.create_server(("127.0.0.1", first["api"])):
        second = allot(kept, "free")

    assert second["api"] != first["api"]
    assert {**second, "api": first["api"]} == first


def test_the_usual_port_is_given_when_it_is_free(tmp_path: Path) -> None:
    free_now = {name for name, port in USUAL.items() if is_free(port)}
    given = allot(tmp_path / "ports.json", "usual")
    taken_since = {name for name in free_now if given[name] != USUAL[name] and is_free(USUAL[name])}
    assert not taken_since
    assert all(given[name] != USUAL[name] for name in USUAL if not is_free(USUAL[name]))
