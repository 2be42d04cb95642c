"""An auditor opens what is in a procedure by saying why; the reason stands beside each of their looks."""

import pytest

from domain.types.vocabulary import Stage
from tests.api.people import AUDITOR, CLERK, House, fresh
from tests.api.stages import NAME, at_stage

WHY = "Queja 14/2026 de la defensa sobre el acta."
INSIDE = ("/documents/d1.pdf", "/documents/d1/pages/1.png", "/documents/d1/receipt.pdf", "/minutes", "/stills/p1.png",
          "/bundle.zip", "/file.zip")  # fmt: skip


@pytest.fixture(scope="module")
def procedure(house: House) -> str:
    return at_stage(house, Stage.IN_SESSION)[0]


def test_an_auditor_says_why_before_anything_opens(house: House, procedure: str) -> None:
    auditor, address = house.another(AUDITOR), f"/api/v1/procedures/{procedure}"
    for path in INSIDE:
        refused = auditor.get(address + path)
        assert (refused.status_code, refused.json()["code"]) == (403, "reason_needed"), path
    shown = auditor.get(f"{address}/progress").json()
    assert all(item["values"] == {} for item in shown["agenda"])
    assert shown["documents"] == []
    for why in ("", "duty", "a\nb" * 8):
        assert auditor.post(f"{address}/reasons", json={"why": why}, headers=fresh()).status_code == 422

    assert auditor.post(f"{address}/reasons", json={"why": WHY}, headers=fresh()).status_code == 201
    assert auditor.get(f"{address}/documents/d1.pdf").status_code == 200
    assert auditor.get(f"{address}/progress").json()["documents"]
    looks = auditor.get(f"{address}/accesses").json()["items"]
    assert {look["what"] for look in looks if look["why"] == WHY} > {"reason", "procedure"}
    other = house.conciliation_once()
    assert auditor.get(f"/api/v1/procedures/{other}/minutes").json()["code"] == "reason_needed"


def test_the_pages_ask_for_the_reason_and_go_on(house: House) -> None:
    procedure = house.conciliation(participants=_two())
    auditor = house.another(AUDITOR)
    led = auditor.get(f"/procedures/{procedure}", follow_redirects=False)
    assert led.headers["location"] == f"/procedures/{procedure}/evidence"
    page = auditor.get(f"/procedures/{procedure}/evidence")
    assert 'data-test="reason"' in page.text
    said = auditor.post(f"/procedures/{procedure}/evidence", data={"why": WHY}, follow_redirects=False)
    assert (said.status_code, said.headers["location"]) == (303, f"/procedures/{procedure}")
    opened = auditor.get(f"/procedures/{procedure}", follow_redirects=False)
    assert opened.status_code == 200
    assert NAME in opened.text
    told = auditor.get(f"/procedures/{procedure}/evidence").text
    assert 'data-test="reason"' not in told
    assert WHY in told[told.index('data-test="accesses"') :]


def test_nobody_else_gives_a_reason_or_needs_one(house: House, procedure: str) -> None:
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{procedure}"
    assert clerk.get(f"{address}/documents/d1.pdf").status_code == 200
    refused = clerk.post(f"{address}/reasons", json={"why": WHY}, headers=fresh())
    assert refused.json()["code"] == "not_permitted"


def _two() -> list[dict[str, object]]:
    return [
        {"role": "applicant", "name": NAME, "birth_date": "1961-04-09", "office": "ojm-vilar"},
        {"role": "respondent", "name": "Marta Lago Prieto", "birth_date": "1974-11-30", "office": "ojm-lira"},
    ]
