"""A power that the register has is not entered again, whatever was lost of its answer; a wrong receipt is not taken."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.register_entries import RegisterEntries
from activities.register_orders import EnterDocument
from adapters.memory import MemoryIntake, MemoryJournal, MemoryScanner, MemoryVault
from adapters.registers.http import RegisterHttp
from deploy.simulators.registers import Store
from deploy.simulators.troubles import Trouble, order
from domain.errors import PersonMustAct, TryAgain
from domain.reading import CaseReading
from domain.types.document_plan import Register
from domain.types.vocabulary import IdentityMethod
from tests.adapters.entering import power, simulator
from tests.adapters.served import TOKEN
from tests.templates.power import being_ended, being_entered
from tests.templates.samples import ANXO, Act

ACT = being_entered()
ENTRY = ACT.procedure.register_entries[0]
ORDER = EnterDocument(procedure=ACT.procedure.id, up_to=len(ACT.events) - 1, entry=ENTRY.id, at=ACT.at)


def acting(register: RegisterHttp, act: Act = ACT) -> RegisterEntries:
    journal, vault = MemoryJournal(), MemoryVault()
    journal.lines[act.procedure.id] = list(act.journal)
    registers = {Register.POWERS: register}
    return RegisterEntries(CaseReading(journal), vault, MemoryIntake(), MemoryScanner(), registers)


@pytest.fixture
async def acts(tmp_path: Path) -> AsyncIterator[RegisterEntries]:
    async with simulator(tmp_path) as url:
        yield acting(RegisterHttp("REAJ", url, TOKEN))


async def test_an_attempt_that_was_lost_after_the_entry_enters_nothing_more(
    acts: RegisterEntries, tmp_path: Path
) -> None:
    order(tmp_path, Trouble.ANSWER_LOST, 2)
    for _ in range(2):
        with pytest.raises(TryAgain):
            await acts.enter_document(ORDER)
    first = await acts.enter_document(ORDER)

    [kept] = Store(tmp_path).every()
    assert first.made is not None and first.made.number == kept.receipt["number"]
    assert kept.told["document_sha256"] == ACT.procedure.document(ENTRY.document).current.sha256
    assert kept.told["attorneys"][0]["college_number"] == "412"
    again = await acts.enter_document(ORDER)
    assert again.made is not None and again.made.number == first.made.number
    assert again.made.receipt.brought[0].content.sha256 == first.made.receipt.brought[0].content.sha256


async def test_what_is_corrected_meanwhile_makes_no_other_entry_of_it(tmp_path: Path) -> None:
    act, journal = being_entered(), MemoryJournal()
    journal.lines[act.procedure.id] = list(act.journal)
    async with simulator(tmp_path) as url:
        register = RegisterHttp("REAJ", url, TOKEN)
        acts = RegisterEntries(
            CaseReading(journal), MemoryVault(), MemoryIntake(), MemoryScanner(), {Register.POWERS: register}
        )
        order(tmp_path, Trouble.ANSWER_LOST)
        with pytest.raises(TryAgain):
            await acts.enter_document(ORDER)
        act.identify(ANXO, IdentityMethod.ID_DOCUMENT_FRAME, number="99330147R")
        journal.lines[act.procedure.id] = list(act.journal)
        later = await acts.enter_document(ORDER.but(up_to=len(act.events) - 1))

    assert act.procedure.participant(ANXO).document_number == "99330147R"
    assert later.made is not None and later.refused is None
    assert len(Store(tmp_path).every()) == 1


async def test_a_receipt_of_something_else_is_not_taken(acts: RegisterEntries, tmp_path: Path) -> None:
    order(tmp_path, Trouble.WRONG_RECEIPT)
    with pytest.raises(PersonMustAct) as wrong:
        await acts.enter_document(ORDER)
    assert wrong.value.code == "register_receipt_wrong"
    assert (await acts.enter_document(ORDER)).made is not None


async def test_a_power_that_still_stands_after_the_entry_is_not_taken_for_revoked(tmp_path: Path) -> None:
    async with simulator(tmp_path) as url:
        register = RegisterHttp("REAJ", url, TOKEN)
        granted = power().but(grantor=power().grantor.but(id_number="99330147R"))
        number = (await register.enter(granted)).number
        act = being_ended(number)
        acts = acting(register, act)
        ordered = EnterDocument(
            procedure=act.procedure.id,
            up_to=len(act.events) - 1,
            entry=act.procedure.register_entries[0].id,
            at=act.at,
        )
        order(tmp_path, Trouble.NOTHING_CHANGED)
        with pytest.raises(PersonMustAct) as stands:
            await acts.enter_document(ordered)
        assert stands.value.code == "register_still_stands"
        made = (await acts.enter_document(ordered)).made
    assert made is not None and made.stands == "revoked" and made.number.startswith("RV-")
    assert len(Store(tmp_path).every()) == 2


async def test_what_the_register_refuses_comes_back_as_a_reason_and_no_receipt() -> None:
    nowhere = RegisterHttp("REAJ", "", "")
    assert (await acting(nowhere).enter_document(ORDER)).refused == "register_not_connected"
