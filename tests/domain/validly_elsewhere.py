"""Table: the same of the other shipped types: a power, a mediation, a birth, a certificate of life, a victim."""
# ruff: noqa: E501  (a table: one attempt a line)

from typing import Any

from domain.commands import CloseSession, FillItem, OpenItem
from domain.events.agenda import ItemOpened
from domain.events.register_entries import RegisterEntryMade, RegisterEntryRefused
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes
from domain.rules.register_entries import entries_to_request
from rehearsal.plausible import plausible_values
from tests.domain.cases import PERMITTED, Case
from tests.domain.held_types import (
    asks,
    begun,
    cut_off,
    ended,
    item,
    leaves_out,
    never_came,
    refusing,
    shown,
    written,
)
from tests.domain.samples import in_session, then

OPEN, FILL, SKIP = agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item
CLOSE = minutes.may_close_session
P, M, B, L, V, H = (
    "apud_acta_power",
    "mediation",
    "birth_declaration",
    "life_certificate",
    "victim_appointment",
    "oral_hearing_witness",
)


def opens(type_id: str, code: str) -> OpenItem:
    return asks(OpenItem, type_id, code=code)  # type: ignore[return-value]


def ends(type_id: str, outcome: str) -> CloseSession:
    return asks(CloseSession, type_id, outcome=outcome)  # type: ignore[return-value]


ENTERED: dict[str, object] = {"A41": True}


def power(**words: object) -> Procedure:
    return written(ended(P, **words), "power", "A28")


def not_taken(**words: object) -> Procedure:
    """The register refuses to enter it."""
    procedure = power(**words)
    [asked] = entries_to_request(procedure)
    return then(procedure, asked, RegisterEntryRefused(id=asked.id, code="register_attorney"))


def reading_minutes() -> Procedure:
    """The item of the minutes is open, and nothing has been written."""
    return then(begun(P, "A28"), ItemOpened(item=item(P, "A39")))


DONE = asks(FillItem, P, code="A39", values={"manner": "aloud", "approved": True}, done=True)
POWER = [
    Case("a power before anybody is identified", lambda: in_session(P), OPEN, opens(P, "A28"), "item_too_early"),
    Case("a power", lambda: begun(P), OPEN, opens(P, "A28"), PERMITTED),
    Case("a power of somebody whose line is lost", lambda: cut_off(begun(P), "grantor"), OPEN, opens(P, "A28"), "presence_not_live"),
    Case("a power before a clerk who is cut off", lambda: cut_off(begun(P), "clerk"), OPEN, opens(P, "A28"), "presence_not_live"),
    Case("an entry in the register before there is a power", lambda: begun(P), OPEN, opens(P, "A41"), "item_too_early"),
    Case("an entry in the register after it", lambda: begun(P, "A28"), OPEN, opens(P, "A41"), PERMITTED),
    Case("a power without identification", lambda: in_session(P), SKIP, leaves_out(P, "A02"), "item_required"),
    Case("granted, and being entered", power, CLOSE, ends(P, "granted"), PERMITTED),
    Case("granted, and not entered", not_taken, CLOSE, ends(P, "granted"), "outcome_needs_item"),
    Case("granted, and entered by hand", lambda: not_taken(**ENTERED), CLOSE, ends(P, "granted"), PERMITTED),
    Case("granted, and not written", lambda: ended(P), CLOSE, ends(P, "granted"), "outcome_needs_document"),
    Case("granted, and not signed", lambda: refusing(written(ended(P), "power", "A28", signed=False)), CLOSE, ends(P, "granted"), "outcome_needs_signature"),
    Case("not granted, and entered", lambda: power(**ENTERED), CLOSE, ends(P, "not_granted"), "outcome_excludes_item"),
    Case("not granted", lambda: ended(P, "A28", "A41"), CLOSE, ends(P, "not_granted"), PERMITTED),
    Case("minutes approved, and never written", reading_minutes, FILL, DONE, "minutes_not_written"),
    Case("minutes approved, and not shown", lambda: written(reading_minutes(), "draft", "A39"), FILL, DONE, "minutes_not_shown"),
    Case("minutes approved once they are shown", lambda: shown(written(reading_minutes(), "draft", "A39")), FILL, DONE, PERMITTED),
]  # fmt: skip


def granting() -> Procedure:
    return then(begun(P), ItemOpened(item=item(P, "A28")))


def grants(**words: object) -> FillItem:
    values = power_values() | words
    return asks(FillItem, P, code="A28", values=values, done=True)  # type: ignore[return-value]


def power_values() -> dict[str, Any]:
    procedure = begun(P)
    point = procedure.item(item(P, "A28"))
    return plausible_values(procedure.type.item("A28"), procedure, point)


def attorney(**words: str) -> list[dict[str, str]]:
    return [power_values()["attorneys"][0] | words]


GRANTING = [
    Case("a power as the register wants it", granting, FILL, grants(), PERMITTED),
    Case("a power for more than five years", granting, FILL, grants(valid_until="2031-11-25"), "date_too_far_away"),
    Case("a power for five years", granting, FILL, grants(valid_until="2031-11-20"), PERMITTED),
    Case("a power that has run out", granting, FILL, grants(valid_until="2026-11-01"), "date_already_past"),
    Case("a power for one procedure, and nobody says for which", granting, FILL, grants(kind="one_procedure"), "field_required"),
    Case("a power for one procedure that is named", granting, FILL, grants(kind="one_procedure", which="Juicio verbal 31/2026"), PERMITTED),
    Case("a power to somebody whose identity number has a wrong letter", granting, FILL, grants(attorneys=attorney(id_number="99856680N")), "letter_does_not_fit"),
    Case("a power to somebody with a foreign document", granting, FILL, grants(attorneys=attorney(id_number="AB 123456")), PERMITTED),
    Case("a power to somebody without a number", granting, FILL, grants(attorneys=attorney(id_number="no consta")), "document_number_malformed"),
    Case("a power to a court agent without a number", granting, FILL, grants(attorneys=attorney(college_number="no consta")), "membership_number_malformed"),
    Case("a power to somebody without a phone", granting, FILL, grants(attorneys=attorney(phone="no tiene")), "phone_malformed"),
    Case("a power to somebody with half an address", granting, FILL, grants(attorneys=attorney(email="sara@")), "email_malformed"),
]  # fmt: skip


def opened_mediation(**words: object) -> Procedure:
    return written(begun(M, "A42", **words), "constitutive_record", "A42")


def mediated(*left_out: str, **words: object) -> Procedure:
    procedure = written(ended(M, *left_out, **words), "constitutive_record", "A42")
    procedure = written(procedure, "agreement", "A44") if "A44" in words else procedure
    return written(procedure, "final_record", "A45") if "A45" in words else procedure


BOTH: dict[str, object] = {"A44": True, "A45": True}
MEDIATION = [
    Case("an agreement before the opening session", lambda: begun(M), OPEN, opens(M, "A44"), "item_too_early"),
    Case("an opening session without the other party", lambda: never_came(begun(M), "respondent"), OPEN, opens(M, "A42"), "presence_missing"),
    Case("an agreement with a party cut off", lambda: cut_off(opened_mediation(), "respondent"), OPEN, opens(M, "A44"), "presence_not_live"),
    Case("an agreement with both there", opened_mediation, OPEN, opens(M, "A44"), PERMITTED),
    Case("a final record with a party cut off", lambda: cut_off(opened_mediation(), "applicant"), OPEN, opens(M, "A45"), "presence_not_live"),
    Case("a mediation with its mediator cut off", lambda: cut_off(begun(M), "mediator"), OPEN, opens(M, "A42"), "presence_not_live"),
    Case("mediated", lambda: mediated(**BOTH), CLOSE, ends(M, "agreement"), PERMITTED),
    Case("mediated without a final record", lambda: mediated(A44=True), CLOSE, ends(M, "agreement"), "outcome_needs_item"),
    Case("mediated without an agreement", lambda: mediated(A45=True), CLOSE, ends(M, "agreement"), "outcome_needs_item"),
    Case("without agreement, and there is one", lambda: mediated(**BOTH), CLOSE, ends(M, "no_agreement"), "outcome_excludes_item"),
    Case("without agreement, as a party ends it", mediated, CLOSE, ends(M, "no_agreement"), PERMITTED),
    Case("goes on another day, and is over", lambda: mediated(A45=True), CLOSE, ends(M, "continues"), "outcome_excludes_item"),
    Case("attempted, and they have met", mediated, CLOSE, ends(M, "attempted"), "outcome_excludes_item"),
    Case("attempted with nobody on the other side", lambda: never_came(ended(M, "A42", "A43"), "respondent"), CLOSE, ends(M, "attempted"), PERMITTED),
]  # fmt: skip


def declared(*left_out: str, **words: object) -> Procedure:
    return written(ended(B, *left_out, **words), "declaration", "A46")


def declares(**words: object) -> FillItem:
    procedure = begun(B)
    point = procedure.item(item(B, "A46"))
    values = plausible_values(procedure.type.item("A46"), procedure, point) | words
    return asks(FillItem, B, code="A46", values=values, done=True)  # type: ignore[return-value]


def declaring() -> Procedure:
    return then(begun(B), ItemOpened(item=item(B, "A46")))


def asked_for() -> Procedure:
    """The registry has been asked, and has not answered."""
    procedure = declared("A41")
    [asked] = entries_to_request(procedure)
    return then(procedure, asked)


def refused_entry() -> Procedure:
    procedure = asked_for()
    return then(procedure, RegisterEntryRefused(id=procedure.register_entries[0].id, code="register_name"))


def registered() -> Procedure:
    """Its number has come, and nobody has noted it."""
    procedure = asked_for()
    receipt = procedure.documents[-1].but(id="d9", code="register_receipt", signatures=())
    made = RegisterEntryMade(
        id=procedure.register_entries[0].id,
        register_name="Registro Civil",
        number="RC-2026-1",
        recorded_at=procedure.scheduled_at,
        receipt=receipt,
    )
    return then(procedure, made)


BIRTH = [
    Case("a birth", declaring, FILL, declares(), PERMITTED),
    Case("a birth of next month", declaring, FILL, declares(born_on="2026-12-20"), "date_still_to_come"),
    Case("a birth of ten days before, late", declaring, FILL, declares(born_on="2026-11-10", term="late"), "choice_follows"),
    Case("a birth of ten days before, in time", declaring, FILL, declares(born_on="2026-11-10", term="in_time"), PERMITTED),
    Case("a birth of two weeks before, as the registrar counts", declaring, FILL, declares(born_on="2026-11-06", term="in_time"), PERMITTED),
    Case("a birth of three months before, in time", declaring, FILL, declares(born_on="2026-08-20", term="in_time"), "choice_follows"),
    Case("a birth of three months before, late", declaring, FILL, declares(born_on="2026-08-20", term="late"), PERMITTED),
    Case("a name of three simple names", declaring, FILL, declares(name="José María Andrés"), "given_name_too_long"),
    Case("the name of a living sister", declaring, FILL, declares(name="Uxía", siblings=[{"name": "Uxía", "standing": "alive"}]), "repeated_in_rows"),
    Case("the name of a sister who died", declaring, FILL, declares(name="Uxía", siblings=[{"name": "Uxía", "standing": "deceased"}]), PERMITTED),
    Case("a name that the registrar does not admit, without saying why", declaring, FILL, declares(name_admitted="not_admitted"), "field_required"),
    Case("a birth of the day itself", declaring, FILL, declares(born_on="2026-11-20"), PERMITTED),
    Case("a parent whose identity number has a wrong letter", declaring, FILL, declares(parents=[{"name": "Uxía Rei", "id_number": "99856680N"}]), "letter_does_not_fit"),
    Case("a birth before anybody is identified", lambda: in_session(B), OPEN, opens(B, "A46"), "item_too_early"),
    Case("a birth declared by somebody cut off", lambda: cut_off(begun(B), "declarant"), OPEN, opens(B, "A46"), "presence_not_live"),
    Case("an entry before the declaration", lambda: begun(B), OPEN, opens(B, "A41"), "item_too_early"),
    Case("entered", lambda: declared(**ENTERED), CLOSE, ends(B, "registered"), PERMITTED),
    Case("entered without medical proof", lambda: declared(medical_proof="no_proof", **ENTERED), CLOSE, ends(B, "registered"), "outcome_needs_item"),
    Case("entered, and no entry was made", declared, CLOSE, ends(B, "registered"), "outcome_awaits_entry"),
    Case("entered, and the declaration is not signed", lambda: refusing(written(ended(B, **ENTERED), "declaration", "A46", signed=False)), CLOSE, ends(B, "registered"), "outcome_needs_signature"),
    Case("declared, the entry being pending", declared, CLOSE, ends(B, "declared"), PERMITTED),
    Case("pending, and entered", lambda: declared(**ENTERED), CLOSE, ends(B, "declared"), "outcome_excludes_item"),
    Case("not declared, and entered", lambda: declared(**ENTERED), CLOSE, ends(B, "not_declared"), "outcome_excludes_item"),
    Case("entered by the registry, and not noted", registered, CLOSE, ends(B, "registered"), PERMITTED),
    Case("pending, and the registry has it", registered, CLOSE, ends(B, "declared"), "outcome_excludes_item"),
    Case("not declared, and the registry has it", registered, CLOSE, ends(B, "not_declared"), "outcome_excludes_item"),
    Case("entered, and the registry is being asked", asked_for, CLOSE, ends(B, "registered"), "outcome_awaits_entry"),
    Case("pending, and the registry is being asked", asked_for, CLOSE, ends(B, "declared"), PERMITTED),
    Case("entered, and the registry refuses it", refused_entry, CLOSE, ends(B, "registered"), "outcome_needs_item"),
    Case("late, and not asked for", lambda: declared(term="late"), CLOSE, ends(B, "registered"), "outcome_needs_item"),
    Case("not declared", lambda: ended(B, "A46"), CLOSE, ends(B, "not_declared"), PERMITTED),
    Case("entered by a registrar who is cut off", lambda: cut_off(declared(**ENTERED), "registrar"), CLOSE, ends(B, "registered"), "presence_not_live"),
]  # fmt: skip


def alive(*left_out: str) -> Procedure:
    return written(ended(L, *left_out), "declaration", "A27")


LIFE = [
    Case("certified before anybody is identified", lambda: in_session(L), OPEN, opens(L, "A26"), "item_too_early"),
    Case("certified of somebody who is not seen", lambda: cut_off(begun(L), "person"), OPEN, opens(L, "A26"), "presence_not_live"),
    Case("certified of somebody who is seen", lambda: begun(L, "A27"), OPEN, opens(L, "A26"), PERMITTED),
    Case("certified alive", alive, CLOSE, ends(L, "certified"), PERMITTED),
    Case("certified, and nothing was", lambda: alive("A26"), CLOSE, ends(L, "certified"), "outcome_needs_item"),
    Case("not certified, and it was", alive, CLOSE, ends(L, "not_certified"), "outcome_excludes_item"),
    Case("not certified, the declaration being refused", lambda: alive("A26"), CLOSE, ends(L, "not_certified"), PERMITTED),
    Case("an end by a registrar who is cut off", lambda: cut_off(alive(), "registrar"), CLOSE, ends(L, "certified"), "presence_not_live"),
]  # fmt: skip
VICTIM = [
    Case("needs noted of somebody who is gone", lambda: cut_off(in_session(V), "victim"), OPEN, opens(V, "A36"), "presence_not_live"),
    Case("needs noted with her", lambda: in_session(V), OPEN, opens(V, "A36"), PERMITTED),
    Case("a plan that was not made", lambda: ended(V), CLOSE, ends(V, "plan_agreed"), "outcome_needs_item"),
    Case("ended when she asks", lambda: ended(V), CLOSE, ends(V, "ended_at_request"), PERMITTED),
    Case("ended by a jurist who is cut off", lambda: cut_off(ended(V), "jurist"), CLOSE, ends(V, "ended_at_request"), "presence_not_live"),
]  # fmt: skip

ELSEWHERE: list[Case] = [*POWER, *GRANTING, *MEDIATION, *BIRTH, *LIFE, *VICTIM]
