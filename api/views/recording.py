"""A recording as it is played: who is on it, which segment plays when, what is missing, and where each item begins.

Time is counted from the beginning of the recording, and stands still while nothing was recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.http.problems import NotFound
from domain.base import Value
from domain.ids import ItemId, Sha256
from domain.ports.journal import Erasure
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Participant
from domain.procedure.playing import PlayingTime
from domain.procedure.recording import Gap, GapReason, Segment, lines_of
from domain.procedure.state import Procedure
from domain.types.vocabulary import RecordingPolicy, Stage
from templates.people import shown_name
from templates.texts import text

ICONS = {"recorded_now": "circle-dot", "sound_recorded_now": "circle-dot", "not_recorded": "video-off"}
"""Beside the words that say what is recorded; a camera where something was, will be or may be."""


@dataclass(frozen=True)
class RecordingState:
    """What everybody on the procedure's pages is told of its recording."""

    words: str
    means: str
    icon: str
    now: bool
    watchable: bool
    """There is a recording to be played."""
    stands_still: bool
    """It should go on, and does not: somebody has to be told."""


def recording_state(procedure: Procedure, language: str) -> RecordingState:
    code = recording_words(procedure)
    return RecordingState(
        words=text(f"pages.recording.state_{code}", language),
        means=text(f"pages.recording.means_{code}", language),
        icon=ICONS.get(code, "video"),
        now=is_recorded_now(procedure),
        watchable=procedure.recording is not None and procedure.recording.manifest is not None,
        stands_still=procedure.stage is Stage.IN_SESSION
        and procedure.recording is not None
        and procedure.recording.stands_still,
    )


def is_recorded_now(procedure: Procedure) -> bool:
    return procedure.recording is not None and procedure.recording.open_part is not None


def recording_words(procedure: Procedure) -> str:
    """What everybody in the room is told, as the words of the pages name it."""
    recording, policy = procedure.recording, procedure.type.procedure.recording
    if recording is not None and recording.open_part is not None:
        return "sound_recorded_now" if recording.open_part.sound_only else "recorded_now"
    failed = recording is not None and recording.failed
    if procedure.session_ended_at is not None and recording is not None and recording.lines:
        return "sound_was_recorded" if all(part.sound_only for part in recording.parts) else "was_recorded"
    if procedure.session_ended_at is not None or failed:
        return "not_recorded"
    if policy is RecordingPolicy.MANDATORY_BY_LAW:
        return "will_be_recorded"
    if policy is RecordingPolicy.AUDIO_ONLY:
        return "sound_with_consent"
    return "with_consent" if policy is RecordingPolicy.WITH_CONSENT else "not_recorded"


def is_asked_to_consent(procedure: Procedure, person: Participant) -> bool:
    """Nobody has to answer: without a yes nothing is recorded."""
    asked = procedure.type.procedure.recording in (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY)
    return asked and procedure.session_ended_at is None and not person.consents_to_recording


class Piece(Value):
    """A segment. Times in seconds from the beginning of the recording."""

    n: int
    begins: float
    ends: float
    sha256: Sha256
    url: str


class Missing(Value):
    begins: float
    ends: float
    reason: GapReason


class TrackView(Value):
    """One person."""

    participant: str
    name: str
    role: str
    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]


class Chapter(Value):
    """An item of the agenda."""

    item: ItemId
    begins: float
    title: str


class RecordingView(Value):
    manifest: Sha256
    whole: bool
    """Nothing of weight is missing."""
    erased: Erasure | None
    """Nothing of it can be played again."""
    lasts: float
    tracks: tuple[TrackView, ...]
    chapters: tuple[Chapter, ...]


def kept_of(procedure: Procedure) -> DocumentRef:
    """The manifest of what was recorded. Raises `NotFound` until there is one."""
    if procedure.recording is None or procedure.recording.manifest is None:
        raise NotFound()
    return procedure.recording.manifest


def recording_view(procedure: Procedure, manifest: bytes, language: str, erased: Erasure | None) -> RecordingView:
    """`manifest`: the bytes that the journal has fixed."""
    recording, kept = procedure.recording, kept_of(procedure)
    assert recording is not None
    time, lines = PlayingTime(recording.parts), lines_of(manifest)
    return RecordingView(
        manifest=kept.sha256,
        whole=recording.whole,
        erased=erased,
        lasts=time.lasts,
        tracks=tuple(
            TrackView(
                participant=person.id,
                name=shown_name(procedure, person, language),
                role=procedure.role_of(person).titles.in_language(language),
                pieces=tuple(_piece(procedure, line, time) for line in own if isinstance(line, Segment)),
                missing=tuple(_missing(line, time) for line in own if isinstance(line, Gap)),
            )
            for person in procedure.participants
            if (own := [line for line in lines if line.participant == person.id])
        ),
        chapters=_chapters(procedure, time, language),
    )


def vtt(chapters: Sequence[Chapter], lasts: float) -> str:
    """The chapters as a WebVTT track."""
    ends = [chapter.begins for chapter in chapters[1:]] + [lasts]
    cues = (
        f"{_clock(chapter.begins)} --> {_clock(end)}\n{_one_line(chapter.title)}\n"
        for chapter, end in zip(chapters, ends, strict=True)
    )
    return "\n".join(("WEBVTT\n", *cues))


def _chapters(procedure: Procedure, time: PlayingTime, language: str) -> tuple[Chapter, ...]:
    opened = sorted((item for item in procedure.agenda if item.opened_at), key=lambda item: str(item.opened_at))
    titles = (procedure.type.item(item.code).titles.in_language(language) for item in opened)
    return tuple(
        Chapter(item=item.id, begins=time.of(item.opened_at), title=title)
        for item, title in zip(opened, titles, strict=True)
        if item.opened_at is not None
    )


def _piece(procedure: Procedure, line: Segment, time: PlayingTime) -> Piece:
    return Piece(
        n=line.n,
        begins=time.of(line.began_at),
        ends=time.of(line.ended_at),
        sha256=line.sha256,
        url=f"/procedures/{procedure.id}/recording/segments/{line.n}.webm",
    )


def _missing(line: Gap, time: PlayingTime) -> Missing:
    return Missing(begins=time.of(line.began_at), ends=time.of(line.ended_at), reason=line.reason)


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02d}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"


def _one_line(title: str) -> str:
    return " ".join(title.replace("-->", "→").split())
