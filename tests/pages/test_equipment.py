"""Trying camera, microphone and speaker before the room: each trouble in its own words, and another try."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from api.pages.rendering import render
from tests.pages.conftest import PaintedPages
from tests.pages.shown import looks
from tests.pages.test_citizen import held, room

LOOK = next(look for look in looks() if look.language == "es")

CALLED = """Object.defineProperty(MediaStreamTrack.prototype, "label", { get: () => "%s" });"""
FAILING = """const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.broken = "%s";
navigator.mediaDevices.getUserMedia = (asked) => window.broken && asked.video
    ? Promise.reject(new DOMException("", window.broken)) : real(asked);"""


@pytest.fixture(scope="module")
def camera() -> Iterator[Browser]:
    fake = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=fake)
        yield browser
        browser.close()


def look(camera: Browser, painted: PaintedPages, broken: str = "") -> Page:
    tab = camera.new_page()
    if broken:
        tab.add_init_script(FAILING % broken)
    tab.goto(painted.put("equipment", room(held().procedure, step="equipment")))
    return tab


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("NotAllowedError", "Cámara: el navegador no tiene permiso"),
        ("NotFoundError", "Cámara: no se encuentra"),
        ("NotReadableError", "Cámara: otro programa está usando el aparato"),
    ],
)
def test_each_trouble_is_told_as_what_it_is_and_tried_again(
    camera: Browser, painted: PaintedPages, broken: str, said: str
) -> None:
    tab = look(camera, painted, broken)
    expect(tab.locator("[data-test=mirror-troubles] li")).to_have_count(1)
    expect(tab.locator("[data-test=mirror-troubles] li")).to_contain_text(said)
    expect(tab.locator("[data-test=equipment-good]")).to_have_text("Continuar así")
    tab.evaluate("window.broken = ''")
    tab.locator("[data-test=mirror-again]").click()
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("La cámara y el micrófono funcionan.")
    expect(tab.locator("[data-test=mirror-troubles]")).to_be_hidden()
    expect(tab.locator("[data-test=equipment-good]")).to_have_text("Me veo bien, continuar")
    tab.close()


def test_camera_and_microphone_are_chosen_and_kept_for_the_room(camera: Browser, painted: PaintedPages) -> None:
    tab = look(camera, painted)
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("La cámara y el micrófono funcionan.")
    tab.locator("[data-test=mirror-devices]").click()
    microphones = tab.locator("[data-test=device-audioinput]")
    chosen = microphones.locator("option").last.get_attribute("value")
    microphones.select_option(chosen)
    assert tab.evaluate("JSON.parse(sessionStorage.getItem('estrado-devices')).audioinput") == chosen
    expect(tab.locator("[data-test=mirror-sound]")).to_be_visible()
    tab.locator("[data-test=mirror-sound]").click()
    tab.close()


def test_one_hears_oneself_and_is_told_of_a_camera_that_is_a_program(camera: Browser, painted: PaintedPages) -> None:
    tab = look(camera, painted)
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("La cámara y el micrófono funcionan.")
    tab.locator("[data-test=mirror-echo]").click()
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("Hable ahora: le escuchamos tres segundos.")
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("Así se le oye.", timeout=8_000)
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("La cámara y el micrófono funcionan.", timeout=8_000)
    tab.close()
    tab = camera.new_page()
    tab.add_init_script(
        'Object.defineProperty(MediaStreamTrack.prototype, "label", { get: () => "OBS Virtual Camera" })'
    )
    tab.goto(painted.put("equipment", room(held().procedure, step="equipment")))
    expect(tab.locator("[data-test=mirror-troubles]")).to_contain_text("es un programa y no un aparato")
    tab.close()


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        (0, "La conexión es buena"),
        (400, "La conexión es regular"),
        (None, "La conexión es mala"),
    ],
)
def test_equipment_and_connection_are_tried_before_the_day_without_an_account(
    camera: Browser, painted: PaintedPages, delay: int | None, said: str
) -> None:
    tab = camera.new_page()

    def answer(route: Route) -> None:
        if delay is None:
            route.abort()
        else:
            tab.wait_for_timeout(delay)
            route.fulfill(status=204)

    tab.route("**/check/echo", answer)
    tab.goto(painted.put("check", render("check.html", LOOK, path="/check")))
    expect(tab.locator("[data-test=network]")).to_contain_text(said, timeout=20_000)
    expect(tab.locator("[data-test=mirror-state]")).to_have_text("La cámara y el micrófono funcionan.")
    expect(tab.locator("[data-test=equipment-good]")).to_have_count(0)
    tab.close()
