"""The mechanisms of identification: one folder each, found by its `mechanism.yaml`, opened by its `open_mechanism`.

A new mechanism is a folder here, or in a folder of one's own, and nothing else. See `docs/identity.md`.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from adapters.identity.tools import Tools
from domain.errors import PersonMustAct
from domain.ports.identity import IdentityMechanism

SHIPPED = Path(__file__).parent


def open_mechanisms(tools: Tools, *more: Path) -> dict[str, IdentityMechanism]:
    """Every mechanism of this folder and of `more`, by its code, which is the name of its folder."""
    return {place.name: _open(place, tools) for folder in (SHIPPED, *more) for place in _places(folder)}


def _places(folder: Path) -> Iterator[Path]:
    return (declared.parent for declared in sorted(folder.glob("*/mechanism.yaml")))


def _open(place: Path, tools: Tools) -> IdentityMechanism:
    spec = importlib.util.spec_from_file_location(f"adapters.identity.{place.name}", place / "__init__.py")
    if spec is None or spec.loader is None:
        raise PersonMustAct("mechanism_without_code", mechanism=place.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(IdentityMechanism, module.open_mechanism(tools))
