"""Whoever may read a procedure is answered at every stage of it, with every field that a stage may have."""

from datetime import timedelta

import pytest

from api.access.session import CitizenSession, StaffSession
from api.views.procedure import view_of
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId, Sha256
from domain.journal.register import register_row
from domain.procedure.interruption import Interruption
from domain.procedure.state import Procedure
from domain.reading import Progress
from domain.types.vocabulary import InterruptionCause, StaffRole, Stage
from tests.domain import samples

AT = samples.stamp(40).at
READERS = [role for role in StaffRole if role is not StaffRole.ADMINISTRATOR]
"""An administrator reads no procedure."""


def staff(role: StaffRole) -> StaffSession:
    account = Account(
        id=AccountId("acc_clerk"),
        administration=AdministrationId("atlantia"),
        name="Iria Outeiro",
        email="iria@example.org",
        roles=(role,),
        body="peace-court-lira",
    )
    return StaffSession("ses_1", account, csrf="", token="", authenticated_at=AT)


def citizen(procedure: Procedure) -> CitizenSession:
    return CitizenSession("ses_2", procedure.id, samples.APPLICANT, None, csrf="", token="", language="es")


STOPPED = Interruption(
    cause=InterruptionCause.RECESS,
    note="Descanso pedido por la parte.",
    at=AT,
    must_act="court_clerk",
    repeats=(samples.APPLICANT,),
    item=samples.in_session().agenda[0].id,
    field="text",
    back_to=Stage.IN_SESSION,
    planned_end=AT + timedelta(minutes=15),
    overdue="interrupted_too_long",
    due_at=AT + timedelta(days=7),
)
BEGINNINGS = [samples.requested, samples.in_session, samples.ready_to_sign, samples.approved]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("begun", BEGINNINGS)
@pytest.mark.parametrize("who", ["citizen", *READERS])
def test_a_procedure_is_shown_at_every_stage(begun: object, stage: Stage, who: str) -> None:
    assert callable(begun)
    procedure: Procedure = begun()
    procedure = procedure.but(stage=stage, interruption=STOPPED if stage is Stage.INTERRUPTED else None)
    row = register_row(procedure, seq=7, head=Sha256("a" * 64))
    asking = citizen(procedure) if who == "citizen" else staff(StaffRole(who))
    status = view_of(Progress(procedure=procedure, seq=7), row, asking, "es").status
    assert (status.stage, status.seq) == (stage.value, 7)
    if stage is not Stage.INTERRUPTED:
        assert status.interruption is None
        return
    assert status.interruption is not None
    told = status.interruption.model_dump(exclude={"note"})
    assert told == STOPPED.model_dump(mode="python", exclude={"note", "back_to"})
    assert status.interruption.note in (STOPPED.note, None)
