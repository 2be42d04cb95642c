"""Making one video of a recording, long after it: from the kept segments, stretch by stretch.

What a killed worker has made stays; the next attempt goes on after it. A stretch, a video are kept under a name of
their own, and the first one wins: however many attempts there are, there is one video.
"""

from temporalio import activity

from activities.orders import OnProcedure
from domain.composed import (
    MEDIA_TYPE,
    KeptStretch,
    KeptVideo,
    kept_stretch,
    kept_video,
    stretch_name,
    video_name,
)
from domain.errors import PersonMustAct
from domain.ids import AdministrationId, ProcedureId, Sha256
from domain.ports.composing import Card, Composer, Layout
from domain.ports.documents import DocumentVault
from domain.procedure.documents import DocumentRef
from domain.procedure.playing import PlayingTime, Stretch, stretches_of
from domain.procedure.recording import GapReason, KeptLine, lines_of
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.recorded import kept_lines
from domain.types.territory import Administration
from templates.people import shown_name
from templates.texts import text

INDEX = "application/json"


class Composing:
    """A copy for the eyes, kept and erased as the segments are."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        recordings: DocumentVault,
        composer: Composer,
        administrations: dict[AdministrationId, Administration],
    ) -> None:
        """`vault` has the manifest, `recordings` the segments."""
        self._cases = cases
        self._vault = vault
        self._recordings = recordings
        self._composer = composer
        self._administrations = administrations

    @activity.defn
    async def compose_recording(self, order: OnProcedure) -> None:
        """Raises `PersonMustAct('nothing_recorded')` for an act of which no recording is kept."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        if procedure.recording is None or procedure.recording.manifest is None:
            raise PersonMustAct("nothing_recorded")
        manifest = procedure.recording.manifest
        if await kept_video(self._recordings, procedure.id, manifest.sha256) is not None:
            return
        lines = lines_of(await self._vault.get(procedure.id, manifest))
        layout = layout_of(procedure, {line.participant for line in lines}, self._administrations)
        kept = await kept_lines(self._recordings, procedure.id)
        stretches = [
            await self._kept(procedure.id, manifest.sha256, layout, stretch, kept)
            for stretch in stretches_of(procedure.recording.parts, lines)
        ]
        lasts = PlayingTime(procedure.recording.parts).lasts
        await self._finish(procedure.id, manifest.sha256, layout, stretches, lasts)

    async def _kept(
        self, procedure: ProcedureId, manifest: Sha256, layout: Layout, stretch: Stretch, lines: list[KeptLine]
    ) -> KeptStretch:
        made = await kept_stretch(self._recordings, procedure, manifest, stretch.n)
        if made is not None:
            return made
        contents = {shown.n: lines[shown.n].content for shown in stretch.shown if shown.n is not None}
        segments = {
            n: await self._recordings.get(procedure, content) for n, content in contents.items() if content is not None
        }
        composed = await self._composer.compose(layout, stretch, segments)
        content = await self._recordings.put(procedure, composed.content, MEDIA_TYPE)
        fresh = KeptStretch(content=content, clusters=composed.clusters)
        name = stretch_name(manifest, stretch.n)
        ref = await self._recordings.put_once(procedure, name, fresh.model_dump_json().encode(), INDEX)
        return KeptStretch.model_validate_json(await self._recordings.get(procedure, ref))

    async def _finish(
        self, procedure: ProcedureId, manifest: Sha256, layout: Layout, stretches: list[KeptStretch], lasts: float
    ) -> None:
        clusters = [cluster for stretch in stretches for cluster in stretch.clusters]
        before, after = self._composer.around(layout, clusters, lasts)
        ends: list[DocumentRef] = [await self._recordings.put(procedure, end, MEDIA_TYPE) for end in (before, after)]
        pieces = (ends[0], *(stretch.content for stretch in stretches), ends[1])
        video = KeptVideo(lasts=lasts, pieces=pieces).model_dump_json().encode()
        await self._recordings.put_once(procedure, video_name(manifest), video, INDEX)


def layout_of(
    procedure: Procedure, recorded: set[str], administrations: dict[AdministrationId, Administration]
) -> Layout:
    """Whoever was recorded, in the order of the act, under the name by which the record knows them."""
    language = procedure.language
    reasons = [*(reason.value for reason in GapReason), "no_picture", "unreadable"]
    return Layout(
        people=tuple(
            Card(
                participant=person.id,
                name=shown_name(procedure, person, language),
                role=procedure.role_of(person).titles.in_language(language),
            )
            for person in procedure.participants
            if person.id in recorded
        ),
        strip=f"{procedure.case_number} · {text('composed.strip', language)}",
        missing={reason: text(f"composed.{reason}", language) for reason in reasons},
        time_zone=administrations[procedure.administration].time_zone(procedure.office),
    )
