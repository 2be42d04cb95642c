"""What the office saw of the place stands in minutes and timeline; who accompanies a protected person does not."""

import pytest

from domain.actions.secure_place import SecurePlaceChecked
from domain.procedure.secure_place import Company
from templates.minutes import draft_minutes
from templates.secure_place import seen_there
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.templates.samples import ADMINISTRATION, MARTA, Act, conciliation

SEEN = SecurePlaceChecked(
    participant=MARTA, acts_freely=True, company=Company.ACCOMPANIED, others="Rosa Lema, su hermana", private_talk=True
)


def held() -> Act:
    return conciliation().then(SEEN, actor="acc_office", role="office")


def told(act: Act, language: str) -> str:
    return draft_minutes(act.procedure, ADMINISTRATION, act.journal, language).model_dump_json()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("El personal de la oficina comprobó el lugar a las ", "en la sala hay además: Rosa Lema, su hermana")),
        ("en", ("The staff of the office checked the place at ", "also in the room: Rosa Lema, su hermana")),
    ],
)
def test_the_minutes_say_what_the_office_saw_and_say_it_once(language: str, words: tuple[str, str]) -> None:
    minutes = told(held(), language)

    assert all(minutes.count(one) == 1 for one in words)


def test_what_was_said_before_the_checklist_is_not_said_beside_it() -> None:
    pressed = SEEN.model_copy(update={"acts_freely": False})
    procedure = conciliation().then(SEEN).then(pressed).procedure

    assert procedure.participant(MARTA).autonomy_attested_by is None
    assert "NO actúa con libertad" in told(conciliation().then(SEEN).then(pressed), "es")


def test_the_timeline_tells_it() -> None:
    act = held()
    said = timeline_sentence(
        "secure_place_checked", SEEN.model_dump(mode="json"), act.procedure, Words("es", "Europe/Madrid")
    )

    assert said.startswith("La oficina comprueba el lugar de Marta")
    assert said.endswith("puede hablar en reservado con su abogado o abogada")


def test_who_accompanies_somebody_whose_name_is_kept_is_not_told() -> None:
    said = seen_there(
        acts_freely=True, company=Company.ACCOMPANIED, others="Rosa Lema", private_talk=False, hidden=True,
        language="en",
    )  # fmt: skip

    assert said == "they act freely; other people are in the room; they can NOT talk to their lawyer in private"
