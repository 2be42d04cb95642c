"""Reading a case back: the state after any event, asked for in any order, from lines that are read once."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.memory.store import MemoryJournal
from domain.errors import PersonMustAct
from domain.events import state_of
from domain.ids import ProcedureId
from domain.journal.chain import JournalEntry
from domain.reading import CASES_AT_HAND, CaseReading, Progress
from tests.templates.samples import conciliation

WRITTEN = conciliation().journal
CASE = WRITTEN[0].procedure
LAST = len(WRITTEN) - 1


def progress(lines: Sequence[JournalEntry]) -> Progress:
    return Progress(procedure=state_of(lines), seq=len(lines) - 1, head=lines[-1].hash)


class WatchedJournal(MemoryJournal):
    """Tells which lines were read."""

    def __init__(self, *cases: ProcedureId) -> None:
        super().__init__()
        self.lines = {case: list(WRITTEN) for case in cases}
        self.handed_out: list[int] = []
        self.erased = False

    async def read(self, procedure: ProcedureId, *, first: int = 0, up_to: int | None = None) -> list[JournalEntry]:
        if self.erased:
            raise PersonMustAct("content_erased")
        lines = await super().read(procedure, first=first, up_to=up_to)
        await asyncio.sleep(0)
        self.handed_out += [line.seq for line in lines]
        return lines


async def test_a_state_is_that_after_the_event_asked_for_whatever_was_asked_before() -> None:
    reading = CaseReading(WatchedJournal(CASE))
    for up_to in (3, LAST, 5, 5, 0, LAST - 1):
        assert await reading.procedure(CASE, up_to) == state_of(WRITTEN[: up_to + 1])
        assert await reading.entries(CASE, up_to) == WRITTEN[: up_to + 1]


async def test_a_state_asked_for_too_early_does_not_hide_what_is_written_later() -> None:
    journal = WatchedJournal(CASE)
    journal.lines[CASE] = list(WRITTEN[:4])
    reading = CaseReading(journal)
    assert await reading.procedure(CASE, LAST) == state_of(WRITTEN[:4])
    journal.lines[CASE] = list(WRITTEN)
    assert await reading.procedure(CASE, LAST) == state_of(WRITTEN)


async def test_no_line_is_read_twice() -> None:
    journal = WatchedJournal(CASE)
    reading = CaseReading(journal)
    for up_to in (3, 1, 8, 8, LAST):
        await reading.procedure(CASE, up_to)
    assert journal.handed_out == list(range(LAST + 1))


async def test_the_latest_state_is_that_of_all_that_is_written_and_reads_the_last_known_line_again() -> None:
    journal = WatchedJournal(CASE)
    journal.lines[CASE] = list(WRITTEN[:4])
    reading = CaseReading(journal)
    assert await reading.latest(CASE) == progress(WRITTEN[:4])
    journal.lines[CASE] = list(WRITTEN)
    assert await reading.latest(CASE) == progress(WRITTEN)
    assert await reading.latest(CASE) == progress(WRITTEN)
    assert journal.handed_out == [*range(4), *range(3, LAST + 1), LAST]


@pytest.mark.parametrize("earlier", [3, LAST])
async def test_a_journal_that_was_put_back_to_an_earlier_hour_is_read_anew(earlier: int) -> None:
    journal = WatchedJournal(CASE)
    reading = CaseReading(journal)
    await reading.latest(CASE)
    journal.lines[CASE] = lines = list(WRITTEN[:earlier])
    assert await reading.latest(CASE) == progress(lines)


async def test_of_a_procedure_without_a_line_nothing_is_known() -> None:
    assert await CaseReading(WatchedJournal(CASE)).latest(ProcedureId("prc_unknown")) is None


async def test_what_was_erased_is_not_told_from_memory() -> None:
    journal = WatchedJournal(CASE)
    reading = CaseReading(journal)
    await reading.latest(CASE)
    journal.erased = True
    with pytest.raises(PersonMustAct, match="content_erased"):
        await reading.latest(CASE)


async def test_readers_of_the_latest_state_at_once_read_each_line_once() -> None:
    journal = WatchedJournal(CASE)
    reading = CaseReading(journal)
    states = await asyncio.gather(*(reading.latest(CASE) for _ in range(20)))
    assert states == [progress(WRITTEN)] * 20
    assert sorted(journal.handed_out) == sorted([*range(LAST + 1), *[LAST] * 19])


async def test_readers_at_once_do_not_disturb_each_other() -> None:
    reading = CaseReading(WatchedJournal(CASE))
    asked = [*range(LAST + 1), *reversed(range(LAST + 1))]
    states = await asyncio.gather(*(reading.procedure(CASE, up_to) for up_to in asked))
    assert states == [state_of(WRITTEN[: up_to + 1]) for up_to in asked]


async def test_cases_that_nobody_asks_for_are_forgotten() -> None:
    cases = [ProcedureId(f"prc_{number}") for number in range(CASES_AT_HAND + 1)]
    journal = WatchedJournal(*cases)
    reading = CaseReading(journal)
    for case in cases:
        await reading.entries(case, LAST)
    journal.handed_out.clear()
    await reading.entries(cases[-1], LAST)
    assert journal.handed_out == []
    await reading.entries(cases[0], LAST)
    assert journal.handed_out == list(range(LAST + 1))


async def test_no_more_lines_are_kept_than_fit_whichever_case_they_are_of() -> None:
    cases = [ProcedureId(f"prc_long_{number}") for number in range(4)]
    journal = WatchedJournal(*cases)
    reading = CaseReading(journal, lines_at_hand=2 * len(WRITTEN))
    for case in cases:
        await reading.procedure(case, LAST)
        await reading.latest(case)
    journal.handed_out.clear()

    for case in cases[2:]:
        assert await reading.entries(case, LAST) == WRITTEN
    assert journal.handed_out == []

    assert await reading.procedure(cases[0], LAST) == state_of(WRITTEN)
    assert journal.handed_out == list(range(LAST + 1))


async def test_a_case_longer_than_what_fits_is_kept_while_it_is_the_one_that_is_looked_at() -> None:
    journal = WatchedJournal(CASE)
    reading = CaseReading(journal, lines_at_hand=1)
    assert await reading.procedure(CASE, LAST) == state_of(WRITTEN)
    assert await reading.entries(CASE, LAST) == WRITTEN
    assert journal.handed_out == list(range(LAST + 1))
