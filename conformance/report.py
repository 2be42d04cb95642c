"""What a trial found: a line a check, in words of both languages and as JSON."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from conformance.connection import NoAnswer, Refused

Verdict = Literal["PASSED", "FAILED", "NOT_TRIED"]
LANGUAGES = ("es", "en")


class Wrong(Exception):
    """What a check found wrong: a code of the words, and what they name."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {name: str(value) for name, value in facts.items()}


class NotTried(Exception):
    """What a check needs is not there: a code of the words."""


@dataclass(frozen=True)
class Line:
    check: str
    verdict: Verdict
    why: str = ""
    """A code of the words; empty where it passed."""
    facts: dict[str, str] = field(default_factory=dict)


Check = Callable[[], None]
"""Raises `Wrong` and `NotTried`."""


def tried(checks: Sequence[tuple[str, Check]]) -> Iterator[Line]:
    """Each in its turn; none of them ends the trial."""
    for name, check in checks:
        try:
            check()
        except Wrong as wrong:
            yield Line(name, "FAILED", wrong.code, wrong.facts)
        except NotTried as reason:
            yield Line(name, "NOT_TRIED", str(reason))
        except NoAnswer as trouble:
            yield Line(name, "FAILED", "no_answer", {"trouble": str(trouble)})
        except Refused as refusal:
            yield Line(name, "FAILED", "refused", {"trouble": str(refusal)})
        except (KeyError, TypeError, ValueError) as trouble:
            yield Line(name, "FAILED", "unreadable", {"trouble": repr(trouble)})
        else:
            yield Line(name, "PASSED")


def words(language: str) -> dict[str, dict[str, str]]:
    """`titles` of checks, `wrong` things, what was `not_tried`, and `said` of the whole."""
    found: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / f"{language}.json").read_text("utf-8"))
    return found


def verdict_of(lines: Sequence[Line]) -> Verdict:
    """FAILED where one failed, NOT_TRIED where something was left out, else PASSED."""
    found = {line.verdict for line in lines}
    return "FAILED" if "FAILED" in found else "NOT_TRIED" if "NOT_TRIED" in found or not found else "PASSED"


def as_text(line: Line, language: str) -> str:
    known = words(language)
    text = f"{known['said'][line.verdict]:10} {known['titles'][line.check]}"
    why = explained(line, language)
    return f"{text}\n           {why}" if why else text


def explained(line: Line, language: str) -> str:
    if not line.why:
        return ""
    known = words(language)["not_tried" if line.verdict == "NOT_TRIED" else "wrong"]
    return known[line.why].format(**line.facts)


def summary(lines: Sequence[Line], language: str) -> str:
    counts = {kind: sum(line.verdict == kind for line in lines) for kind in ("PASSED", "FAILED", "NOT_TRIED")}
    return words(language)["said"][f"all_{verdict_of(lines)}"].format(**counts)


def as_json(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "verdict": verdict_of(lines),
        "checks": [
            {
                "check": line.check,
                "verdict": line.verdict,
                "why": line.why or None,
                "facts": line.facts,
                **{language: explained(line, language) or None for language in LANGUAGES},
            }
            for line in lines
        ],
    }
