"""Data go nowhere that nobody has named: a mistyped or foreign host stops a process at its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.residency import outside

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


@pytest.mark.parametrize(("named", "ends"), [("", True), (".example", False)])
def test_a_process_does_not_start_with_a_host_that_nobody_has_named(named: str, ends: bool, tmp_path: Path) -> None:
    told = {
        "VAR_DIR": str(tmp_path),
        "TEMPORAL_ADDRESS": "engine.justicia.example:7233",
        "CODEC_KEY_FILE": str(tmp_path / "codec.key"),
        "DATABASE_URL": "postgresql://estrado:secret@localhost/estrado",
        "RESIDENT_HOSTS": named,
    }
    env = {**os.environ, **{f"ESTRADO_{name}": value for name, value in told.items()}}
    done = subprocess.run(
        [sys.executable, "-c", "from settings import EngineSettings; EngineSettings()"],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert ("resident_hosts does not name engine.justicia.example" in done.stderr) == (done.returncode != 0) == ends
    assert "secret" not in done.stderr
