"""Who plays a recording, and how: by segments and ranges, by items of the agenda, and never unnoticed."""

import asyncio
import io
import time
from html import escape
from typing import Any

import av
import httpx
import pytest

from adapters.postgres import key_custody
from bench.installation import settings_of
from deploy.stack import Stack
from domain.types.vocabulary import Stage
from evidence.findings import Result
from evidence.verifier import verify_bytes
from tests.api.people import AUDITOR, CLERK, OFFICE, House, fresh
from tests.api.stages import at_stage

PLAYING = ("/tracks", "/manifest.json", "/chapters.vtt", "/segments/0.webm")


@pytest.fixture(scope="module")
def closed(house: House) -> str:
    return at_stage(house, Stage.CLOSED)[0]


def test_the_clerk_plays_what_the_journal_has_fixed(house: House, closed: str) -> None:
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{closed}/recording"
    tracks = clerk.get(f"{address}/tracks").json()
    manifest = clerk.get(f"{address}/manifest.json")
    lines = manifest.json()["lines"]
    assert [track["participant"] for track in tracks["tracks"]] == ["p1", "p2"]
    assert {piece["sha256"] for track in tracks["tracks"] for piece in track["pieces"]} == {x["sha256"] for x in lines}
    assert tracks["chapters"] and tracks["lasts"] > 0
    for line in lines:
        whole = clerk.get(f"{address}/segments/{line['n']}.webm")
        part = clerk.get(f"{address}/segments/{line['n']}.webm", headers={"Range": "bytes=4-7"})
        assert (whole.status_code, whole.headers["content-type"]) == (200, "video/webm")
        assert (part.status_code, part.content) == (206, whole.content[4:8])
    assert clerk.get(f"{address}/segments/{len(lines)}.webm").status_code == 404
    assert clerk.get(f"{address}/chapters.vtt").text.startswith("WEBVTT\n")
    page = clerk.get(f"/procedures/{closed}/recording")
    assert page.status_code == 200 and 'data-test="player"' in page.text


def test_nobody_plays_it_who_does_not_hold_or_audit_the_act_and_every_look_is_noted(house: House, closed: str) -> None:
    address = f"/api/v1/procedures/{closed}"
    for path in PLAYING:
        assert house.staff(OFFICE).get(f"{address}/recording{path}").json()["code"] == "not_permitted"
    assert house.client().get(f"{address}/recording/tracks").status_code == 401
    auditor = house.another(AUDITOR)
    for path in PLAYING:
        assert auditor.get(f"{address}/recording{path}").json()["code"] == "reason_needed", path
    why = "Queja 20/2026: se discute lo que dijo la testigo."
    auditor.post(f"{address}/reasons", json={"why": why}, headers=fresh())
    assert all(auditor.get(f"{address}/recording{path}").status_code == 200 for path in PLAYING)
    looks = auditor.get(f"{address}/accesses").json()["items"]
    assert len([look for look in looks if look["what"].startswith("recording:") and look["why"] == why]) >= len(PLAYING)


def test_one_video_of_everybody_is_asked_for_made_and_played_by_ranges(
    house: House, closed: str, prepared: Stack
) -> None:
    clerk, address = house.another(CLERK), f"/api/v1/procedures/{closed}/recording/video"
    assert clerk.get(address).json() | {"of": 0} == {"state": "not_asked", "made": 0, "of": 0, "size": 0}
    assert clerk.get(f"{address}.webm").status_code == 404
    assert house.staff(OFFICE).post(address, headers=fresh()).json()["code"] == "not_permitted"
    for _ in range(2):
        assert clerk.post(address, headers=fresh()).status_code == 202
    prepared.kill("worker")  # what it had in hand is given to the next one
    view = made(clerk, address)
    whole = clerk.get(f"{address}.webm")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/webm")
    assert len(whole.content) == view["size"] == int(whole.headers["content-length"])
    part = clerk.get(f"{address}.webm", headers={"Range": "bytes=100-4999"})
    assert (part.status_code, part.content) == (206, whole.content[100:5000])
    assert clerk.get(f"{address}.webm", headers={"Range": f"bytes={view['size']}-"}).status_code == 416
    with av.open(io.BytesIO(whole.content), "r") as file:
        assert file.duration == round(clerk.get(f"{address[:-6]}/tracks").json()["lasts"] * 1e6)
        assert next(file.decode(video=0)).width > 900, "not two people side by side"
    auditor = house.another(AUDITOR)
    auditor.post(f"/api/v1/procedures/{closed}/reasons", json={"why": "Queja 21/2026."}, headers=fresh())
    looks = auditor.get(f"/api/v1/procedures/{closed}/accesses").json()["items"]
    assert len([look for look in looks if look["what"].startswith("recording-video:")]) == 3
    assert clerk.post(address, headers=fresh()).json()["state"] == "made"


def made(client: httpx.Client, address: str) -> dict[str, Any]:
    for _ in range(120):
        view: dict[str, Any] = client.get(address).json()
        if view["state"] not in ("under_way", "not_asked"):
            break
        time.sleep(0.5)
    assert view["state"] == "made", view
    return view


def test_an_act_without_a_recording_has_none_to_play(house: House) -> None:
    procedure = house.conciliation_once()
    address = f"/api/v1/procedures/{procedure}/recording"
    assert house.staff(CLERK).get(f"{address}/tracks").status_code == 404
    assert house.staff(CLERK).post(f"{address}/video", headers=fresh()).status_code == 404


def test_who_comes_to_an_erased_recording_is_told_who_erased_it_when_and_why(house: House, prepared: Stack) -> None:
    closed, by, why = at_stage(house, Stage.CLOSED)[0], "Archivo Judicial <Atlantia>", "Acuerdo 12/2026 de la Junta"
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{closed}/recording"
    assert clerk.get(f"{address}/tracks").json()["erased"] is None
    settings = settings_of(prepared)
    words = ("destroy-recording", closed, "--again", closed, "--by", by, "--why", why)
    order = key_custody.parser().parse_args(words)
    asyncio.run(key_custody.main(order, settings.database_url, settings.master_key_file))
    erased = clerk.get(f"{address}/tracks").json()["erased"]
    assert (erased["by"], erased["why"]) == (by, why)
    assert clerk.get(f"{address}/manifest.json").status_code == 200
    for refused in (clerk.get(f"{address}/video"), clerk.post(f"{address}/video", headers=fresh())):
        assert (refused.status_code, refused.json()["code"]) == (410, "content_erased")
    page = clerk.get(f"/procedures/{closed}/recording").text
    assert 'data-test="erased"' in page and escape(by) in page and why in page
    assert 'data-test="player"' not in page and "recording.js" not in page
    assert "Borrada el" in clerk.get(f"/procedures/{closed}").text


def test_the_bundle_holds_the_manifest_and_the_verifier_reads_it(house: House, closed: str) -> None:
    clerk = house.staff(CLERK)
    bundle = clerk.get(f"/api/v1/procedures/{closed}/bundle.zip").content
    found = [finding for finding in verify_bytes(bundle).findings if finding.check == "CHK-09"]
    assert [(finding.code, finding.result) for finding in found] == [("RECORDING_CHAIN_HOLDS", Result.PASS)]
