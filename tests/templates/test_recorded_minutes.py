"""What the minutes say of a recording: that it is the minutes, that it stands beside them, or that it failed."""

from datetime import timedelta

import pytest

from domain.events.recording import RecordingFailed, RecordingKept, RecordingStarted, RecordingStopped
from domain.ids import Sha256
from domain.procedure.documents import DocumentRef
from domain.procedure.minutes import WrittenDocument
from templates.minutes import draft_minutes
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, Act

FINGERPRINT = Sha256("5e" * 32)
MANIFEST = DocumentRef(key="k", version_id="1", sha256=FINGERPRINT, size=9, media_type="application/json")


def recorded(act: Act, *, lost: float = 0.0) -> Act:
    """A part with a recess, another to the end, and their manifest."""
    for part, because in ((1, "recess"), (2, "closed")):
        began = act.at
        act.then(RecordingStarted(part=part, began_at=began))
        ended = {"ended_at": began + timedelta(minutes=10), "lines": 4 * part, "head": Sha256("ab" * 32)}
        act.then(RecordingStopped(part=part, because=because, lost=lost, **ended))  # type: ignore[arg-type]
    return act.then(RecordingKept(manifest=MANIFEST))


def draft(act: Act, language: str = "es") -> WrittenDocument:
    return draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)


def said(document: WrittenDocument) -> str:
    return document.model_dump_json().replace(" ", " ")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_hearing_that_was_recorded_whole_has_a_short_record(language: str) -> None:
    """Law: LEC art. 146.2, the recording is the minutes; what is signed is what fixes it."""
    document = draft(recorded(samples.hearing()), language)
    ids = {block.id for block in document.blocks}
    assert (
        document.title
        == {"es": "Acta sucinta de la vista grabada", "en": "Short record of the recorded hearing"}[language]
    )
    assert "5e5e5e5e5e5e5e5e 5e5e5e5e5e5e5e5e" in said(document), "what the clerk signs does not fix the recording"
    assert "recording-parts" in ids and "contents-table" not in ids
    assert "Vio el choque" not in said(document), "it is not written what can be seen and heard"
    assert not [mark for mark in ("{{", "Undefined", " .", " ,", "..") if mark in said(document)]


@pytest.mark.parametrize("failed", [True, False])
def test_a_recording_that_lacks_something_is_not_the_minutes(failed: bool) -> None:
    """Law: LEC art. 146.2, then the contents of the article are written one by one, and why."""
    act = recorded(samples.hearing(), lost=0.0 if failed else 95.0)
    if failed:
        act.then(RecordingFailed(part=3, reason="not_begun"))
    document = draft(act)
    assert document.title == "Acta de la vista"
    assert "contents-table" in {block.id for block in document.blocks}
    assert "Vio el choque" in said(document)
    assert ("No pudo grabarse todo el acto" if failed else "Faltan 1 min 35 s") in said(document)
    assert "constituye el acta" not in said(document)


def test_without_any_recording_the_minutes_are_written_as_before() -> None:
    document = draft(samples.hearing().then(RecordingFailed(part=1, reason="not_begun")))
    assert document.title == "Acta de la vista"
    assert "No se ha dispuesto de una grabación con las garantías que exige la ley" in said(document)


def test_a_conciliation_and_a_certificate_that_were_recorded_say_so() -> None:
    """Where the minutes are written in any case, the recording stands beside them."""
    conciliation = said(draft(recorded(samples.conciliation())))
    assert "El acto se grabó" in conciliation and "El acto no se ha grabado" not in conciliation
    assert "La comparecencia se ha grabado" in said(draft(recorded(samples.life_certificate())))
