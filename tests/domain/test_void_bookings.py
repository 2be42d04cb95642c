"""Acts that would be void from their booking on: before a wrong body, too soon, out of hours, with a minor from elsewhere.

Each is refused with its article and the way out; beside it stands what the law lets pass.
"""
# ruff: noqa: E501  (a table: one attempt a line)

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

import territories
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.languages import BASE_LANGUAGES
from domain.rules.booking import may_be_booked
from domain.types.vocabulary import StaffRole
from rehearsal.casting import request
from templates.texts import refusal_text
from tests.domain.samples import resolved

ATLANTIA = territories.load()[AdministrationId("atlantia")]
MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 10, 19, 9, tzinfo=MADRID)
LATER = datetime(2026, 11, 25, 10, tzinfo=MADRID)
WHY = "Lo ordena quien dirige el acto: una de las partes viaja mañana."
LAW = {"es": ("art.", "arts.", "artículo"), "en": ("article", "articles")}

PERMITTED = ""


class Asked(NamedTuple):
    says: str
    type: str
    held: datetime
    answer: str
    body: str | None = None
    birth: str | None = "1961-04-09"
    office: str = "ojm-lira"
    shortened: str | None = None
    out_of_hours: str | None = None


def november(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=MADRID)


C, H, V, W = "conciliation", "oral_hearing_witness", "voluntary_jurisdiction_hearing", "apud_acta_power"
TOO_SOON = datetime(2026, 10, 21, 10, tzinfo=MADRID)
ASKED = (
    Asked("a conciliation", C, LATER, PERMITTED),
    Asked("a conciliation before a civil registry", C, LATER, "body_not_competent", body="civil-registry-ponte-nova"),
    Asked("a conciliation before the court", C, LATER, PERMITTED, body="court-ponte-nova"),
    Asked("a conciliation in two days", C, TOO_SOON, "summoned_too_late"),
    Asked("a conciliation in two days, as whoever directs it orders", C, TOO_SOON, PERMITTED, shortened=WHY),
    Asked("a conciliation on a Sunday", C, november(22), "outside_working_time"),
    Asked("a conciliation on a Sunday that is made good", C, november(22), PERMITTED, out_of_hours=WHY),
    Asked("a conciliation at nine in the evening", C, november(25, 21), "outside_working_time"),
    Asked("a conciliation in August", C, datetime(2027, 8, 18, 10, tzinfo=MADRID), "outside_working_time"),
    Asked("a conciliation at Christmas", C, datetime(2026, 12, 28, 10, tzinfo=MADRID), "outside_working_time"),
    Asked("a minor from a municipal office", C, LATER, "minor_from_elsewhere", birth="2012-01-01"),
    Asked("a minor from the court", C, LATER, PERMITTED, birth="2012-01-01", office="court-ponte-nova"),
    Asked("somebody who may be a minor", C, LATER, "birth_date_needed", birth=None),
    Asked("a power of attorney of a minor from a municipal office", W, LATER, "minor_from_elsewhere", birth="2012-01-01"),
    Asked("a power of attorney before the peace court", W, LATER, "body_not_competent", body="peace-court-lira"),
    Asked("a hearing in two days", H, TOO_SOON, "requested_too_late"),
    Asked("a hearing in two days, as whoever directs it orders", H, TOO_SOON, PERMITTED, shortened=WHY),
    Asked("an appearance in two weeks", V, november(3), "summoned_with_little_notice"),
    Asked("an appearance in two weeks, as whoever directs it orders", V, november(3), PERMITTED, shortened=WHY),
    Asked("an appearance before the mediation unit", V, LATER, "body_not_competent", body="adr-unit-ponte-nova"),
    Asked("a mediation before the court", "mediation", LATER, "body_not_competent", body="court-ponte-nova"),
    Asked("a birth declared before the peace court", "birth_declaration", LATER, "body_not_competent", body="peace-court-lira"),
    Asked("a proof of life before the peace court", "life_certificate", LATER, PERMITTED, body="peace-court-lira"),
    Asked("a marriage file before the court", "marriage_file_hearing", LATER, "body_not_competent", body="court-ponte-nova"),
    Asked("a marriage file with a minor from a municipal office", "marriage_file_hearing", LATER, "minor_from_elsewhere", birth="2012-01-01"),
    Asked("a ratification before the civil registry", "ratification", LATER, "body_not_competent", body="civil-registry-ponte-nova"),
    Asked("a certificate of the registry before the court", "register_certificate", LATER, "body_not_competent", body="court-ponte-nova"),
    Asked("legal aid decided by a court", "commission_session", LATER, "body_not_competent", body="court-ponte-nova"),
    Asked("a statement in an investigation before the peace court", "statement_in_investigation", LATER, "body_not_competent", body="peace-court-lira"),
    Asked("a statement in an investigation on a Sunday in August, at night", "statement_in_investigation", datetime(2027, 8, 15, 23, tzinfo=MADRID), PERMITTED),
    Asked("legal aid asked for before the peace court", "legal_aid_application", LATER, PERMITTED, body="peace-court-lira"),
)  # fmt: skip
WITHOUT_ARTICLE = {"body_not_competent"}
"""Which bodies may hold an act is of its type, and so is the law that says so."""


def asked(line: Asked) -> ProcedureRequested:
    event = request(resolved(line.type), ATLANTIA, id=f"prc_{line.type}", scheduled_at=line.held)
    citizens = tuple(
        person.but(birth_date=line.birth, office=OfficeId(line.office)) if person.office else person
        for person in event.participants
    )
    reasons = {"shortened_terms": line.shortened, "outside_working_time": line.out_of_hours}
    return event.but(body=line.body or event.body, participants=citizens, **reasons)


def whoever_directs(event: ProcedureRequested) -> Account:
    return Account(
        id=AccountId("acc_host"),
        administration=ATLANTIA.id,
        name="Iria Outeiro Barral",
        email="host@justicia.example",
        roles=(StaffRole.CLERK, StaffRole.OFFICIAL),
        body=event.body,
    )


def refused(line: Asked) -> Refusal | None:
    event = asked(line)
    try:
        may_be_booked(event, NOW, ATLANTIA, whoever_directs(event))
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize("line", ASKED, ids=lambda line: line.says)
def test_what_would_be_void_is_not_booked(line: Asked) -> None:
    refusal = refused(line)
    assert (refusal.code if refusal else PERMITTED) == line.answer
    for language in BASE_LANGUAGES if refusal else ():
        assert refusal is not None
        told = refusal_text(refusal, language)
        assert told.title and told.why and told.next
        assert line.answer in WITHOUT_ARTICLE or any(word in told.why for word in LAW[language])


def test_there_are_many_attempts_each_with_what_is_lawful_beside_it() -> None:
    assert sum(line.answer != PERMITTED for line in ASKED) >= 20
    assert sum(line.answer == PERMITTED for line in ASKED) >= 8
