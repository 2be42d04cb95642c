"""What every journal does, in PostgreSQL and in memory: one chain per procedure, written once, no fork and no gap."""

import asyncio

import pytest

from adapters.memory import MemoryJournal
from adapters.postgres.journal import JournalPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.ports.journal import Journal
from tests.adapters.written import NAME_KEY, chain, head_of, row_after


@pytest.fixture(params=["memory", "postgres"])
def journal(request: pytest.FixtureRequest) -> Journal:
    if request.param == "memory":
        return MemoryJournal()
    return JournalPostgres(request.getfixturevalue("database"), request.getfixturevalue("keys"), NAME_KEY)


async def test_lines_come_back_in_order_with_their_clear_content(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 5)
    await journal.append(written[:2], row_after(written[1]))
    await journal.append(written[2:], row_after(written[4]))
    assert await journal.read(procedure) == written
    assert await journal.read(procedure, up_to=2) == written[:3]


async def test_a_journal_that_does_not_exist_is_empty(journal: Journal) -> None:
    assert await journal.read(ProcedureId("prc_unknown")) == []


async def test_appending_twice_writes_once(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 2)
    for _ in range(2):
        await journal.append(written, row_after(written[1]))
    assert len(await journal.read(procedure)) == 2


async def test_a_batch_of_which_half_was_written_is_completed(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 3)
    await journal.append(written[:2], row_after(written[1]))
    await journal.append(written[1:], row_after(written[2]))
    assert await journal.read(procedure) == written


async def test_of_two_rival_lines_one_is_written_and_the_other_refused(
    journal: Journal, procedure: ProcedureId
) -> None:
    rivals = [chain(procedure, 1, note=f"rival {n}") for n in range(8)]
    ends = await asyncio.gather(
        *[journal.append(rival, row_after(rival[0])) for rival in rivals], return_exceptions=True
    )
    refused = [end for end in ends if isinstance(end, PersonMustAct) and end.code == "journal_fork"]
    assert len(refused) == 7
    assert len(await journal.read(procedure)) == 1


async def test_a_line_that_follows_another_past_is_a_fork(journal: Journal, procedure: ProcedureId) -> None:
    written, other = chain(procedure, 2), chain(procedure, 1, note="another past")
    await journal.append(written[:1], row_after(written[0]))
    following = chain(procedure, 1, head=head_of(other[0]))
    with pytest.raises(PersonMustAct, match="journal_fork"):
        await journal.append(following, row_after(following[0]))


async def test_a_first_line_that_claims_a_past_is_refused(journal: Journal, procedure: ProcedureId) -> None:
    pretended = chain(procedure, 1, head=head_of(chain(procedure, 1)[0]).but(next_seq=0))
    with pytest.raises(PersonMustAct, match="journal_fork"):
        await journal.append(pretended, row_after(pretended[0]))
    assert await journal.read(procedure) == []


async def test_a_line_after_a_gap_is_refused(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 3)
    await journal.append(written[:1], row_after(written[0]))
    with pytest.raises(PersonMustAct, match="journal_gap"):
        await journal.append(written[2:], row_after(written[2]))


async def test_lines_with_a_hole_between_them_are_refused(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 3)
    with pytest.raises(PersonMustAct, match="journal_malformed"):
        await journal.append([written[0], written[2]], row_after(written[2]))


async def test_a_line_whose_hash_is_not_its_own_is_refused(journal: Journal, procedure: ProcedureId) -> None:
    forged = chain(procedure, 1)[0].but(hash=Sha256("a" * 64))
    with pytest.raises(PersonMustAct, match="journal_malformed"):
        await journal.append([forged], row_after(forged))


async def test_a_register_row_that_stands_elsewhere_is_refused(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 2)
    with pytest.raises(PersonMustAct, match="journal_malformed"):
        await journal.append(written, row_after(written[0]))


async def test_lines_of_another_procedure_are_refused(journal: Journal, procedure: ProcedureId) -> None:
    written = chain(procedure, 1)
    other = ProcedureId(f"{procedure}-other")
    with pytest.raises(PersonMustAct, match="journal_malformed"):
        await journal.append(written, row_after(written[0], procedure=other))
