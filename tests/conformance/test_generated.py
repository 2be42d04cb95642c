"""The client of the kit is the one that the description of the interface makes."""

import json

from conformance.generator import FOLDER, made
from tests.architecture.tracked import PROJECT


def test_the_client_is_as_the_description_has_it() -> None:
    """After a change on purpose: `python -m conformance.generator docs/openapi.json`."""
    whole = json.loads((PROJECT / "docs" / "openapi.json").read_text("utf-8"))

    for name, content in made(whole).items():
        assert (FOLDER / name).read_text("utf-8") == content, name
