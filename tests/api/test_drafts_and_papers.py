"""What is typed is not lost, what is brought is judged, what is listed can be paged."""

from tests.api.people import ADMINISTRATOR, CLERK, House, command, fresh


def test_a_draft_is_there_on_the_next_computer_and_goes_when_it_is_forgotten(house: House) -> None:
    procedure = house.conciliation()
    address = f"/api/v1/procedures/{procedure}/drafts/i1"
    typed = {"values": {"text": "Se abre el acto a las diez"}}
    assert house.staff(CLERK).put(address, json=typed).status_code == 200
    elsewhere = house.another(CLERK).get(address).json()
    assert elsewhere["drafts"][0]["values"] == typed["values"]
    assert house.staff(CLERK).delete(address).status_code == 204
    assert house.staff(CLERK).get(address).json()["drafts"] == []
    nowhere = house.staff(CLERK).put(f"/api/v1/procedures/{procedure}/drafts/i99", json=typed)
    assert nowhere.status_code == 404


def test_a_paper_that_the_rule_forbids_is_not_even_stored(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    paper = {"files": ("scan.pdf", b"%PDF-1.7 not really", "application/pdf")}
    fields = {"code": "exhibit", "title": "Contrato", "depositor": "p1"}
    early = citizen.post(f"/procedures/{procedure}/uploads", files=paper, data=fields, headers=fresh())
    assert early.json()["code"] == "session_not_arrived"
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200
    other = citizen.post(
        f"/procedures/{procedure}/uploads", files=paper, data=fields | {"depositor": "p2"}, headers=fresh()
    )
    assert other.json()["code"] == "host_only"
    unknown = citizen.post(
        f"/procedures/{procedure}/uploads", files=paper, data=fields | {"code": "deed"}, headers=fresh()
    )
    assert unknown.json()["code"] == "document_not_expected"


def test_a_broken_paper_is_refused_with_the_reason_and_a_form_needs_no_header(house: House) -> None:
    procedure = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200
    fields = {
        "code": "exhibit", "title": "Contrato", "depositor": "p1", "key": "form-1234567",
        "csrf": str(citizen.headers.pop("X-CSRF-Token")),
    }  # fmt: skip
    paper = {"files": ("scan.png", b"\x89PNG\r\n\x1a\nbroken", "image/png")}
    first = citizen.post(f"/procedures/{procedure}/uploads", files=paper, data=fields)
    assert (first.status_code, first.json()["code"]) == (422, "file_unreadable")
    again = citizen.post(f"/procedures/{procedure}/uploads", files=paper, data=fields)
    assert again.content == first.content


def test_the_board_is_read_page_by_page(house: House) -> None:
    for _ in range(3):
        house.conciliation()
    clerk, seen, cursor = house.staff(CLERK), [], ""
    while True:
        page = clerk.get(f"/api/v1/procedures?limit=2&stage=summoned{cursor}").json()
        seen += [line["status"]["id"] for line in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == len(set(seen)) >= 3
    assert clerk.get("/api/v1/procedures?cursor=nonsense").json()["code"] == "bad_cursor"


def test_a_status_that_has_not_changed_is_not_sent_again(house: House) -> None:
    procedure = house.conciliation_once()
    first = house.machine().get(f"/api/v1/procedures/{procedure}")
    again = house.machine().get(f"/api/v1/procedures/{procedure}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_administrator_enrols_and_revokes_the_computer_he_sits_at(house: House) -> None:
    administrator = house.another(ADMINISTRATOR)
    body = {"office": "ojm-areal", "label": "Puesto 3"}
    device = administrator.post("/api/v1/devices", json=body, headers=fresh()).json()
    assert "estrado-device" in administrator.cookies
    listed = administrator.get("/api/v1/offices/ojm-areal/devices").json()
    assert device["id"] in {known["id"] for known in listed}
    assert administrator.delete(f"/api/v1/offices/ojm-areal/devices/{device['id']}").status_code == 204
    foreign = administrator.post("/api/v1/devices", json=body | {"office": "ojm-fuenteluz"}, headers=fresh())
    assert foreign.json()["code"] == "office_unknown"


def test_a_key_serves_until_it_is_revoked(house: House) -> None:
    administrator = house.staff(ADMINISTRATOR)
    issued = administrator.post("/api/v1/api-keys", json={"label": "Pruebas"}, headers=fresh()).json()
    machine = house.client(authorization=f"Bearer {issued['text']}")
    procedure = house.conciliation_once()
    assert machine.get(f"/api/v1/procedures/{procedure}").status_code == 200
    assert issued["text"] not in administrator.get("/api/v1/api-keys").text
    assert administrator.delete(f"/api/v1/api-keys/{issued['key']['id']}").status_code == 204
    assert machine.get(f"/api/v1/procedures/{procedure}").json()["code"] == "api_key_refused"
