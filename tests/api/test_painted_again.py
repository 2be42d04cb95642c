"""Without scripts a form that is refused comes back with what was typed, each fault at its field."""

import html
import re

import httpx

from tests.api.people import OFFICE, House
from tests.api.test_asked_at_the_desk import ask, form, person
from tests.api.test_walk_in import ask as ask_at_once
from tests.api.test_walk_in import form as walk_in

GROUP = '<div class="govuk-form-group'


def group(answer: httpx.Response, name: str) -> str:
    """The control of that name, with its label and its fault."""
    found = next(part for part in answer.text.split(GROUP) if f'name="{name}"' in part)
    return html.unescape(found)


def test_the_form_comes_back_with_what_was_typed_and_its_faults(house: House) -> None:
    said = form(**{"f.object": "La valla de la finca.", "f.matter": "", "respondent-1-name": "", "new_date": ""})
    answer = ask(house.staff(OFFICE), said)
    assert answer.status_code == 422
    assert 'action="/ask/conciliation"' in answer.text
    assert "La valla de la finca." in group(answer, "f.object")
    assert 'value="Anxo Ruiz Seoane"' in group(answer, "applicant-1-name")
    assert 'value="1961-04-09"' in group(answer, "applicant-1-birth_date")
    assert " selected" not in group(answer, "f.matter")
    assert 'value="capable" selected' in group(answer, "f.parties")
    for wrong in ("f.matter", "respondent-1-name", "new_date"):
        assert "govuk-error-message" in group(answer, wrong) and 'aria-invalid="true"' in group(answer, wrong)
    assert "govuk-error-message" not in group(answer, "applicant-1-name")
    for wrong in ("declared-f.matter", "respondent-1-name", "new_date"):
        assert f'href="#{wrong}"' in answer.text and f'id="{wrong}"' in answer.text
    assert "Parte requerida 1, nombre" in html.unescape(answer.text)
    assert said["key"] not in answer.text


def test_what_is_corrected_there_is_asked_for(house: House) -> None:
    desk, said = house.staff(OFFICE), form(**{"f.object": ""})
    refused = ask(desk, said)
    key = re.search(r'name="key" value="([^"]+)"', refused.text)
    assert key is not None
    corrected = ask(desk, said | {"f.object": "La valla.", "key": key.group(1)})
    assert corrected.status_code == 303, corrected.text


def test_whoever_was_added_and_is_wrong_is_not_folded_away(house: House) -> None:
    more = {f"respondent-2-{name.split('-', 2)[2]}": value for name, value in person("respondent", "Noa Pena").items()}
    answer = ask(house.staff(OFFICE), form(**more, **{"respondent-2-document_number": "00000000A"}))
    assert 'data-test="fault-respondent-2-document_number"' in answer.text
    assert re.search(r'id="more-respondent-2-details"[^>]* open', answer.text)
    assert 'value="Noa Pena"' in group(answer, "respondent-2-name")


def test_with_a_script_only_the_box_comes(house: House) -> None:
    headers = {"Accept": "text/html", "HX-Request": "true"}
    answer = house.staff(OFFICE).post("/ask/conciliation", data=form(**{"f.object": ""}), headers=headers)
    assert 'data-test="fault-object"' in answer.text and 'action="/ask/conciliation"' not in answer.text


def test_an_act_asked_for_at_once_comes_back_too(house: House) -> None:
    answer = ask_at_once(house.staff(OFFICE), walk_in(email="obdulia", birth_date="1948-05-17"))
    assert answer.status_code == 422 and 'action="/walk-in"' in answer.text
    assert 'value="Obdulia Rei Castro"' in group(answer, "name")
    assert 'value="obdulia"' in group(answer, "email") and "govuk-error-message" in group(answer, "email")
    assert 'value="1948-05-17"' in group(answer, "birth_date")
