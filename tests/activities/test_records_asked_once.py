"""A question that an authority has is not put again, whatever was lost of its answer; the first fit answer stays."""

from pathlib import Path

import pytest

from activities.criminal_records import CriminalRecordActs
from activities.record_orders import ExchangeRecord
from activities.typesetting import Typesetting
from adapters.criminal_records.http import CriminalRecordsHttp
from adapters.memory import MemoryJournal, MemoryVault, PlainTypesetter
from deploy.ecris.authorities import asked
from deploy.ecris.troubles import Trouble, order
from domain.errors import NotYet
from domain.reading import CaseReading
from tests.adapters.registers import simulator
from tests.pages.registers import asking_registers

__all__ = ["simulator"]

ACT = asking_registers()
EXCHANGE = ExchangeRecord(
    procedure=ACT.procedure.id, up_to=len(ACT.events) - 1, request="cr1", message=f"{ACT.procedure.id}.cr1.FR"
)


@pytest.fixture
def acts(simulator: str) -> CriminalRecordActs:
    journal, vault = MemoryJournal(), MemoryVault()
    journal.lines[ACT.procedure.id] = list(ACT.journal)
    typesetting = Typesetting(PlainTypesetter(), vault, {}, {})
    return CriminalRecordActs(CaseReading(journal), vault, CriminalRecordsHttp(simulator), typesetting)


async def test_an_attempt_that_was_lost_after_the_question_does_not_put_it_again(
    acts: CriminalRecordActs, tmp_path: Path
) -> None:
    order(tmp_path, "FR", Trouble.SLOW)
    for _ in range(3):
        with pytest.raises(NotYet):
            await acts.exchange_record(EXCHANGE)
    assert asked(tmp_path) == [(EXCHANGE.message, "asked")]


async def test_a_second_answer_changes_nothing(acts: CriminalRecordActs, tmp_path: Path) -> None:
    order(tmp_path, "FR", Trouble.TWICE)
    with pytest.raises(NotYet):
        await acts.exchange_record(EXCHANGE)
    first = await acts.exchange_record(EXCHANGE)
    assert first.kept is not None
    assert await acts.exchange_record(EXCHANGE) == first
