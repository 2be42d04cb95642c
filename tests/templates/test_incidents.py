"""Which stops and gaps the minutes tell, and what each is held responsible for."""

from domain.events.identity import IdentityLapsed, IdentityWaived
from domain.events.people import ConnectionLost, ParticipantJoined
from templates.incidents import incidents
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
