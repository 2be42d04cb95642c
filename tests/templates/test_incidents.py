"""Which stops and gaps the minutes tell, and what each is held responsible for."""

import pytest

from domain.events.identity import IdentityLapsed, IdentityWaived
from domain.events.people import ConnectionLost, ParticipantJoined, ParticipantLeft, SeatTakenOver
from domain.procedure.minutes import Paragraph
from templates.incidents import incidents, short_gaps
from templates.minutes import draft_minutes
from templates.trail import Trail
from tests.templates import samples
from tests.templates.samples import ANXO


def test_a_short_gap_is_not_blamed_for_what_a_later_stop_of_the_act_made_lapse() -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(ConnectionLost(participant=ANXO), ParticipantJoined(participant=ANXO))
    act.then(
        IdentityLapsed(participant=ANXO, cause="power_cut"), IdentityWaived(participant=ANXO, reason="Known here.")
    )
    act.events.append(end)
    told = incidents(act.procedure, Trail(act.journal))
    assert "connection_lost" not in [incident.kind for incident in told]


def test_a_seat_taken_over_is_told_with_who_it_was_found_to_be() -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(
        SeatTakenOver(participant=ANXO, place="own_device"), IdentityWaived(participant=ANXO, reason="Known here.")
    )
    act.events.append(end)
    told = next(i for i in incidents(act.procedure, Trail(act.journal)) if i.kind == "seat_taken_over")
    assert (told.participant, told.note) == (ANXO, "own_device")
    assert told.reverified_at is not None
    assert len(told.events) == 2


def test_a_page_that_was_loaded_anew_is_no_cut_of_the_line() -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(ParticipantLeft(participant=ANXO), ParticipantJoined(participant=ANXO))
    act.then(ConnectionLost(participant=ANXO), ParticipantJoined(participant=ANXO))
    act.events.append(end)
    told = short_gaps(act.procedure, Trail(act.journal))
    assert [gap.kind for gap in told] == ["connection_lost"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "desde otra sesión, otro equipo u otro lugar (equipo propio). No se verificó de nuevo su identidad."),
        ("en", "at another computer or place (own device). Their identity was not verified again."),
    ],
)
def test_the_minutes_tell_a_seat_taken_over_in_the_language_of_the_act(language: str, words: str) -> None:
    act = samples.hearing()
    end = act.events.pop()
    act.then(SeatTakenOver(participant=ANXO, place="own_device"))
    act.events.append(end)
    written = draft_minutes(act.procedure, samples.ADMINISTRATION, act.journal, language)
    assert words in " ".join(block.text for block in written.blocks if isinstance(block, Paragraph))
