"""Data go nowhere that nobody has named, and nowhere in clear: either stops a process at its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.residency import in_clear, insists_on_tls, outside

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8333", "postgresql://u:p@localhost:5432/d", "[::1]:7233", "127.0.0.1", "", "https://[::1]/x"],
)
def test_this_machine_is_always_among_them(address: str) -> None:
    assert outside({"s3_endpoint": address}, ()) == set()


@pytest.mark.parametrize(
    ("address", "resident", "found"),
    [
        ("https://s3.eu-south-2.example:443/x", (), {"s3.eu-south-2.example"}),
        ("https://s3.eu-south-2.example:443/x", ("s3.eu-south-2.example",), set()),
        ("postgresql://u:p@DB.justicia.example/d", (".justicia.example",), set()),
        ("engine.justicia.example:7233", ("justicia.example",), {"engine.justicia.example"}),
        ("https://badjusticia.example", (".justicia.example",), {"badjusticia.example"}),
        ("10.0.0.7:25", ("10.0.0.7",), set()),
        ("https://justicia.example@elsewhere.example/", ("justicia.example",), {"elsewhere.example"}),
    ],
)
def test_any_other_host_has_to_be_named(address: str, resident: tuple[str, ...], found: set[str]) -> None:
    assert outside({"s3_endpoint": address}, resident) == found


@pytest.mark.parametrize(
    ("name", "address", "readable"),
    [
        ("s3_endpoint", "http://127.0.0.1:8333", False),
        ("s3_endpoint", "http://s3.example:8333", True),
        ("s3_endpoint", "https://s3.example", False),
        ("otlp_endpoint", "http://traces.example:4318", True),
        ("records_url", "http://registers.example", True),
        ("lexnet_url", "http://lexnet.example", True),
        ("powers_url", "http://powers.example", True),
        ("temporal_address", "engine.example:7233", True),
        ("database_url", "postgresql://u:p@localhost/d", False),
        ("database_url", "postgresql://u:p@db.example/d", True),
        ("database_url", "postgresql://u:p@db.example/d?sslmode=prefer", True),
        ("database_url", "postgresql://u:p@db.example/d?sslmode=require", True),  # whoever answers may be anybody
        ("database_url", "postgresql://u:p@db.example/d?sslmode=verify-full", False),
        ("tsa_url", "http://stamps.example", False),
        ("lexnet_url", "", False),
    ],
)
def test_nothing_goes_to_another_machine_in_clear(name: str, address: str, readable: bool) -> None:
    assert bool(in_clear({name: address}, False, ())) == readable
    assert in_clear({name: address}, False, (".example",)) == set()


def test_an_engine_by_tls_and_a_relay_elsewhere() -> None:
    assert in_clear({"temporal_address": "engine.example:7233"}, True, ()) == set()
    assert [insists_on_tls(host, ("inside.example",)) for host in ("127.0.0.1", "localhost", "inside.example")] == [
        False
    ] * 3
    assert insists_on_tls("relay.example", ("inside.example",))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"RESIDENT_HOSTS": ""}, "resident_hosts does not name engine.justicia.example"),
        ({}, ""),
        ({"TEMPORAL_TLS": "false"}, "engine.justicia.example: reach it by TLS, or name it in clear_hosts"),
        ({"TEMPORAL_TLS": "false", "CLEAR_HOSTS": ".justicia.example"}, ""),
    ],
)
def test_a_process_does_not_start_with_a_host_that_nobody_has_named_or_in_clear(
    changes: dict[str, str], said: str, tmp_path: Path
) -> None:
    told = {
        "VAR_DIR": str(tmp_path),
        "TEMPORAL_ADDRESS": "engine.justicia.example:7233",
        "TEMPORAL_TLS": "true",
        "CODEC_KEY_FILE": str(tmp_path / "codec.key"),
        "DATABASE_URL": "postgresql://estrado:secret@localhost/estrado",
        "RESIDENT_HOSTS": ".example",
    } | changes
    env = {**os.environ, **{f"ESTRADO_{name}": value for name, value in told.items()}}
    done = subprocess.run(
        [sys.executable, "-c", "from settings import EngineSettings; EngineSettings()"],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert (done.returncode != 0) == bool(said) and said in done.stderr
    assert "secret" not in done.stderr
