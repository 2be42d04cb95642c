"""The words of the verifier, in one file a language. Codes are data; a sentence is only made when one is
shown."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evidence.findings import Finding
from evidence.plain import plain

__all__ = ["LANGUAGES", "Texts", "load_texts", "shown"]

LANGUAGES: Final = ("es", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue of one language."""

    language: str
    checks: Mapping[str, str]
    findings: Mapping[str, str]
    report: Mapping[str, str]
    weight: Mapping[str, str]
    account: Mapping[str, str]
    not_proven: Mapping[str, str]
    paper: Mapping[str, str]
    lone: Mapping[str, str]


def shown(finding: Finding) -> dict[str, str | int]:
    """The parameters of a finding as they may be shown."""
    return {key: plain(value) if isinstance(value, str) else value for key, value in finding.parameters.items()}


@cache
def load_texts(language: str) -> Texts:
    """The catalogue of one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(language)
    source = Path(__file__).with_name(f"{language}.toml").read_text("utf-8")
    catalogue = tomllib.loads(source)
    return Texts(language, **catalogue)
