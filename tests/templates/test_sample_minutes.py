"""The minutes of every type that is held, beside a sample of them that somebody has read and approved.

After a change that is meant, `python -m tests.templates.test_sample_minutes` writes the samples anew; whoever reads the
difference approves it.
"""

from itertools import takewhile
from pathlib import Path

import pytest

import procedure_types
import territories
from domain.events.minutes import SessionClosed
from domain.ids import AdministrationId
from domain.languages import BASE_LANGUAGES
from domain.procedure.minutes import Block, Heading, Paragraph
from templates.minutes import ANNEX, draft_minutes
from tests.domain.held_types import ended
from tests.domain.samples import resolved, then

SAMPLES = Path(__file__).parent / "sample_minutes"
HELD = [id for id, kind in procedure_types.load().items() if kind.cooperation is None]


def drafted(type_id: str, language: str) -> str:
    """The act ends in the first of its ways, with every item held that it needs, and invented words; no annex."""
    kind = resolved(type_id).procedure
    outcome = next(iter(kind.outcomes))
    needed = {code: True for rule in kind.validity.of_outcome(outcome) for code in rule.done}
    procedure = then(ended(type_id, **needed), SessionClosed(outcome=outcome))
    document = draft_minutes(procedure, territories.load()[AdministrationId("atlantia")], (), language)
    lines = (
        document.title,
        document.body,
        document.reference,
        *map(_told, takewhile(lambda block: block.id != ANNEX, document.blocks)),
    )
    return "\n".join(line.rstrip() for text in lines for line in text.split("\n")) + "\n"


def _told(block: Block) -> str:
    if isinstance(block, Heading):
        return f"\n{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join((f"[{block.caption}]", " | ".join(block.header), *(" | ".join(row) for row in block.rows)))


def sample(type_id: str, language: str) -> Path:
    return SAMPLES / f"{type_id}.{language}.txt"


@pytest.mark.parametrize("language", BASE_LANGUAGES)
@pytest.mark.parametrize("type_id", HELD)
def test_the_minutes_are_those_that_were_approved(type_id: str, language: str) -> None:
    assert drafted(type_id, language) == sample(type_id, language).read_text("utf-8")


def test_there_is_no_sample_of_what_is_not_there() -> None:
    wanted = {sample(id, code).name for id in HELD for code in BASE_LANGUAGES}
    assert {path.name for path in SAMPLES.iterdir()} == wanted


if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    for id in HELD:
        for code in BASE_LANGUAGES:
            sample(id, code).write_text(drafted(id, code), "utf-8")
