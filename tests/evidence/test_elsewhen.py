"""The verdict depends on the file and on whom one trusts: on no clock, no network, and no other program."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.elsewhen import ASKED_SOMEBODY, YEARS, exit_code_in
from evidence.parts import DocumentKind
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.archived import archived
from tests.evidence.held import hold
from tests.evidence.sample import Sample


@pytest.fixture(scope="module")
def trust(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held.write_trust(tmp_path_factory.mktemp("trust"))


@pytest.mark.parametrize("year", YEARS)
def test_a_bundle_is_passed_whatever_the_clock_says_and_without_a_network(
    year: int, held: Sample, trust: Path, tmp_path: Path
) -> None:
    (tmp_path / "bundle.zip").write_bytes(held.bundle)
    assert exit_code_in(year, tmp_path / "bundle.zip", trust) == 0


@pytest.mark.parametrize("year", YEARS)
def test_minutes_of_level_b_lta_are_judged_alike_in_their_bundle_and_alone(
    year: int, held: Sample, tmp_path: Path
) -> None:
    parts = hold(archived(held))
    (tmp_path / "bundle.zip").write_bytes(insider(held, parts))
    trust = held.write_trust(tmp_path / "trust")
    minutes = next(one.content for one in parts.documents if one.kind is DocumentKind.MINUTES)
    (tmp_path / "minutes.pdf").write_bytes(minutes)
    assert exit_code_in(year, tmp_path / "bundle.zip", trust) == 0
    today = verify_bytes(minutes, held.trust).verdict
    assert exit_code_in(year, tmp_path / "minutes.pdf", trust) == today.exit_code != 1


def after(year: int, program: str) -> subprocess.CompletedProcess[str]:
    """What a process does that has no network, in that year."""
    begun = f"from bench.elsewhen import reach_nobody, stand_in; stand_in({year}); reach_nobody()\n"
    return subprocess.run([sys.executable, "-c", begun + program], check=False, capture_output=True, text=True)


def test_the_clocks_of_the_process_stand_in_that_year() -> None:
    said = after(
        2056,
        "import time; from datetime import UTC, date, datetime\n"
        "print(time.gmtime(time.time()).tm_year, datetime.now(UTC).year, datetime.now().year, date.today().year)\n"
        "print(isinstance(datetime(2020, 1, 1), datetime), isinstance(datetime.fromisoformat('2020-01-01'), datetime))",
    )
    assert said.stdout == "2056 2056 2056 2056\nTrue True\n", said.stderr


@pytest.mark.parametrize(
    "reaching",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_whatever_reaches_out_ends_the_process(reaching: str) -> None:
    assert after(2020, reaching).returncode == ASKED_SOMEBODY
