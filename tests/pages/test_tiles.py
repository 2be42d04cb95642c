"""The pictures of people in the room, with the longest names and roles that there are: a face is never written over."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.conftest import PaintedPages
from tests.pages.floor import asking_for_floor
from tests.pages.shown import busy, looks, of_procedure

LOOK = next(look for look in looks() if look.language == "es")
NAME = "María del Carmen Fernández-Valdivieso de la Encarnación y Bermúdez de Castro"
ROLE = "Letrada o letrado de la Administración de Justicia"
DRAW = """async ([name, role]) => {
  const { RoomTiles } = await import("/static/js/room-tiles.js");
  const room = Object.assign(new EventTarget(), {
    local: { stream: null, audio: false, video: false },
    participants: ["p1", "p2", "p3"].map((participant) => ({ participant, role: "clerk", label: name, video: true })),
  });
  const tiles = new RoomTiles();
  document.querySelector("#video").prepend(tiles);
  tiles.attach(room, { self: "Usted", microphoneOff: "sin micrófono", cameraOff: "x", roles: { clerk: role } });
  return [...tiles.querySelectorAll('.room-tile[data-video="on"]')].map((tile) => {
    const [picture, caption, first] = [tile, tile.querySelector("figcaption"), tile.querySelector(".room-tile__name")]
      .map((one) => one.getBoundingClientRect());
    return { part: caption.height / picture.height, first: first.top >= picture.top, title: tile.title,
      inside: caption.left >= picture.left && caption.right <= picture.right + 1 };
  });
}"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (320, 640)])
@pytest.mark.parametrize("name", ["procedure", "citizen-room"])
def test_a_long_name_or_role_hides_no_face(
    painted: PaintedPages, tab: Page, name: str, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    act = busy()
    tab.goto(painted.put(f"tiles-{name}", dict(of_procedure(act, act.procedure, len(act.events), LOOK))[name]))
    tiles: list[dict[str, Any]] = tab.evaluate(DRAW, [NAME, ROLE])
    assert len(tiles) == 3
    # Whoever sends no picture has no face to hide. Above two lines the face is seen, and pointing tells the whole name.
    assert [one for one in tiles if one["part"] > 0.66 or not one["first"] or not one["inside"]] == []
    assert sum(one["title"] == f"{NAME} · {ROLE}" for one in tiles) == 3


LARGE = """async () => {
  const { RoomTiles } = await import("/static/js/room-tiles.js");
  const participants = ["p1", "p2", "p3"].map((label) => ({ participant: label, role: "", label, video: true }));
  const room = Object.assign(new EventTarget(), { local: { stream: null, audio: false, video: false }, participants });
  const tiles = new RoomTiles();
  document.querySelector("#video").prepend(tiles);
  tiles.attach(room, {});
  const speaks = (participant) => room.dispatchEvent(new CustomEvent("speaker", { detail: { participant } }));
  const large = () => [...tiles.querySelectorAll(".room-tile--speaker")].map((tile) => tile.dataset.participant).join();
  const seen = [];
  speaks("p3"); seen.push(large());
  tiles.spotlight("p2"); seen.push(large());
  speaks("p1"); seen.push(large());
  room.participants = participants.filter(({ participant }) => participant !== "p2");
  room.dispatchEvent(new CustomEvent("participants")); seen.push(large());
  room.participants = participants;
  room.dispatchEvent(new CustomEvent("participants")); seen.push(large());
  tiles.spotlight(""); seen.push(large());
  return seen;
}"""


def test_whoever_has_the_floor_is_large_whoever_makes_a_noise(painted: PaintedPages, tab: Page) -> None:
    act = asking_for_floor()
    page = dict(of_procedure(act, act.procedure, len(act.events), LOOK))["procedure"]
    assert 'data-spotlit="p1"' in page
    tab.goto(painted.put("large", page))
    assert tab.evaluate(LARGE) == ["p3", "p2", "p2", "p1", "p2", "p1"]
