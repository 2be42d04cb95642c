"""The interface is a promise: its description is complete and changes only on purpose."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.api.people import House

FROZEN = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_description_is_the_frozen_one(house: House) -> None:
    """When this fails on purpose: `python -m api openapi > docs/openapi.json`, and read the difference."""
    assert house.client().get("/api/v1/openapi.json").json() == json.loads(FROZEN.read_text())


MADE_LATER = {"askForVideo"}
"""What is only begun when it is answered; 202 elsewhere tells that the engine is slow."""


def test_every_operation_is_named_verb_first_grouped_and_summed_up() -> None:
    described = json.loads(FROZEN.read_text())
    names = []
    for path in described["paths"].values():
        for method, operation in path.items():
            names.append(operation["operationId"])
            assert operation["tags"], operation
            assert operation["summary"], operation
            done = {"202"} if operation["operationId"] in MADE_LATER else {"200", "201", "204"}
            assert done & operation["responses"].keys()
            assert {"401", "422", "503"} <= operation["responses"].keys()
            assert "default" not in operation["responses"]
            assert "security" in operation
            if method == "post" and operation["operationId"] != "issueToken":
                assert any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                assert _example(described, operation), operation["operationId"]
    assert len(names) == len(set(names))
    assert all(name[0].islower() and name.isalpha() for name in names)


def _example(described: dict, operation: dict) -> object:  # type: ignore[type-arg]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    named = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return "example" in named


def test_no_request_may_hold_a_key_that_we_do_not_know() -> None:
    """However deep: a misspelt key is answered, never ignored. Answers may grow, so they promise no such thing."""
    described = json.loads(FROZEN.read_text())
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    asked = [operation["requestBody"]["content"] for operation in operations if "requestBody" in operation]
    bodies = {name for content in asked for name in named_in(content.get("application/json", {}), described)}

    assert {"RequestProcedure", "RequestedPerson", "AdmitParticipant"} <= bodies
    assert [name for name in bodies if described["components"]["schemas"][name].get("additionalProperties", True)] == []


def named_in(schema: object, described: dict[str, Any]) -> set[str]:
    """Names of every object that `schema` refers to, directly or not."""
    if isinstance(schema, list):
        return {name for inner in schema for name in named_in(inner, described)}
    if not isinstance(schema, dict):
        return set()
    found = {name for inner in schema.values() for name in named_in(inner, described)}
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        known = described["components"]["schemas"][name]
        return found | ({name} if known["type"] == "object" else set()) | named_in(known, described)
    return found


def test_each_operation_says_how_whoever_may_ask_shows_that_it_is_they() -> None:
    described = json.loads(FROZEN.read_text())
    said = {op["operationId"]: op["security"] for path in described["paths"].values() for op in path.values()}
    assert said["signIn"] == said["readHealth"] == []
    assert said["listProcedures"] == [{"session": []}]
    assert said["readStatus"] == [{"session": []}, {"apiKey": []}, {"accessToken": ["procedures"]}]
    assert said["downloadBundle"] == [{"session": []}, {"apiKey": []}, {"accessToken": ["evidence"]}]
    assert said["openRoom"] == [{"session": [], "csrf": []}]
    assert said["requestProcedure"] == [{"session": [], "csrf": []}, {"apiKey": []}, {"accessToken": ["procedures"]}]
    assert {name for ways in said.values() for way in ways for name in way} == set(
        described["components"]["securitySchemes"]
    )


def test_every_text_that_may_be_sent_says_which_signs_it_may_not_hold() -> None:
    """Otherwise a request that is good by its description is refused: `text_unreadable`."""
    described = json.loads(FROZEN.read_text())
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    sent = [told for one in operations for told in (one.get("requestBody"), *one.get("parameters", [])) if told]
    names = named_in(sent, described)
    texts = list(texts_in([*sent, *(described["components"]["schemas"][name] for name in names)]))
    assert len(texts) > 100
    for text in texts:
        assert not re.search(text["pattern"], "a\0b") and not re.search(text["pattern"], "a\u202eb"), text
    assert any(re.search(text["pattern"], "Una línea.\nOtra.") for text in texts)


def texts_in(schema: object) -> Iterator[dict[str, Any]]:
    """Those whose form nothing else fixes."""
    if isinstance(schema, list):
        for inner in schema:
            yield from texts_in(inner)
    elif isinstance(schema, dict):
        free = schema.get("type") == "string" and not schema.keys() & {"enum", "const"}
        if free and schema.get("format") in (None, "password"):
            yield schema
        for name, inner in schema.items():
            if name not in ("example", "examples", "default"):
                yield from texts_in(inner)


def test_an_address_tells_every_method_that_it_knows(house: House) -> None:
    described = json.loads(FROZEN.read_text())
    for path, operations in described["paths"].items():
        known = {method.upper() for method in operations}
        answer = house.client().request("PATCH", path.replace("{", "").replace("}", ""))
        assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, known), path


def test_every_number_in_an_address_has_an_end() -> None:
    """A number that the database cannot hold would be an error of ours."""
    described = json.loads(FROZEN.read_text())
    for path in described["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                schema = parameter["schema"]
                assert schema.get("type") != "integer" or "maximum" in schema, (operation["operationId"], parameter)
