"""What pages say of closed microphones, to whoever holds the act and to whoever is not heard."""

from collections.abc import Callable

import pytest

from tests.pages.floor import asking_for_floor, muted, one_muted
from tests.pages.shown import looks, of_procedure
from tests.templates.samples import Act

LOOK = next(look for look in looks() if look.language == "es")


@pytest.mark.parametrize(
    ("story", "told", "not_told"),
    [
        (asking_for_floor, ("mute-p1", "mute-p2", "mute-everyone"), ("unmute-p2", "unmute-everyone", "mute-p3")),
        (one_muted, ("mute-p1", "unmute-p2", "mute-everyone"), ("mute-p2", "unmute-p1")),
        (muted, ("unmute-everyone", "everyone-muted"), ("mute-p1", "mute-p2", "unmute-p2", "mute-everyone")),
    ],
)
def test_whoever_holds_the_act_sees_whose_microphone_may_be_closed_or_opened(
    story: Callable[[], Act], told: tuple[str, ...], not_told: tuple[str, ...]
) -> None:
    act = story()
    page = dict(of_procedure(act, act.procedure, len(act.events), LOOK))["procedure"]
    assert [one for one in told if f'data-test="{one}"' not in page] == []
    assert [one for one in not_told if f'data-test="{one}"' in page] == []


def test_whoever_is_not_heard_is_told_and_whoever_has_the_floor_is_heard() -> None:
    act = muted()
    pages = [html for name, html in of_procedure(act, act.procedure, len(act.events), LOOK) if name == "citizen-room"]
    assert ['data-test="muted"' in page for page in pages] == [False, True]
