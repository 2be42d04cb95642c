"""What was seen of somebody goes into the bundle with the event that tells of it."""

import json

from activities.bundle_parts import core_parts
from tests.workflows.asking import before_signing
from tests.workflows.court import Court


async def test_the_still_of_an_identification_is_in_the_bundle_and_not_called_superseded(court: Court) -> None:
    room, *_ = await before_signing(court, "prc_seen")
    procedure, here = await room.procedure(), court.installation
    entries = await here.journal.read(procedure.id)
    seen = {
        subject
        for entry in entries
        if entry.type in ("identification_begun", "identity_confirmed")
        for subject in json.loads(entry.line)["subjects"]
    }
    parts = await core_parts(procedure, entries, here.vault, here.keys, certificates={})
    assert seen
    assert seen == {file.clear_sha256 for file in parts.identity_files}
    assert not seen & {reference.sha256 for reference in parts.references}
