"""One role is identified by other mechanisms than everybody else: a lawyer by their certificate."""

from datetime import UTC, datetime

import pytest

import agenda_types
import procedure_types
import territories
from domain.commands import BeginIdentification, OpenItem
from domain.errors import Refusal
from domain.events.identity import IdentityConfirmed
from domain.ids import AdministrationId, ParticipantId
from domain.procedure.state import Procedure
from domain.rules import agenda
from domain.rules.identity import may_begin_identification
from domain.types.identity_policy import RoleIdentity
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Assurance, Stage
from rehearsal.rehearsing import rehearse
from tests.domain.cases import AS_CLERK, asking
from tests.domain.samples import APPLICANT, RESPONDENT, in_room, then

CAMERA, MOBILE = "id_document_frame", "pin_to_mobile"
MOBILE_ALONE = RoleIdentity(methods=(MOBILE,), minimum=Assurance.LOW, legal_basis="RDL 6/2023 art. 60")


def resolved() -> ResolvedType:
    """A conciliation whose respondent is identified by a code to their mobile, and everybody else by more."""
    items = agenda_types.load()
    kind = procedure_types.load(items=items)["conciliation"]
    kind = kind.but(identity=kind.identity.but(methods=(CAMERA,), roles={"respondent": MOBILE_ALONE}))
    return procedure_types.resolve(kind, items)


def room() -> Procedure:
    return in_room().but(type=resolved())


def identified(person: ParticipantId, method: str, assurance: Assurance) -> IdentityConfirmed:
    return IdentityConfirmed(participant=person, method=method, assurance=assurance)


@pytest.mark.parametrize(
    ("person", "mechanism", "code"),
    [
        (APPLICANT, CAMERA, None),
        (APPLICANT, MOBILE, "identity_method_not_allowed"),
        (RESPONDENT, MOBILE, None),
        (RESPONDENT, CAMERA, "identity_method_not_allowed"),
        (RESPONDENT, "horoscope", "identity_method_not_allowed"),
    ],
)
def test_each_is_identified_by_what_their_role_is(person: ParticipantId, mechanism: str, code: str | None) -> None:
    command = asking(BeginIdentification, AS_CLERK, participant=person, mechanism=mechanism)
    try:
        may_begin_identification(room(), command)  # type: ignore[arg-type]
    except Refusal as refused:
        assert refused.code == code
        if mechanism != "horoscope":
            assert refused.params["allowed"] == [MOBILE if person == RESPONDENT else CAMERA]
    else:
        assert code is None


def test_what_is_enough_for_one_is_not_for_the_other() -> None:
    low = then(room(), *(identified(person, MOBILE, Assurance.LOW) for person in (APPLICANT, RESPONDENT)))
    assert [low.is_identified(low.participant(person)) for person in (APPLICANT, RESPONDENT)] == [False, True]
    agreement = next(item.id for item in low.agenda if item.code == "A11")
    with pytest.raises(Refusal) as refused:
        agenda.requirements_hold(low, low.item(agreement))
    assert (refused.value.code, refused.value.params["participant"]) == ("identity_missing", APPLICANT)
    whole = then(low, identified(APPLICANT, CAMERA, Assurance.SUBSTANTIAL))
    agenda.requirements_hold(whole, whole.item(agreement))
    assert asking(OpenItem, AS_CLERK, item=agreement)


def test_the_type_carries_the_mechanisms_of_every_role() -> None:
    assert set(resolved().mechanisms) == {CAMERA, MOBILE, *resolved().procedure.identity.named}


async def test_scripted_people_hold_it_each_identified_in_their_own_way() -> None:
    here = territories.load()[AdministrationId("atlantia")]
    ended = await rehearse(resolved(), here, datetime(2026, 12, 1, 9, tzinfo=UTC), "es")
    assert ended.held and ended.procedure.stage is Stage.ANCHORING, ended.refusal
    by = {person.role: {check.method for check in person.identity.checks} for person in ended.procedure.citizens}
    assert by["respondent"] == {MOBILE} and MOBILE not in by["applicant"]
