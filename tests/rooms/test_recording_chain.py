"""The chain in the store: what is there is not kept twice, and nobody is taken for somebody else."""

from adapters.memory import MemoryVault
from domain.ids import ProcedureId
from domain.procedure.recording import GapReason
from rooms.recording.chain import Chain

PROCEDURE = ProcedureId("prc_1")
BEGAN = 1_790_000_000.0


async def test_a_segment_is_kept_once_and_the_same_bytes_of_another_person_are_theirs() -> None:
    """A process that was killed between store and disk brings a segment again."""
    vault = MemoryVault()
    for chain in (Chain(PROCEDURE, vault), Chain(PROCEDURE, vault)):
        await chain.load()
        for participant in ("p1", "p2"):
            await chain.add_segment(1, participant, BEGAN, BEGAN + 5, b"silence")
    assert [(line.about.participant, line.about.n) for line in chain.lines] == [("p1", 0), ("p2", 1)]


async def test_what_is_shorter_than_a_breath_is_no_gap_and_what_is_lost_is_counted() -> None:
    chain = Chain(PROCEDURE, MemoryVault())
    await chain.add_gap(1, "p1", BEGAN, BEGAN + 1.5, GapReason.RECORDER)
    await chain.add_gap(1, "p1", BEGAN, BEGAN + 4, GapReason.RECORDER)
    await chain.add_gap(1, "p2", BEGAN, BEGAN + 40, GapReason.LEFT)
    assert [line.about.participant for line in chain.lines] == ["p1", "p2"]
    assert chain.lost == 4
