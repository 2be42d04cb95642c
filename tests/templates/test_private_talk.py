"""That lawyer and client talked in private stands in the minutes: who, from when and until when."""

import pytest

from domain.events.minutes import SessionClosed
from domain.procedure.minutes import Paragraph
from templates.minutes import draft_minutes
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.templates.conferring import conferred, conferring
from tests.templates.samples import ADMINISTRATION, Act


def told(act: Act, language: str) -> str:
    act.then(SessionClosed(outcome="attempted"))
    draft = draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)
    return "\n".join(block.text for block in draft.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("language", "words"), [("es", "se entrevistó en reservado con"), ("en", "talked in private with")]
)
def test_the_minutes_tell_who_talked_in_private_from_when_until_when(language: str, words: str) -> None:
    act = conferred()
    opened, closed = (stamp.at for event, stamp in act.events if type(event).__name__.startswith("PrivateRoom"))
    (line,) = [line for line in told(act, language).splitlines() if words in line]
    said = Words(language, "Europe/Madrid")
    assert "Marta Lago Prieto" in line and "Sabela Otero Castro" in line
    assert (closed - opened).total_seconds() == 420
    assert said.clock(opened) in line and said.clock(closed) in line


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_timeline_names_both(language: str) -> None:
    act = conferring()
    entry = act.journal[-1]
    line = timeline_sentence(entry.type, entry.content, act.procedure, Words(language, "Europe/Madrid"))
    assert "Marta Lago Prieto" in line and "Sabela Otero Castro" in line and "{" not in line
