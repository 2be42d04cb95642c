"""Whom the room lets nobody hear, and whom the record says so of."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.ids import ParticipantId
    from workflows.engine.case_file import CaseFile


def muted_now(case: CaseFile) -> tuple[str, tuple[ParticipantId, ...]]:
    """The media process of the room, and whom the record says that nobody hears."""
    return case.procedure.media, tuple(person.id for person in case.procedure.muted())


def room_is_to_be_told(case: CaseFile) -> bool:
    """The room hears others than the record says. A media process that was told nothing mutes nobody."""
    if not case.begun or not case.procedure.room_is_open:
        return False
    (media, muted), (told_media, told) = muted_now(case), case.muted_as_told
    return muted != told or (bool(muted) and media != told_media)
