"""A regional system whose key covers some offices and types: what is outside does not exist for it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.people import ADMINISTRATOR, CLERK, FOREIGN_ADMINISTRATOR, House, asked, fresh
from tests.api.test_access_tokens import GRANT, TOKEN

HERE = {"offices": ["ojm-lira"], "types": ["conciliation"]}
"""Of the procedure that the tests ask for: it is held at ojm-lira, and somebody appears from ojm-vilar."""
ELSEWHERE = {"offices": ["ojm-areal"]}
OTHER_TYPE = {"types": ["life_certificate", "mediation"]}
PLACES = {"document": "d1", "page": "1", "number": "1", "participant": "p1", "item": "i1", "key": "kkkkkkkk", "n": "0"}


def issued(house: House, coverage: dict[str, Any] | None = None, login: str = ADMINISTRATOR) -> dict[str, Any]:
    said: dict[str, Any] = {"label": "Gestor comarcal", "scopes": ["procedures", "evidence"]}
    answer = house.staff(login).post(
        "/api/v1/api-keys", json=said | ({"coverage": coverage} if coverage else {}), headers=fresh()
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def system(house: House, coverage: dict[str, Any] | None = None) -> httpx.Client:
    return house.client(authorization=f"Bearer {issued(house, coverage)['text']}")


def routes_for_keys(house: House) -> Iterator[tuple[str, str]]:
    """Method and address of each operation that a key may ask."""
    for path, operations in house.app.openapi()["paths"].items():
        for method, operation in operations.items():
            if {"apiKey": []} in operation.get("security", []):
                yield method.upper(), path


def told(client: httpx.Client, method: str, path: str, procedure: str) -> tuple[int, Any]:
    address = re.sub(r"\{(\w+)\}", lambda found: procedure if found[1] == "procedure" else PLACES[found[1]], path)
    answer = client.request(method, address, headers=fresh())
    return answer.status_code, answer.json().get("code") if answer.status_code >= 400 else None


@pytest.mark.parametrize("coverage", [ELSEWHERE, OTHER_TYPE, HERE | ELSEWHERE, HERE | OTHER_TYPE])
def test_on_every_route_what_is_outside_answers_as_what_does_not_exist(house: House, coverage: dict[str, Any]) -> None:
    procedure, nowhere = house.conciliation_once(), f"prc_{'0' * 32}"
    limited, whole = system(house, coverage), system(house)
    walked = [(method, path) for method, path in routes_for_keys(house) if "{procedure}" in path]
    for method, path in walked:
        said = told(limited, method, path, procedure)
        assert said == told(limited, method, path, nowhere) == (404, "not_found"), f"{method} {path}"
    assert len(walked) >= 9
    assert told(whole, "GET", "/api/v1/procedures/{procedure}", procedure) == (200, None)


def test_no_other_route_gives_a_key_anything_of_a_procedure(house: House) -> None:
    """What the walk above leaves out: asking for one, which has tests of its own."""
    assert [one for one in routes_for_keys(house) if "{procedure}" not in one[1]] == [("POST", "/api/v1/procedures")]


@pytest.mark.parametrize("coverage", [HERE, {"offices": ["ojm-vilar", "ojm-areal"]}, {"types": ["conciliation"]}, {}])
def test_what_is_inside_is_there(house: House, coverage: dict[str, Any]) -> None:
    procedure, limited = house.conciliation_once(), system(house, coverage)
    assert limited.get(f"/api/v1/procedures/{procedure}").status_code == 200
    assert limited.get(f"/api/v1/procedures/{procedure}/documents").status_code in (200, 403, 404)


@pytest.mark.parametrize(("coverage", "code"), [(ELSEWHERE, "office_not_covered"), (OTHER_TYPE, "type_not_covered")])
def test_asking_outside_is_refused_with_the_rule(house: House, coverage: dict[str, Any], code: str) -> None:
    for language, word in (("es", "abarca"), ("en", "cover")):
        answer = system(house, coverage).post(
            "/api/v1/procedures", json=asked(), headers=fresh() | {"Accept-Language": language}
        )
        said = answer.json()
        assert (answer.status_code, said["code"]) == (403, code)
        assert word in said["title"] and said["detail"] and said["params"]["covered"]


def test_asking_inside_is_done_and_a_number_that_names_what_is_outside_is_not_found(house: House) -> None:
    limited, body = system(house, HERE), asked()
    assert limited.post("/api/v1/procedures", json=body, headers=fresh()).status_code in (201, 202)
    from_areal = asked(office="ojm-areal", participants=[
        person | {"office": "ojm-areal"} for person in asked()["participants"]
    ])  # fmt: skip
    made = house.machine().post("/api/v1/procedures", json=from_areal, headers=fresh())
    assert made.status_code in (201, 202), made.text
    stolen = limited.post("/api/v1/procedures", json=asked(external_id=from_areal["external_id"]), headers=fresh())
    assert (stolen.status_code, stolen.json()["code"]) == (404, "not_found")


def test_a_token_covers_what_its_key_covers_and_a_change_counts_at_once(house: House) -> None:
    procedure, key = house.conciliation_once(), issued(house, ELSEWHERE)
    form = GRANT | {"client_id": key["key"]["id"], "client_secret": key["text"]}
    token = house.client().post(TOKEN, data=form).json()["access_token"]
    address, limited = f"/api/v1/procedures/{procedure}", house.client(authorization=f"Bearer {token}")
    administrator, of_key = house.staff(ADMINISTRATOR), f"/api/v1/api-keys/{key['key']['id']}/coverage"
    assert limited.get(address).status_code == 404
    assert administrator.put(of_key, json=HERE).status_code == 204
    assert limited.get(address).status_code == 200
    assert administrator.put(of_key, json=OTHER_TYPE).status_code == 204
    assert limited.get(address).status_code == 404
    listed = {one["id"]: one["coverage"] for one in administrator.get("/api/v1/api-keys").json()}
    assert listed[key["key"]["id"]] == {"offices": None, "types": OTHER_TYPE["types"]}


def test_who_may_say_what_a_key_covers_and_what_they_may_say(house: House) -> None:
    key = issued(house)["key"]["id"]
    address = f"/api/v1/api-keys/{key}/coverage"
    foreign = house.staff(FOREIGN_ADMINISTRATOR).put(address, json={})
    assert foreign.status_code == 404
    assert house.staff(CLERK).put(address, json={}).status_code == 403
    for said, code in (
        ({"offices": ["ojm-nowhere"]}, "office_unknown"),
        ({"types": ["nothing"]}, "procedure_type_unknown"),
        ({"offices": []}, "request_invalid"),
    ):
        assert house.staff(ADMINISTRATOR).put(address, json=said).json()["code"] == code


def test_an_address_is_told_what_it_covers(house: House) -> None:
    administrator = house.staff(ADMINISTRATOR)

    def register(coverage: dict[str, Any]) -> str:
        said = {"label": "Comarca", "url": "http://127.0.0.1:9/estrado", "coverage": coverage}
        answer = administrator.post("/api/v1/webhooks", json=said, headers=fresh())
        assert answer.status_code == 201, answer.text
        return str(answer.json()["endpoint"]["id"])

    inside, *outside = [register(coverage) for coverage in (HERE, ELSEWHERE, OTHER_TYPE)]
    try:
        procedure = house.conciliation()
        there = administrator.get(f"/api/v1/webhooks/{inside}/deliveries").json()["items"]
        assert {one["procedure"] for one in there} == {procedure}
        for endpoint in outside:
            assert administrator.get(f"/api/v1/webhooks/{endpoint}/deliveries").json()["items"] == []
        assert administrator.put(f"/api/v1/webhooks/{outside[0]}/coverage", json=HERE).status_code == 204
        later = house.conciliation()
        there = administrator.get(f"/api/v1/webhooks/{outside[0]}/deliveries").json()["items"]
        assert {one["procedure"] for one in there} == {later}
    finally:
        for endpoint in (inside, *outside):
            administrator.delete(f"/api/v1/webhooks/{endpoint}")


def test_an_administrator_gives_limits_and_withdraws_a_key_on_the_page(house: House) -> None:
    administrator, procedure = house.another(ADMINISTRATOR), house.conciliation_once()
    page, address = "/administration/api-keys", f"/api/v1/procedures/{procedure}"

    def press(to: str, **said: Any) -> httpx.Response:
        return administrator.post(page + to, data={"key": fresh()["Idempotency-Key"], **said}, follow_redirects=True)

    some = {**ELSEWHERE, "every_type": "true"}
    assert "coverage_unsaid" in press("", label="Gestor de Lira", **ELSEWHERE).text
    shown = press("", label="Gestor de Lira", **some)
    found = re.search(r'data-test="api-key">(estrado_([0-9a-f]{16})_[^<]+)<', shown.text)
    assert shown.status_code == 200 and found, shown.text
    assert found[1] not in administrator.get(page).text
    limited = house.client(authorization=f"Bearer {found[1]}")
    assert limited.get(address).status_code == 404
    changed = press(f"/{found[2]}/coverage", **HERE)
    assert changed.status_code == 200 and "Gestor de Lira" in changed.text
    assert limited.get(address).status_code == 200
    assert 'value="ojm-lira" checked' in administrator.get(page, params={"of": found[2]}).text
    assert house.another(FOREIGN_ADMINISTRATOR).post(f"{page}/{found[2]}/revoke").status_code == 404
    assert house.staff(CLERK).get(page).status_code == 403
    assert press(f"/{found[2]}/revoke").status_code == 200
    assert limited.get(address).status_code == 401
