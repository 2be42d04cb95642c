"""Acts that would be void from their booking on: before a wrong body, too soon, out of hours, with a minor from elsewhere.

Each is refused with its article and the way out; beside it stands what the law lets pass.
"""
# ruff: noqa: E501  (a table: one attempt a line)

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

import territories
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.languages import BASE_LANGUAGES
from domain.procedure.agenda import Declaration
from domain.procedure.people import Participant
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
    declared: Mapping[str, str] | None = MappingProxyType({})
    """Instead of what is plausible; None: nothing is declared."""
    besides: tuple[str, ...] = ()
    seated: StaffRole | None = None
    """Whose account the request names for the seat of whoever holds the act."""


def november(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=MADRID)


C, M = "conciliation", "mediation"
H, V, W = "oral_hearing_witness", "voluntary_jurisdiction_hearing", "apud_acta_power"
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
    Asked("a conciliation without saying on what", C, LATER, "declaration_needed", declared=None),
    Asked("a conciliation without saying between whom", C, LATER, "field_required", declared={"parties": ""}),
    Asked("a conciliation that concerns a minor", C, LATER, "matter_excluded", declared={"parties": "minor"}),
    Asked("a conciliation that concerns somebody with support measures", C, LATER, "matter_excluded", declared={"parties": "support_measures"}),
    Asked("a conciliation with a town council", C, LATER, "matter_excluded", declared={"parties": "public_body"}),
    Asked("a conciliation on the liability of a judge", C, LATER, "matter_excluded", declared={"matter": "judges_liability"}),
    Asked("a conciliation on what cannot be settled", C, LATER, "matter_excluded", declared={"matter": "not_disposable"}),
    Asked("a conciliation on what the section for violence hears", C, LATER, "matter_excluded", declared={"matter": "violence"}),
    Asked("a conciliation where the respondent does not live", C, LATER, "matter_excluded", declared={"domicile": "elsewhere"}),
    Asked("a conciliation where a company has a branch", C, LATER, PERMITTED, declared={"domicile": "branch"}),
    Asked("6,000 euros before the justice of the peace", C, LATER, "matter_excluded", declared={"amount": "6000.00"}),
    Asked("5,999.99 euros before the justice of the peace", C, LATER, PERMITTED, declared={"amount": "5999.99"}),
    Asked("6,000 euros before the court clerk", C, LATER, PERMITTED, body="court-ponte-nova", declared={"amount": "6000.00"}),
    Asked("5,999.99 euros before the court clerk", C, LATER, "matter_excluded", body="court-ponte-nova", declared={"amount": "5999.99"}),
    Asked("5,999.99 euros before the court clerk of a town without justice of the peace", C, LATER, PERMITTED, body="court-ponte-nova", declared={"amount": "5999.99", "domicile": "seat"}),
    Asked("a commercial matter before the justice of the peace", C, LATER, "matter_excluded", declared={"matter": "commercial", "amount": "300.00"}),
    Asked("a commercial matter before the court clerk", C, LATER, PERMITTED, body="court-ponte-nova", declared={"matter": "commercial", "amount": "300.00"}),
    Asked("a mediation", M, LATER, PERMITTED),
    Asked("a mediation on the effects of a divorce", M, LATER, PERMITTED, declared={"matter": "family_effects"}),
    Asked("a mediation without saying on what", M, LATER, "declaration_needed", declared=None),
    Asked("a mediation on a crime", M, LATER, "matter_excluded", declared={"matter": "criminal"}),
    Asked("a mediation with an administration", M, LATER, "matter_excluded", declared={"parties": "public_body"}),
    Asked("a mediation on work", M, LATER, "matter_excluded", declared={"matter": "labour"}),
    Asked("a mediation on an insolvency", M, LATER, "matter_excluded", declared={"matter": "insolvency"}),
    Asked("a mediation on who somebody's parents are", M, LATER, "matter_excluded", declared={"matter": "not_disposable"}),
    Asked("a mediation on what the section for violence hears", M, LATER, "matter_excluded", declared={"matter": "violence"}),
    Asked("an appearance on what a lawsuit is about", V, LATER, "matter_excluded", declared={"obstacle": "lawsuit"}),
    Asked("an appearance in the later of two equal cases", V, LATER, "matter_excluded", declared={"obstacle": "earlier_case"}),
    Asked("an appearance on what was decided for good", V, LATER, "matter_excluded", declared={"obstacle": "decided"}),
    Asked("a conciliation held as any other appearance", V, LATER, "matter_excluded", declared={"subject": "conciliation"}),
    Asked("support measures instead of which another support is chosen", V, LATER, "matter_excluded", declared={"subject": "support_measures", "obstacle": "alternative"}, besides=("prosecutor", "concerned"), office="court-ponte-nova"),
    Asked("support measures that are opposed", V, LATER, "matter_excluded", declared={"subject": "support_measures", "obstacle": "opposed"}, besides=("prosecutor", "concerned"), office="court-ponte-nova"),
    Asked("support measures without the prosecutor", V, LATER, "role_needed", declared={"subject": "support_measures"}, besides=("concerned",)),
    Asked("support measures without whoever they are for", V, LATER, "role_needed", declared={"subject": "support_measures"}, besides=("prosecutor",)),
    Asked("support measures with everybody", V, LATER, PERMITTED, declared={"subject": "support_measures"}, besides=("prosecutor", "concerned"), office="court-ponte-nova"),
    Asked("support measures with whoever they are for at a municipal office", V, LATER, "place_not_allowed", declared={"subject": "support_measures"}, besides=("prosecutor", "concerned")),
    Asked("support measures before a court clerk", V, LATER, "seat_reserved", declared={"subject": "support_measures"}, besides=("prosecutor", "concerned"), office="court-ponte-nova", seated=StaffRole.CLERK),
    Asked("support measures before a judge", V, LATER, PERMITTED, declared={"subject": "support_measures"}, besides=("prosecutor", "concerned"), office="court-ponte-nova", seated=StaffRole.OFFICIAL),
    Asked("another case before a court clerk", V, LATER, PERMITTED, seated=StaffRole.CLERK),
    Asked("what concerns a minor without the prosecutor", V, LATER, "role_needed", declared={"affects": "minor"}),
    Asked("what concerns civil status without the prosecutor", V, LATER, "role_needed", declared={"affects": "civil_status"}),
    Asked("what concerns a minor with the prosecutor", V, LATER, PERMITTED, declared={"affects": "minor"}, besides=("prosecutor",)),
    Asked("a conciliation on the tenth day after its admission", C, november(2), PERMITTED, declared={"admitted_on": "2026-10-19"}),
    Asked("a conciliation on the eleventh", C, november(3), "held_too_late", declared={"admitted_on": "2026-10-19"}),
    Asked("a conciliation too long after an earlier admission", C, november(2), "held_too_late", declared={"admitted_on": "2026-10-16"}),
    Asked("a conciliation that is admitted tomorrow", C, november(2), "admitted_later", declared={"admitted_on": "2026-10-20"}),
    Asked("a conciliation too late, as whoever directs it orders", C, november(3), "held_too_late", declared={"admitted_on": "2026-10-19"}, shortened=WHY),
    Asked("an appearance thirty working days after its admission", V, datetime(2026, 11, 30, 10, tzinfo=MADRID), PERMITTED, declared={"admitted_on": "2026-10-19"}),
    Asked("an appearance in two months", V, datetime(2026, 12, 17, 10, tzinfo=MADRID), "held_too_late", declared={"admitted_on": "2026-10-19"}),
)  # fmt: skip
WITHOUT_ARTICLE = {"body_not_competent", "field_required"}
"""Which bodies may hold an act is of its type, and so is the law that says so."""


def asked(line: Asked) -> ProcedureRequested:
    event = request(resolved(line.type), ATLANTIA, id=f"prc_{line.type}", scheduled_at=line.held, besides=line.besides)
    citizens = tuple(
        person.but(birth_date=line.birth, office=OfficeId(line.office))
        if person.office
        else _seated(person, line.seated)
        for person in event.participants
    )
    reasons = {"shortened_terms": line.shortened, "outside_working_time": line.out_of_hours}
    body = line.body or event.body
    kind = next(known.kind for known in ATLANTIA.bodies if known.id == body)
    return event.but(body=body, body_kind=kind, participants=citizens, declared=declared(event, line), **reasons)


def _seated(person: Participant, role: StaffRole | None) -> Participant:
    return person.but(account=AccountId("acc_host"), staff_roles=(role,)) if role else person


def declared(event: ProcedureRequested, line: Asked) -> Declaration | None:
    if event.declared is None or line.declared is None:
        return None
    values = {name: value for name, value in {**event.declared.values, **line.declared}.items() if value}
    return event.declared.but(values=values)


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
        assert told.title and told.next and (told.why or line.answer in WITHOUT_ARTICLE)
        words = (str(refusal.params["law"]),) if "law" in refusal.params else LAW[language]
        assert line.answer in WITHOUT_ARTICLE or any(word in told.why for word in words)


def test_there_are_many_attempts_each_with_what_is_lawful_beside_it() -> None:
    assert sum(line.answer != PERMITTED for line in ASKED) >= 20
    assert sum(line.answer == PERMITTED for line in ASKED) >= 8
