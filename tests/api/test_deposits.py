"""What is brought comes back byte for byte, to those who may read it; what came of a deposit can be asked for."""

import hashlib

import httpx

from domain.files import LARGEST_FILE
from tests.adapters.deposits import with_signature
from tests.adapters.sheets import encoded, pdf_of, picture
from tests.api.people import AUDITOR, CLERK, House, command, fresh

FIELDS = {"code": "exhibit", "title": "Contrato", "depositor": "p1"}


def arrived(house: House) -> tuple[str, httpx.Client]:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200
    return procedure, citizen


def send(citizen: httpx.Client, procedure: str, key: dict[str, str], *files: bytes) -> httpx.Response:
    parts = [("files", (f"scan-{number}", content)) for number, content in enumerate(files, 1)]
    address = f"/api/v1/procedures/{procedure}/uploads"
    answer = citizen.post(address, files=parts, data=FIELDS, headers=key)
    for _ in range(20):
        if answer.status_code != 202:
            break
        answer = citizen.get(f"{address}/{key['Idempotency-Key']}")
    return answer


def test_a_file_is_downloaded_as_it_was_brought_and_the_look_is_noted(house: House) -> None:
    procedure, citizen = arrived(house)
    signed, photo = pdf_of(1, with_signature), encoded(picture(), "JPEG")
    key = fresh()
    receipt = send(citizen, procedure, key, signed, photo)
    assert receipt.status_code in (200, 201), receipt.text

    asked = citizen.get(f"/api/v1/procedures/{procedure}/uploads/{key['Idempotency-Key']}")
    assert (asked.status_code, asked.json()) == (200, receipt.json())

    clerk = house.staff(CLERK)
    (document,) = clerk.get(f"/api/v1/procedures/{procedure}/progress").json()["documents"]
    brought = document["brought"]
    assert [file["sha256"] for file in brought] == [hashlib.sha256(one).hexdigest() for one in (signed, photo)]
    assert [file["signatures"] for file in brought] == [1, 0]
    for number, content in enumerate((signed, photo), 1):
        address = f"/api/v1/procedures/{procedure}/documents/{document['id']}/brought/{number}"
        answer = clerk.get(address)
        assert answer.content == content
        assert answer.headers["content-disposition"].startswith("attachment")
        assert house.client().get(address).status_code == 401
    assert clerk.get(f"/procedures/{procedure}/documents/{document['id']}/brought/3").status_code == 404
    looked = house.staff(AUDITOR).get(f"/procedures/{procedure}/evidence").text
    assert "El archivo tal como se trajo de «Contrato»" in looked


def test_a_refusal_names_the_file_and_is_found_again_under_the_key(house: House) -> None:
    procedure, citizen = arrived(house)
    key = fresh()
    refused = send(citizen, procedure, key, encoded(picture(), "PNG"), b"\x89PNG\r\n\x1a\nbroken")
    assert (refused.status_code, refused.json()["params"]["part"]) == (422, 2)
    assert "2" in refused.json()["title"]
    asked = citizen.get(f"/api/v1/procedures/{procedure}/uploads/{key['Idempotency-Key']}")
    assert (asked.status_code, asked.json()["code"]) == (422, refused.json()["code"])


def test_nothing_came_of_a_deposit_that_nobody_made(house: House) -> None:
    procedure, citizen = arrived(house)
    assert citizen.get(f"/api/v1/procedures/{procedure}/uploads/nobody-made-it").status_code == 404


def test_what_is_too_large_is_refused_with_the_limit_before_it_is_stored(house: House) -> None:
    procedure, citizen = arrived(house)
    refused = send(citizen, procedure, fresh(), b"\xff\xd8\xff" + bytes(LARGEST_FILE))
    assert (refused.status_code, refused.json()["code"]) == (422, "file_too_large")
    empty = send(citizen, procedure, fresh(), pdf_of(), b"")
    assert (empty.json()["code"], empty.json()["params"]["part"]) == ("file_empty", 2)
