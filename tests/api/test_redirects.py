"""Nobody is led to another site, whatever an address or a form says about the way back."""

import httpx
import pytest

from tests.api.people import CLERK, House, fresh

ELSEWHERE = (
    "https://evil.example/board", "//evil.example", "/\\evil.example", "/board//evil.example", "/board\\evil.example",
    "javascript:alert(1)", "board", "evil.example", "/%0d%0aLocation: //evil.example", " //evil.example",
)  # fmt: skip


def goes_to(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_a_change_of_language_leads_back_to_a_page_of_ours(house: House, back: str) -> None:
    goal = goes_to(house.client().get("/language/es", params={"back": back}))
    assert goal.startswith("/") and not goal.startswith(("//", "/\\")) and "\\" not in goal


@pytest.mark.parametrize("next", ELSEWHERE)
def test_whoever_signs_in_comes_to_a_page_of_theirs(house: House, next: str) -> None:
    typed = {"login": CLERK, "password": house.password(CLERK), "next": next}
    assert goes_to(house.client().post("/staff", data=typed)) == "/board"


def test_the_way_back_is_kept_where_it_is_ours(house: House) -> None:
    assert goes_to(house.client().get("/language/es", params={"back": "/staff?next=/board"})) == "/staff?next=/board"
    for page in ("/account", "/ask/mediation", "/walk-in"):
        typed = {"login": CLERK, "password": house.password(CLERK), "next": page}
        assert goes_to(house.client().post("/staff", data=typed)) == page


def test_an_act_leads_back_to_a_page_of_ours(house: House) -> None:
    clerk, procedure = house.another(CLERK), house.conciliation()
    done = {"reason": "Desiste la solicitante.", "key": fresh()["Idempotency-Key"]}
    for back, goal in ((one, f"/procedures/{procedure}") for one in ELSEWHERE):
        answer = clerk.post(f"/procedures/{procedure}/acts/cancel-procedure", data={**done, "back": back})
        assert goes_to(answer) == goal, back  # the same act, once
    kept = clerk.post(f"/procedures/{procedure}/acts/cancel-procedure", data={**done, "back": "/board?day=1"})
    assert goes_to(kept) == "/board?day=1"


def test_parts_are_read_where_a_file_is_asked_for_and_nowhere_else(house: House) -> None:
    """Forms in parts may be large and cost memory: they are refused unread everywhere else."""
    clerk = house.another(CLERK)
    files = {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}
    for path in ("/staff", "/account/password", "/administration/accounts", "/api/v1/procedures", "/uploads/none"):
        assert clerk.post(path, files=files).status_code == 415, path
    procedure = house.conciliation_once()
    assert clerk.post(f"/procedures/{procedure}/uploads", files=files).status_code != 415
