"""A type and an item type that nobody thought of, to be published in tests; and whoever publishes them."""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from tests.api.people import House, fresh
from tests.workflows.test_new_types import BOUNDARY, VISIT

WHY = "Lo piden los juzgados de paz de la comarca."


def own_types(version: int = 1, code: str | None = None) -> tuple[str, str, str]:
    """Text of an item type, text of a procedure type that uses it, and the id of that: each time other names."""
    code = code or f"Z{secrets.token_hex(3).upper()}"
    id = f"boundary_{code.lower()}"
    visit = VISIT.replace("Z01", code).replace("visit_to_the_boundary", f"visit_{code.lower()}")
    boundary = BOUNDARY.replace("Z01", code).replace("boundary_marking", id)
    return visit, boundary.replace("version: 1", f"version: {version}"), id


def uploaded(*texts: str) -> list[dict[str, str]]:
    return [{"name": f"{number}.yaml", "text": text} for number, text in enumerate(texts, start=1)]


def proposal(*texts: str, starts_on: date | None = None) -> dict[str, Any]:
    return {
        "definitions": uploaded(*texts),
        "approved_by": "Dirección General de Justicia",
        "approved_on": "2026-11-03",
        "document": "Resolución de 3 de noviembre de 2026",
        "starts_on": (starts_on or today()).isoformat(),
        "why": WHY,
    }


def today() -> date:
    return (datetime.now(UTC) + timedelta(hours=1)).date()


def proposed(client: httpx.Client, *texts: str, **more: Any) -> str:
    answer = client.post("/api/v1/type-publications", json=proposal(*texts, **more), headers=fresh())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def decided(client: httpx.Client, publication: str, what: str, **more: Any) -> httpx.Response:
    return client.post(f"/api/v1/type-publications/{publication}/{what}", json={"why": WHY, **more}, headers=fresh())


def published(house: House, by: str, second: str, *texts: str, **more: Any) -> str:
    """Proposed by one and approved by another."""
    id = proposed(house.staff(by), *texts, **more)
    answer = decided(house.staff(second), id, "approvals")
    assert answer.status_code == 201, answer.text
    return id
