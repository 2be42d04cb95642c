"""The command line of the client, as the team of a regional system types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from deploy.place import PROJECT
from tests.api.people import House, asked


def typed(house: House, *words: str, key: str | None = None) -> subprocess.CompletedProcess[str]:
    settings = {"ESTRADO_URL": house.url, "ESTRADO_KEY": key or house.logins["api_keys"]["atlantia"]["key"]}
    return subprocess.run(
        [sys.executable, "-m", "conformance.cli", *words],
        cwd=PROJECT, env=os.environ | settings, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_procedure_is_asked_for_followed_and_not_told_again_while_nothing_changes(
    house: House, tmp_path: Path
) -> None:
    (tmp_path / "request.json").write_text(json.dumps(asked()))
    again = ("request-procedure", str(tmp_path / "request.json"), "--key", "typed-at-the-desk-1")
    first, second = typed(house, *again), typed(house, *again)
    assert (first.returncode, first.stdout) == (0, second.stdout), first.stderr
    procedure = house.conciliation_once()

    found = typed(house, "read-status-if-changed", procedure)
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert told["content"]["id"] == procedure
    assert typed(house, "read-status-if-changed", procedure, "--etag", told["etag"]).returncode == 3


def test_what_is_refused_says_why_and_ends_with_1(house: House) -> None:
    refused = typed(house, "read-status", f"prc_{'0' * 32}")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "not_found" in refused.stderr
    stranger = typed(house, "read-status", f"prc_{'0' * 32}", key="estrado_nobody")
    assert (stranger.returncode, "api_key_refused" in stranger.stderr) == (1, True)
