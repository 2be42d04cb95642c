"""What one citizen is told at each turn of an act: the truth, and what to do."""

from dataclasses import replace

from api.pages.citizen.view import at_the_end, citizen_view, step_of
from api.pages.rendering import PageContext, render
from domain.events.people import ParticipantAdmitted, ParticipantDismissed
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from tests.pages.shown import looks
from tests.templates.samples import ANXO, Act, conciliation

LOOKS = {look.language: replace(look, role="citizen", at_office=True) for look in looks()}
ES = LOOKS["es"]


def held() -> Act:
    """A conciliation in session, both identified."""
    act = conciliation()
    act.events = act.events[: [type(event).__name__ for event, _ in act.events].index("DocumentWritten")]
    return act


def room(procedure: Procedure, look: PageContext = ES, step: str = "room") -> str:
    shown = citizen_view(procedure, procedure.participant(ANXO), step, look)
    return render(f"citizen_{step}.html", look, shown=shown, text_version="1", countdown=120, qr="", path="/x")


def test_whoever_is_sent_out_is_told_so_and_waits_to_be_let_in_again() -> None:
    act = held().then(ParticipantDismissed(participant=ANXO, reason="alboroto"))
    person = act.procedure.participant(ANXO)
    assert step_of(act.procedure, person, person.session or "") == "room"
    page = room(act.procedure)
    assert "Le han hecho salir de la sala" in page
    assert "Ha terminado" not in page
    assert 'data-countdown="' not in page
    assert 'data-room-open="no"' in page
    assert f'data-follow="/events?procedure={act.procedure.id}"' in page
    back = act.then(ParticipantAdmitted(participant=ANXO)).procedure
    assert 'data-room-open="yes"' in room(back)


def test_whoever_was_sent_out_has_finished_when_the_act_has() -> None:
    act = held().then(ParticipantDismissed(participant=ANXO, reason="alboroto"))
    sent_out = act.procedure.participant(ANXO)
    assert at_the_end(act.procedure.but(stage=Stage.CLOSED), sent_out)
    assert at_the_end(act.procedure.but(stage=Stage.SEALING), sent_out)


def test_an_act_that_was_called_off_says_why_at_the_end() -> None:
    off = held().procedure.but(stage=Stage.CANCELLED, cancelled_because="Desisten las dos partes.")
    assert "Motivo: Desisten las dos partes." in room(off, step="end")


def test_a_citizen_can_leave_from_every_step() -> None:
    for step in ("start", "warnings", "equipment", "room"):
        assert 'data-test="leave-now"' in room(held().procedure, step=step), step
