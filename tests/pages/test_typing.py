"""What is typed into a form becomes what the person meant by it."""

from datetime import UTC, datetime

import pytest
from starlette.datastructures import FormData

from api.commands.form_input import FormInput
from api.commands.page_forms import ADJOURNMENT
from domain.commands import AdjournProcedure
from tests.domain.cases import AS_CLERK
from tests.domain.samples import summoned


@pytest.mark.parametrize(("zone", "hour"), [("Europe/Madrid", 9), ("Atlantic/Canary", 10)])
def test_a_new_date_is_meant_in_the_legal_time_of_the_office(zone: str, hour: int) -> None:
    form = FormData({"key": "page-0123456789", "reason": "Falta un informe.", "new_date": "2030-01-07T10:30"})
    typed = FormInput(form, summoned(), AS_CLERK, b"", {}, zone)
    command = ADJOURNMENT.command(AdjournProcedure, typed)
    assert command.new_date == datetime(2030, 1, 7, hour, 30, tzinfo=UTC)
