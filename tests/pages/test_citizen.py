"""What one citizen is told at each turn of an act: the truth, and what to do."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from api.pages.citizen.view import at_the_end, citizen_view, step_of
from api.pages.citizen.waiting import waiting_view
from api.pages.procedure.view import procedure_view
from api.pages.rendering import PageContext, render
from domain.events.people import ParticipantAdmitted, ParticipantDismissed
from domain.procedure.state import Procedure
from domain.types.vocabulary import RecordingPolicy, Stage
from tests.pages.shown import looks
from tests.templates.samples import ANXO, Act, conciliation, life_certificate, victim_appointment

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


def test_nobody_loses_the_room_nor_is_told_to_go_while_the_minutes_are_drafted() -> None:
    drafting = held().procedure.but(stage=Stage.DRAFTING)
    page = room(drafting)
    assert 'data-task="minutes_coming"' in page
    assert 'data-room-open="yes"' in page
    clerk = replace(ES, role="staff", at_office=False)
    assert procedure_view(drafting, 40, drafting.hosts[0], clerk, [], None, None).room_open


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


def waiting(at: datetime, opened: bool = False, language: str = "es") -> str:
    """ANXO has come and read the warnings; nobody has let him in."""
    act = conciliation()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("ParticipantAdmitted" if opened else "RoomOpened")]
    shown = citizen_view(act.procedure, act.procedure.participant(ANXO), "room", LOOKS[language], at)
    html = render("citizen_room.html", LOOKS[language], shown=shown, text_version="1", countdown=9, qr="", path="/x")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_whoever_waits_reads_the_hour_their_own_name_and_how_it_really_stands() -> None:
    due = conciliation().procedure.scheduled_at
    hour = ES.held_at(conciliation().procedure.office).words.clock(due)[:5]
    early, late = waiting(due - timedelta(minutes=10)), waiting(due + timedelta(minutes=10))
    for said in (early, late):
        assert "Anxo Ruiz Seoane" in said
        assert hour in said
        assert "Enseguida" not in said
    assert "no le darán paso antes de esa hora" in early
    assert "todavía no ha abierto la sala" in late
    assert "El acto ha empezado" in waiting(due, opened=True)
    assert "Su cita no es hoy" in waiting(due - timedelta(days=3))


def test_whoever_waits_reads_who_directs_who_else_waits_and_how_their_turn_comes() -> None:
    due = conciliation().procedure.scheduled_at
    before, after = waiting(due), waiting(due, opened=True)
    assert "La sala todavía no se ha abierto." in before and "La sala se abrió a las" in after
    host = conciliation().procedure.hosts[0]
    role = conciliation().procedure.role_of(host).titles.in_language("es")
    assert f"{role}: todavía no ha llegado" in before and host.name not in before
    for said in (before, after):
        assert "no siempre es por orden de llegada" in said
        assert "Marta Lago" not in said, "who else was summoned is told to nobody outside"
    assert "Espera también otra persona." in after
    assert "One other person is waiting too." in waiting(due, opened=True, language="en")


def test_whoever_waits_for_something_protected_learns_of_nobody_else() -> None:
    state = victim_appointment().procedure
    view = waiting_view(state, state.participants[0], ES)
    assert (view.directing, view.others) == ((), None)


def test_somebody_protected_is_not_named_on_the_screen() -> None:
    state = victim_appointment().procedure
    assert citizen_view(state, state.participants[0], "room", ES).who == ""


def test_nobody_is_asked_about_recording_while_nothing_is_recorded() -> None:
    state = life_certificate().procedure
    assert state.type.procedure.recording is RecordingPolicy.WITH_CONSENT
    shown = citizen_view(state, state.participants[0], "warnings", ES)
    html = render("citizen_warnings.html", ES, shown=shown, text_version="1", countdown=9, qr="", path="/x")
    assert 'name="given"' not in html
