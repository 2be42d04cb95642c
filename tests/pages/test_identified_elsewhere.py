"""The pages with which somebody goes to a provider of identity and comes back, and the offer to do so."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from api.http.problems import problem_text
from api.pages.citizen.view import citizen_view
from api.pages.problem import PROBLEM_HEADERS
from api.pages.procedure.people_view import person_view
from api.pages.rendering import PageContext, render
from domain.errors import Refusal
from domain.events import fold
from domain.events.identity import IdentificationBegun, IdentityConfirmed
from domain.ids import ParticipantId, ProcedureId
from domain.ports.exchanges import Exchange
from domain.procedure.people import Identification
from domain.procedure.state import Procedure
from domain.refusals.identity import PROVIDER_ASSURANCE_LOW
from domain.types.vocabulary import Assurance
from procedure_types import load_mechanisms
from tests.pages.conftest import PaintedPages
from tests.pages.shown import AT
from tests.pages.test_accessibility import LOOKS, breaches
from tests.templates.samples import Act, conciliation

RECEIPT = "r" * 43
EXCHANGE = Exchange(
    reference="idn_1", procedure=ProcedureId("prc_1"), participant=ParticipantId("p1"), message="_1",
    address="https://provider.example/sso", fields={"SAMLRequest": "x", "RelayState": "y"},
    expires_at=AT + timedelta(minutes=5),
)  # fmt: skip


def offering(act: Act, until: str) -> Procedure:
    """The act before its first event of that name, of a type in which Cl@ve may be chosen for the code."""
    names = [type(event).__name__ for event, _ in act.events]
    state = fold(act.events[: names.index(until)])
    kind, known = state.type.procedure, load_mechanisms()
    policy = kind.identity.but(methods=("pin_to_mobile",), instead={"pin_to_mobile": ("clave",)})
    mechanisms = {code: known[code] for code in policy.named}
    return state.but(type=state.type.but(procedure=kind.but(identity=policy), mechanisms=mechanisms))


def begun(state: Procedure) -> Procedure:
    person = state.citizens[0]
    under_way = Identification(mechanism="clave", reference="idn_1", expires_at=AT)
    return state.with_participant(person.but(identity=person.identity.but(begun=under_way)))


def room(state: Procedure, context: PageContext) -> str:
    view = citizen_view(state, state.citizens[0], "room", context, AT)
    return render("citizen_room.html", context, shown=view, text_version="1", countdown=1, qr="", path="/citizen/room")


def pages(context: PageContext) -> Iterator[tuple[str, str]]:
    there: dict[str, Any] = {"name": "Cl@ve", "exchange": EXCHANGE, "receipt": RECEIPT, "procedure": "prc_1"}
    there |= {"begun": Identification(mechanism="clave", reference="idn_1"), "field": "receipt", "finish": "Terminar"}
    for where in ("go", "back", "return"):
        yield where, render("elsewhere.html", context, where=where, path="/identity", **there)
    waiting, inside = (offering(conciliation(), name) for name in ("ParticipantAdmitted", "IdentityConfirmed"))
    yield "waiting", room(waiting, context)
    yield "inside", room(inside, context)
    yield "begun", room(begun(inside), context)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    # Nobody is sent away from the page that is looked at.
    page.route("**/js/elsewhere.js", lambda route: route.abort())
    yield page
    context.close()


@pytest.mark.parametrize("name_of_look", ["atlantia-es", "meseta-en"])
def test_axe_finds_nothing_and_nothing_is_too_wide(name_of_look: str, painted: PaintedPages, tab: Page) -> None:
    found: list[object] = []
    for name, html in pages(LOOKS[name_of_look]):
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(painted.put(f"{name_of_look}-{name}", html))
        found += [(name, *breach) for breach in breaches(tab)]
        tab.set_viewport_size({"width": 320, "height": 640})
        excess = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [(name, "too wide", excess)] if excess > 0 else []
    assert found == []


def test_whoever_waits_is_offered_it_and_whoever_is_inside_may_choose(painted: PaintedPages) -> None:
    shown = dict(pages(LOOKS["atlantia-es"]))
    assert 'data-test="begin-clave"' in shown["waiting"] and 'value="/identity/go"' in shown["waiting"]
    assert 'data-test="begin-identification"' in shown["inside"] and 'data-test="begin-clave"' in shown["inside"]
    assert 'data-test="go-elsewhere"' in shown["begun"] and "answer-receipt" not in shown["begun"]


def test_the_form_goes_to_the_provider_with_everything_that_it_asks_for() -> None:
    html = dict(pages(LOOKS["atlantia-es"]))["go"]
    assert 'action="https://provider.example/sso"' in html
    for name, value in EXCHANGE.fields.items():
        assert f'name="{name}" value="{value}"' in html


def test_staff_see_by_which_means_and_at_which_level() -> None:
    act, look = conciliation(), LOOKS["atlantia-es"]
    state = offering(act, "IdentityConfirmed")
    person = state.citizens[0]
    _, stamp = act.events[0]
    for event in (
        IdentificationBegun(participant=person.id, mechanism="clave", reference="idn_1"),
        IdentityConfirmed(participant=person.id, method="clave", assurance=Assurance.SUBSTANTIAL, reference="idn_1"),
    ):
        state = event.change(state, stamp)
    assert person_view(state, state.participant(person.id), look).identity_how == "Con Cl@ve. Nivel sustancial."


@pytest.mark.parametrize(("status", "spent"), [(422, True), (409, True), (500, False)])
def test_after_a_refusal_the_page_leads_back_and_offers_nothing_that_is_spent(
    status: int, spent: bool, painted: PaintedPages, browser: Browser
) -> None:
    look = LOOKS["atlantia-es"]
    told = problem_text(Refusal(PROVIDER_ASSURANCE_LOW), "es")
    refused = {"refusal": told, "field": "", "faults": [], "ours": False, "saved": None, "back": "/citizen"}
    html = render("problem.html", look, path="/", **refused)
    with closing(browser.new_page()) as page:
        page.route(
            "**/acts/complete-identification",
            lambda route: route.fulfill(status=status, body=html, content_type="text/html", headers=PROBLEM_HEADERS),
        )
        shown = dict(pages(look))
        painted.put("citizen/room", shown["begun"])
        page.goto(painted.put("return", shown["return"]))
        expect(page.locator("[data-test=problem-title]")).to_contain_text("nivel de seguridad más bajo")
        finish, back = page.locator("[data-test=finish-identification]"), page.locator("[data-test=back-to-room]")
        expect(finish).to_be_visible(visible=not spent)
        expect(back).to_be_visible(visible=spent)
        heading = "No ha terminado de identificarse" if spent else "Terminamos su identificación"
        expect(page.locator("h1:visible")).to_have_text(heading)
        if spent:
            back.click()
            page.wait_for_url("**/citizen/room*")
