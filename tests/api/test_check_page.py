"""Equipment and connection are tried by anybody, without a session, and nothing is kept of it."""

from tests.api.people import House


def test_anybody_may_try_their_equipment_before_the_day(house: House) -> None:
    stranger = house.client()
    page = stranger.get("/check")
    assert page.status_code == 200
    assert "data-mirror" in page.text and "check.js" in page.text
    echo = stranger.get("/check/echo")
    assert (echo.status_code, echo.content, echo.headers["cache-control"]) == (204, b"", "no-store")
    assert "set-cookie" not in echo.headers
