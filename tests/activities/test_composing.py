"""The video of a recording is made once, wherever its making is cut off; and only where something was recorded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.composing import Composing
from activities.orders import OnProcedure
from adapters.memory import MemoryComposer, MemoryJournal, MemoryVault
from api.services.composing import bytes_of
from domain.composed import KeptVideo, kept_video, stretches_kept
from domain.errors import PersonMustAct, TryAgain
from domain.events.recording import RecordingKept, RecordingStarted, RecordingStopped
from domain.ids import ParticipantId, ProcedureId, Sha256
from domain.procedure.documents import DocumentRef
from domain.procedure.recording import FIRST, KeptLine, RecordedPart, Segment, manifest_of
from domain.reading import CaseReading
from domain.recorded import line_name
from tests.templates.samples import ADMINISTRATION, Act, conciliation

BEGAN, LASTS, STRETCHES = datetime(2026, 11, 26, 9, tzinfo=UTC), 75.0, 3


class CutOff(MemoryVault):
    """Answers so many times, and then no more: as the world does to a worker that is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: int | None = None

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        self._one_less()
        return await super().put_once(procedure, name, clear, media_type, pages=pages)

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        self._one_less()
        return await super().put(procedure, clear, media_type, pages=pages)

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        self._one_less()
        return await super().get(procedure, ref)

    def _one_less(self) -> None:
        if self.answers is not None:
            if self.answers == 0:
                raise TryAgain("killed")
            self.answers -= 1


@dataclass
class Recorded:
    """An act of which 75 seconds were recorded."""

    act: Act
    vault: CutOff
    composer: MemoryComposer

    @property
    def manifest(self) -> Sha256:
        recording = self.act.procedure.recording
        assert recording is not None and recording.manifest is not None
        return recording.manifest.sha256

    async def compose(self) -> None:
        journal = MemoryJournal()
        journal.lines[self.act.procedure.id] = self.act.journal
        cases = CaseReading(journal)
        composing = Composing(cases, self.vault, self.vault, self.composer, {ADMINISTRATION.id: ADMINISTRATION})
        order = OnProcedure(procedure=self.act.procedure.id, up_to=len(self.act.events) - 1)
        await ActivityEnvironment().run(composing.compose_recording, order)

    async def video(self) -> KeptVideo | None:
        return await kept_video(self.vault, self.act.procedure.id, self.manifest)

    async def bytes(self, begin: int, end: int) -> bytes:
        video = await self.video()
        assert video is not None
        return b"".join([part async for part in bytes_of(self.vault, self.act.procedure.id, video, begin, end)])


async def recorded() -> Recorded:
    act, vault = conciliation(), CutOff()
    id, person = act.procedure.id, act.procedure.participants[0].id
    line = await _line(vault, id, person)
    ended = BEGAN + timedelta(seconds=LASTS)
    part = RecordedPart(part=1, began_at=BEGAN, ended_at=ended, ended_because="closed")
    kept = await vault.put_once(id, "recording-manifest", manifest_of(id, (part,), [line]), "application/json")
    act.then(
        RecordingStarted(part=1, began_at=BEGAN),
        RecordingStopped(part=1, because="closed", ended_at=ended, lines=1, head=line.hash, lost=0),
        RecordingKept(manifest=kept),
    )
    return Recorded(act, vault, MemoryComposer())


async def _line(vault: MemoryVault, id: ProcedureId, person: ParticipantId) -> KeptLine:
    content = await vault.put(id, b"what they sent", "video/webm")
    about = {"n": 0, "part": 1, "participant": person, "began_at": BEGAN, "previous": FIRST}
    segment = Segment.model_validate(
        {**about, "ended_at": BEGAN + timedelta(seconds=LASTS), "media_type": "video/webm", "sha256": content.sha256,
         "size": content.size}
    )  # fmt: skip
    line = KeptLine(segment=segment, content=content)
    await vault.put_once(id, line_name(0), line.model_dump_json().encode(), "application/json")
    return line


async def test_a_video_is_made_of_stretches_and_is_read_from_any_place() -> None:
    case = await recorded()
    await case.compose()
    video = await case.video()
    assert video is not None and video.lasts == LASTS
    assert case.composer.composed == [0, 1, 2]
    whole = await case.bytes(0, video.size - 1)
    assert len(whole) == video.size and whole.startswith(b"1 people") and whole.endswith(b"3 clusters of 75.0 s")
    for begin, end in ((0, 0), (5, 9), (8, 300), (200, video.size - 1), (video.size - 1, video.size - 1)):
        assert await case.bytes(begin, end) == whole[begin : end + 1]


async def test_wherever_it_is_cut_off_what_was_made_stays_and_there_is_one_video() -> None:
    uncut = await recorded()
    await uncut.compose()
    made_again = []
    for answers in range(100):
        case = await recorded()
        case.vault.answers = answers
        try:
            await case.compose()
        except TryAgain:
            assert await kept_of(case) is None, "half a video is said to be whole"
        else:
            break
        case.vault.answers = None
        there = await stretches_kept(case.vault, case.act.procedure.id, case.manifest, STRETCHES)
        await case.compose()
        assert await case.video() == await uncut.video()
        assert case.composer.composed[-(STRETCHES - there) or len(case.composer.composed) :] == [
            *range(there, STRETCHES)
        ]
        made_again.append(len(case.composer.composed) - STRETCHES)
    assert len(made_again) > 10
    assert set(made_again) == {0, 1}, "more than the stretch that was under way is made again"


async def kept_of(case: Recorded) -> KeptVideo | None:
    answers, case.vault.answers = case.vault.answers, None
    try:
        return await case.video()
    finally:
        case.vault.answers = answers


async def test_it_is_not_made_a_second_time() -> None:
    case = await recorded()
    for _ in range(2):
        await case.compose()
    assert case.composer.composed == [0, 1, 2]


async def test_there_is_none_of_an_act_that_was_not_recorded() -> None:
    case = Recorded(conciliation(), CutOff(), MemoryComposer())
    with pytest.raises(PersonMustAct, match="nothing_recorded"):
        await case.compose()
    assert case.composer.composed == []
