"""Whoever comes without a summons sees what the office offers, calls its desk, and somebody asks for it with them."""

import re

import httpx

from tests.api.people import OFFICE, OTHER_OFFICE, House
from tests.api.test_office_computers import HTML, link_to, opened


def answer(desk: httpx.Client, call: str) -> httpx.Response:
    return desk.post(f"/desk/calls/{call}", data={"csrf": desk.headers["X-CSRF-Token"]})


def test_the_offers_say_what_they_are_and_what_to_bring(house: House) -> None:
    computer = opened(house, link_to(house, label="Cabina 21"))
    assert 'href="/start"' in computer.get("/").text
    told = computer.get("/start").text

    assert 'data-test="offer-life_certificate"' in told and 'data-test="start-life_certificate"' in told
    assert "Su DNI, NIE o pasaporte, en vigor." in told
    # Nobody starts by themselves what a court alone decides on.
    assert "statement_in_investigation" not in told and "mutual_legal_assistance" not in told


def test_somebody_calls_for_an_act_and_the_office_opens_the_form_for_it(house: House) -> None:
    computer = opened(house, link_to(house, label="Cabina 22"))
    desk = house.staff(OFFICE)
    assert computer.post("/start/life_certificate").headers["location"] == "/start"
    assert "La oficina ya sabe que en este equipo quieren empezar: Fe de vida" in computer.get("/start").text
    shown = desk.get("/desk").text
    call = re.search(r'data-test="call-(dev_[0-9a-f]+)">Cabina 22 quiere empezar: Fe de vida', shown)
    assert call
    assert answer(house.staff(OTHER_OFFICE), call[1]).status_code == 404

    form = answer(desk, call[1]).headers["location"]

    assert form == "/walk-in?kind=life_certificate"
    assert '<option value="life_certificate" selected>' in desk.get(form).text
    after = desk.get("/desk").text
    assert "Cabina 22 quiere" not in after
    assert re.search(r"Cabina 22 · Fe de vida[^<]* · a las [0-9:]+ acudió \w", after)
    assert 'data-test="start-called"' not in computer.get("/start").text


def test_what_takes_several_people_leads_to_the_longer_form(house: House) -> None:
    computer = opened(house, link_to(house, label="Cabina 23"))
    computer.post("/start/conciliation")
    desk = house.staff(OFFICE)
    call = re.search(r'data-test="call-(dev_[0-9a-f]+)">Cabina 23 quiere', desk.get("/desk").text)
    assert call

    assert answer(desk, call[1]).headers["location"] == "/ask/conciliation"


def test_what_nobody_may_read_is_a_call_for_help(house: House) -> None:
    computer = opened(house, link_to(house, label="Cabina 24"))
    computer.post("/start/victim_appointment")
    desk = house.staff(OFFICE)
    shown = desk.get("/desk").text

    assert "Cabina 24 pide ayuda" in shown and "Cabina 24 quiere" not in shown
    call = re.search(r'data-test="call-(dev_[0-9a-f]+)">Cabina 24 ', shown)
    assert call
    assert answer(desk, call[1]).headers["location"] == "/desk"


def test_at_home_the_offers_are_read_and_nobody_is_called(house: House) -> None:
    at_home = house.client(**HTML)
    told = at_home.get("/start").text

    assert 'data-test="offer-life_certificate"' in told
    assert 'data-test="start-life_certificate"' not in told
    assert at_home.post("/start/life_certificate").status_code == 404
    computer = opened(house, link_to(house, label="Cabina 25"))
    assert computer.post("/start/statement_in_investigation").status_code == 404
