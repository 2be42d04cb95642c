"""Trying camera, microphone and speaker before the room: each trouble in its own words, and another try."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.pages.conftest import PaintedPages
from tests.pages.test_citizen import held, room

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
