"""Whom the law has asked about whom, and by when they answer."""

from datetime import UTC, datetime

import pytest

from domain.languages import BASE_LANGUAGES
from domain.procedure.criminal_records import MEMBER_STATES, TCN, RecordPurpose
from domain.rules.criminal_records import authorities, message, request_of
from templates.texts import text
from tests.domain.registers import POINT, noted

ASKED = datetime(2026, 11, 26, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("nationalities", "asked"),
    [
        (("ES",), ("ES",)),
        (("PT",), ("ES", "PT")),
        (("ES", "PT", "PT", "FR"), ("ES", "PT", "FR")),
        (("MA",), ("ES", TCN)),
        (("PT", "BR"), ("ES", "PT", TCN)),
    ],
)
def test_who_is_asked_follows_from_nationality(nationalities: tuple[str, ...], asked: tuple[str, ...]) -> None:
    assert authorities(nationalities) == asked


def test_there_are_twenty_seven_member_states() -> None:
    assert len(MEMBER_STATES) == 27


@pytest.mark.parametrize(
    ("purpose", "due"),
    [
        # Sundays, Saturdays, 8 and 25 December do not count.
        (RecordPurpose.CRIMINAL_PROCEEDINGS, datetime(2026, 12, 12, tzinfo=UTC)),
        (RecordPurpose.OWN_RECORD, datetime(2026, 12, 29, tzinfo=UTC)),
    ],
)
def test_a_term_is_counted_in_working_days_after_the_day_of_asking(purpose: RecordPurpose, due: datetime) -> None:
    assert message(noted(), "cr1", "PT", purpose, ASKED).due_at == due


def test_what_is_asked_is_the_same_whenever_it_is_decided_again() -> None:
    procedure = noted(nationalities="el; pt", birth_country="el")
    request = request_of(procedure, procedure.item(POINT), ASKED)
    assert request == request_of(procedure, procedure.item(POINT), ASKED)
    assert [one.id for one in request.messages] == [f"{procedure.id}.cr1.{code}" for code in ("ES", "GR", "PT")]
    assert request.person.birth_country == "GR"


def test_the_point_offers_every_purpose_of_the_law_and_no_other() -> None:
    purpose = noted().type.item("A47").field("purpose")
    assert purpose is not None and list(purpose.options) == list(RecordPurpose)
    for language in BASE_LANGUAGES:
        said = [text(f"vocabulary.record_purpose.{one.value}", language) for one in RecordPurpose]
        assert said == [words.in_language(language) for words in purpose.options.values()]
