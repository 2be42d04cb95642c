"""Anybody brings evidence to the public page and takes the report for a judge away, as a file."""

import pytest

from tests.api.people import House
from tests.evidence.authorities import Authorities
from tests.evidence.test_lone import Minutes

PLACE = "/verificar/uploads"


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return Minutes(Authorities(tmp_path_factory.mktemp("pki"))).pdf()


def test_minutes_give_a_report_to_take_away(house: House, minutes: bytes) -> None:
    brought = {"file": ("acta.pdf", minutes, "application/pdf")}
    for kind, begins, language in (("pdf", b"%PDF-", "es"), ("html", b"<!doctype html>", "en")):
        headers = {"Accept-Language": language}
        answer = house.client().post(PLACE, files=brought, data={"kind": kind}, headers=headers)
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
        assert answer.headers["content-disposition"].startswith("attachment; ")
        # Their authority is not one of this installation's.
        assert kind == "pdf" or "It cannot be relied on (FAILED)" in answer.text


def test_without_a_file_the_page_says_what_is_missing(house: House) -> None:
    answer = house.client().post(PLACE, files={"file": ("acta.pdf", b"", "application/pdf")}, data={"kind": "pdf"})
    assert answer.status_code == 422
    assert "Falta el archivo" in answer.text


def test_no_other_kind_of_report_is_made(house: House, minutes: bytes) -> None:
    brought = {"file": ("acta.pdf", minutes, "application/pdf")}
    assert house.client().post(PLACE, files=brought, data={"kind": "json"}).status_code == 422
