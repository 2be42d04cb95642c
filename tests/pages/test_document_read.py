"""A document that is read: its holder is told which side to show, and whoever holds the act what does not fit."""

import re

from domain.events.identity import IdentificationBegun, PoseTaken
from tests.pages.identifying_with_advice import identifying_by_reading
from tests.pages.shown import looks, of_procedure
from tests.templates.samples import Act

LOOK = next(look for look in looks() if look.language == "es")


def page(act: Act, name: str) -> str:
    pages = dict(of_procedure(act, act.procedure, len(act.events), LOOK))
    return re.sub(r"\s+", " ", pages[name])


def up_to(last: type) -> Act:
    act = identifying_by_reading()
    kinds = [type(event) for event, _ in act.events]
    act.events = act.events[: kinds.index(last) + 1]
    return act


def test_the_person_reads_which_side_to_show_and_how_many_there_are() -> None:
    first, second = page(up_to(IdentificationBegun), "citizen-room"), page(up_to(PoseTaken), "citizen-room")
    assert 'data-pose="photograph"' in first and "la cara del documento que lleva su fotografía" in first
    assert 'data-pose="zone"' in second and "las líneas con letras" in second
    assert "data-pose" not in page(identifying_by_reading(), "citizen-room")


def test_whoever_holds_the_act_reads_every_doubt_and_may_look_with_their_eyes_alone() -> None:
    act = identifying_by_reading()
    shown, person = page(act, "procedure"), act.procedure.citizens[0].id
    assert 'data-band="look_closely"' in shown
    for doubt in ("El número no es el de la citación.", "El documento está caducado"):
        assert f"<li>{doubt}" in shown
    assert f'data-test="begin-id_document_frame-{person}"' in shown
    assert f'data-test="begin-face_against_document-{person}"' not in shown, "the person alone says yes to that"


def test_the_person_is_not_told_what_the_program_sees() -> None:
    assert "El número no es el de la citación" not in page(identifying_by_reading(), "citizen-room")
