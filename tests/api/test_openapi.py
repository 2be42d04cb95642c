"""The interface is a promise: its description is complete and changes only on purpose."""

import json
from pathlib import Path

from tests.api.people import House

FROZEN = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_description_is_the_frozen_one(house: House) -> None:
    """When this fails on purpose: `python -m api openapi > docs/openapi.json`, and read the difference."""
    assert house.client().get("/api/v1/openapi.json").json() == json.loads(FROZEN.read_text())


def test_every_operation_is_named_verb_first_grouped_and_summed_up() -> None:
    described = json.loads(FROZEN.read_text())
    names = []
    for path in described["paths"].values():
        for method, operation in path.items():
            names.append(operation["operationId"])
            assert operation["tags"], operation
            assert operation["summary"], operation
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            if method == "post":
                assert any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                assert _example(described, operation), operation["operationId"]
    assert len(names) == len(set(names))
    assert all(name[0].islower() and name.isalpha() for name in names)


def _example(described: dict, operation: dict) -> object:  # type: ignore[type-arg]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    named = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return "example" in named
