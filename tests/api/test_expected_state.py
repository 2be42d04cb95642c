"""ETags of readings, and commands that are carried out in the state that `If-Match` names and in no other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.adapters.sheets import pdf_of
from tests.api.people import AUDITOR, CLERK, OFFICE, House, command, fresh

LANGUAGES = ("es", "en")


def tag_of(client: httpx.Client, procedure: str, of: str = "", **headers: str) -> str:
    answer = client.get(f"/api/v1/procedures/{procedure}{of}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


def ask(
    client: httpx.Client, procedure: str, name: str, tag: str, key: dict[str, str] | None = None, **body: object
) -> httpx.Response:
    address = f"/api/v1/procedures/{procedure}/commands/{name}"
    return client.post(address, json=body, headers={**(key or fresh()), "If-Match": tag})


def happened(house: House, procedure: str) -> list[str]:
    items = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/timeline").json()["items"]
    return [item["type"] for item in items]


@pytest.mark.parametrize("of", ["", "/progress", "/documents"])
def test_a_reading_is_told_not_changed_until_something_happens(house: House, of: str) -> None:
    procedure = house.conciliation()
    clerk, address = house.staff(CLERK), f"/api/v1/procedures/{procedure}{of}"
    tag = tag_of(clerk, procedure, of)
    for said in (tag, f'"0-0000000000000000-0000000000000000", {tag}', f"W/{tag}", "*"):
        again = clerk.get(address, headers={"If-None-Match": said})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), said
    assert clerk.get(address, headers={"If-None-Match": '"41"'}).status_code == 200
    house.arrived(procedure, "p1")
    if of != "/documents":
        moved = clerk.get(address, headers={"If-None-Match": tag})
        assert (moved.status_code, moved.headers["etag"] == tag) == (200, False)


def test_what_is_read_differently_has_another_etag_and_the_same_bytes_the_same(house: House) -> None:
    """By who reads, by what of it, and in which language."""
    procedure = house.conciliation()
    looks = [
        (who, of, language) for who in (CLERK, OFFICE, AUDITOR) for of in ("", "/progress") for language in LANGUAGES
    ]
    read: dict[bytes, set[str]] = {}
    for who, of, language in looks:
        answer = house.staff(who).get(f"/api/v1/procedures/{procedure}{of}", headers={"Accept-Language": language})
        read.setdefault(answer.content, set()).add(answer.headers["etag"])
    tags = [tag for one in read.values() for tag in one]
    assert len(read) >= 6
    assert len(set(tags)) == len(tags) == len(read)
    assert len({tag.rpartition("-")[0] for tag in tags}) == 1


def test_a_command_for_an_earlier_state_is_refused_and_its_key_goes_through_with_the_right_one(house: House) -> None:
    procedure = house.conciliation()
    citizen, clerk = house.arrived(procedure, "p1"), house.staff(CLERK)
    seen, key = tag_of(clerk, procedure, "/progress"), fresh()
    assert command(citizen, procedure, "ask_help", participant="p1").status_code == 200
    before = happened(house, procedure)

    late = ask(clerk, procedure, "cancel_procedure", seen, key, reason="La solicitante desiste.")

    said = late.json()
    assert (late.status_code, said["code"], said["title"]) == (
        412,
        "state_moved_on",
        "El procedimiento ha avanzado desde que lo consultó",
    )
    assert late.headers["content-type"] == "application/problem+json" and said["detail"]
    assert late.headers["etag"] == said["params"]["etag"] == tag_of(clerk, procedure)
    assert happened(house, procedure) == before

    done = ask(clerk, procedure, "cancel_procedure", said["params"]["etag"], key, reason="La solicitante desiste.")
    assert (done.status_code, done.json()["stage"]) == (200, "cancelled")
    again = ask(clerk, procedure, "cancel_procedure", seen, key, reason="La solicitante desiste.")
    assert (again.status_code, again.content) == (200, done.content)
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("said", ['"41"', "W/{tag}", '"nothing"', "nonsense", '"0-0000000000000000-0000000000000000"'])
def test_what_names_no_state_of_the_procedure_changes_nothing(house: House, said: str) -> None:
    procedure = house.conciliation()
    citizen = house.arrived(procedure, "p1")
    tag = tag_of(citizen, procedure)
    refused = ask(citizen, procedure, "ask_help", said.replace("{tag}", tag), participant="p1")
    assert (refused.status_code, refused.json()["params"]["etag"]) == (412, tag)
    assert ask(citizen, procedure, "ask_help", "*", participant="p1").status_code == 200
    assert ask(citizen, procedure, "ask_help", f'"x", {tag_of(citizen, procedure)}', participant="p1").is_success


def test_of_ten_who_ask_in_the_same_state_one_is_accepted(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.arrived(procedure, "p1")
    tag = tag_of(citizen, procedure)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: ask(citizen, procedure, "ask_help", tag, participant="p1"), range(10)))

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
    assert happened(house, procedure).count("help_requested") == 1


def test_whoever_sits_down_by_a_command_does_so_in_that_state_too(house: House) -> None:
    """A seat that was left out is taken before the command: nobody sits down where the procedure has moved on."""
    procedure = house.conciliation()
    citizen, clerk = house.arrived(procedure, "p1"), house.staff(CLERK)
    seen = tag_of(clerk, procedure)
    command(citizen, procedure, "ask_help", participant="p1")

    assert ask(clerk, procedure, "open_room", seen).status_code == 412
    assert "official_seated" not in happened(house, procedure)
    adjourn: dict[str, Any] = {"reason": "Lo piden las partes.", "new_date": "2031-01-14T10:00:00+01:00"}
    refused = ask(clerk, procedure, "adjourn_procedure", tag_of(clerk, procedure), **adjourn)
    assert refused.status_code != 412, refused.text
    assert "official_seated" in happened(house, procedure)


def test_a_paper_is_brought_in_one_state_alone(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.arrived(procedure, "p1", "ojm-vilar")
    seen, key, paper = tag_of(citizen, procedure), fresh(), pdf_of(1)
    command(citizen, procedure, "ask_help", participant="p1")
    address, form = (
        f"/api/v1/procedures/{procedure}/uploads",
        {"code": "exhibit", "title": "Factura", "depositor": "p1"},
    )

    def bring(tag: str) -> httpx.Response:
        files = {"files": ("factura.pdf", paper, "application/pdf")}
        return citizen.post(address, data=form, files=files, headers=key | {"If-Match": tag})

    assert bring(seen).status_code == 412
    assert "document_deposited" not in happened(house, procedure)
    done = bring(tag_of(citizen, procedure))
    assert (done.status_code, bring(seen).content) == (201, done.content)

    brought = citizen.get(f"/api/v1/procedures/{procedure}/documents/{done.json()['detail']['document']}.pdf")
    tag = {"If-None-Match": brought.headers["etag"]}
    assert citizen.get(brought.url, headers=tag).status_code == 304
