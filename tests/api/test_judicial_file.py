"""The judicial file is taken away by whoever may take the evidence, is noted, and never changes."""

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory.store import MemoryVault
from domain.types.vocabulary import Stage
from tests.api.people import CLERK, House
from tests.api.stages import at_stage


@pytest.fixture(scope="module")
def closed(house: House) -> str:
    """One that was held to its end; nothing here changes it."""
    procedure, *_ = at_stage(house, Stage.CLOSED)
    return procedure


def test_the_clerk_takes_the_file_of_a_closed_act_and_it_is_the_same_each_time(house: House, closed: str) -> None:
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{closed}/file.zip"
    first, second = clerk.get(address), clerk.get(address)

    assert (first.status_code, first.headers["content-type"]) == (200, "application/zip"), first.text
    assert first.content == second.content and "repr-digest" in first.headers
    with zipfile.ZipFile(io.BytesIO(first.content)) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert {"file.xml", "index.xml", "index.p7s", "documents/0000.json", "documents/0001.pdf"} <= set(names)
    assert f'href="/procedures/{closed}/file.zip"' in clerk.get(f"/procedures/{closed}/evidence").text


def test_before_the_record_is_compiled_there_is_no_file(house: House) -> None:
    procedure, *_ = at_stage(house, Stage.IN_SESSION)
    assert house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/file.zip").status_code == 404


@pytest.mark.parametrize("altered", [False, True])
def test_openssl_alone_judges_the_seal_of_the_index(house: House, closed: str, tmp_path: Path, altered: bool) -> None:
    """As docs/api.md tells a stranger to."""
    clerk = house.staff(CLERK)
    for name in ("file", "trust"):
        answer = clerk.get(f"/api/v1/procedures/{closed}/{name}.zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
            opened.extractall(tmp_path)
    index = tmp_path / "index.xml"
    if altered:
        index.write_bytes(index.read_bytes().replace(b"0001<", b"0002<", 1))
    judged = subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "index.p7s", "-content", "index.xml",
         "-CAfile", "ca.pem", "-purpose", "any", "-out", "content"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (judged.returncode == 0) is not altered, judged.stderr
    assert ("Verification successful" in judged.stderr) is not altered


def test_the_page_leads_to_a_file_only_where_there_is_one(house: House, closed: str) -> None:
    """An earlier version compiled records without it; and while the store is away there is none to be had."""
    page, link = f"/procedures/{closed}/evidence", f'href="/procedures/{closed}/file.zip"'
    ports = house.app.state.ports
    house.app.state.ports = replace(ports, vault=MemoryVault())
    try:
        without = house.staff(CLERK).get(page)
    finally:
        house.app.state.ports = ports
    assert without.status_code == 200
    assert link not in without.text and 'data-test="download-bundle"' in without.text
    assert link in house.staff(CLERK).get(page).text
