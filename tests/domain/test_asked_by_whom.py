"""Who may ask for an act: those whom it concerns, and a regional system for its whole Administration."""

from datetime import timedelta

import pytest

from domain.access.accounts import Account
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.rules.booking import may_be_booked
from domain.types.vocabulary import StaffRole
from rehearsal.casting import request
from tests.domain.samples import resolved
from tests.domain.test_booking import ATLANTIA, LIRA_CLERK, MONDAY


def desk(*offices: str) -> Account:
    return LIRA_CLERK.but(roles=(StaffRole.OFFICE,), body=None, offices=tuple(map(OfficeId, offices)))


@pytest.mark.parametrize(
    ("by", "refused"),
    [
        (None, False),
        (LIRA_CLERK, False),
        (LIRA_CLERK.but(body="court-ponte-nova"), True),
        (desk("ojm-vilar"), False),
        (desk("ojm-areal", "ojm-vilar"), False),
        (desk("ojm-areal"), True),
        (desk(), True),
        (LIRA_CLERK.but(body="court-ponte-nova", roles=(StaffRole.CLERK, StaffRole.OFFICE)), True),
        (desk("ojm-lira"), True),
    ],
)
def test_an_act_is_asked_for_by_those_whom_it_concerns(by: Account | None, refused: bool) -> None:
    """The office in Lira serves the registry alone here; the others serve every body."""
    conciliation = request(resolved("conciliation"), ATLANTIA, id="prc_1", scheduled_at=MONDAY + timedelta(days=60))
    asked = conciliation.but(
        shortened_terms=None,
        body="peace-court-lira",
        office=OfficeId("ojm-lira"),
        participants=tuple(person.but(office=OfficeId("ojm-vilar")) for person in conciliation.participants),
    )
    lira = next(office for office in ATLANTIA.offices if office.id == "ojm-lira")
    others = tuple(office for office in ATLANTIA.offices if office.id != "ojm-lira")
    here = ATLANTIA.but(offices=(lira.but(bodies=("civil-registry-ponte-nova",)), *others))
    if refused:
        with pytest.raises(Refusal, match="not_served_here"):
            may_be_booked(asked, MONDAY, here, by)
    else:
        may_be_booked(asked, MONDAY, here, by)
