"""Why an identification was stopped is told by the list of the order, and in the official's words besides."""

import pytest

from domain.events.identity import IdentityRejected
from domain.types.rejection import RejectionCause
from evidence.texts import load_texts
from templates.minutes import draft_minutes
from templates.texts import text
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.templates.samples import ADMINISTRATION, ANXO, conciliation

STOPPED = IdentityRejected(participant=ANXO, cause=RejectionCause.SEVERAL_DEVICES, reason="Se oye otra voz.")


def test_there_are_nine_causes() -> None:
    assert len(RejectionCause) == 9


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("cause", RejectionCause)
def test_each_cause_has_words_in_pages_and_reports(cause: RejectionCause, language: str) -> None:
    assert text(f"vocabulary.rejection_cause.{cause}", language)
    assert load_texts(language).account[f"cause_{cause}"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Motivo: se transmite desde más de un dispositivo; Se oye otra voz."),
        ("en", "Reason: more than one device is transmitting; Se oye otra voz."),
    ],
)
def test_minutes_and_timeline_tell_cause_and_words(language: str, words: str) -> None:
    act = conciliation().then(STOPPED)
    minutes = draft_minutes(act.procedure, ADMINISTRATION, act.journal, language).model_dump_json()
    content = STOPPED.model_dump(mode="json")
    line = timeline_sentence("identity_rejected", content, act.procedure, Words(language, "Europe/Madrid"))

    assert minutes.count(words) == 1
    assert line.endswith(words.partition(": ")[2].removesuffix("."))


def test_what_was_stopped_before_there_was_a_list_is_told_as_it_was() -> None:
    act = conciliation().then(IdentityRejected(participant=ANXO, reason="Está caducado"))

    assert "Motivo: Está caducado." in draft_minutes(act.procedure, ADMINISTRATION, act.journal, "es").model_dump_json()
