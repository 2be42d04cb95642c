"""Lies about when: journals, records and time-stamps that do not follow each other."""

from dataclasses import replace
from datetime import timedelta

from evidence.bundle import assemble
from tests.evidence.forged.forgery import AT, FORGERIES, RECORD, Forgery, script
from tests.evidence.held import Told
from tests.evidence.papers import seal_manifest, stamp_time
from tests.evidence.sample import Sample

__all__: list[str] = []

# Times
YEARS = timedelta(days=365 * 50)
script(
    "a journal of half a century ahead",
    AT,
    "EVENT_AFTER_THE_SEAL",
    lie=lambda event: replace(event, at=event.at + YEARS),
)
script(
    "a journal of ten years ago",
    AT,
    "SIGNED_AFTER_ITS_EVENT",
    lie=lambda event: replace(event, at=event.at - YEARS / 5),
)
script(
    "a journal of an hour ago",
    AT,
    "SIGNED_AFTER_ITS_EVENT",
    lie=lambda event: replace(event, at=event.at - timedelta(hours=1)),
)
script(
    "a journal of an hour ahead",
    AT,
    "EVENT_AFTER_THE_SEAL",
    lie=lambda event: replace(event, at=event.at + timedelta(hours=1)),
)
script(
    "the record was authenticated years before",
    RECORD,
    "RECORD_TIME_DIFFERS",
    record={"authenticated_at": "2020-01-01T00:00:00Z"},
)
script("the record was signed years after", RECORD, "RECORD_TIME_DIFFERS", record={"signed_at": "2099-01-01T00:00:00Z"})


def authenticated_late(event: Told) -> Told:
    """Everything from the first authentication on is dated ten minutes after: the signature was there before it."""
    later = timedelta(minutes=10)
    kinds: tuple[str, ...] = (
        "procedure_requested",
        "participant_checked_in",
        "warnings_acknowledged",
        "consent_given",
        "room_opened",
    )
    kinds += ("participant_admitted", "participant_joined", "identity_confirmed", "document_deposited")
    return event if event.type in kinds else replace(event, at=event.at + later)


script("signed before it was authenticated", AT, "SIGNED_BEFORE_ITS_AUTHENTICATION", lie=authenticated_late)


def late(name: str, where: str, code: str, part: str, ahead: timedelta) -> None:
    """Enter a bundle whose seal or batch was stamped at another time."""

    def make(sample: Sample) -> bytes:
        stamper = sample.pki.stamper(ahead=ahead)
        seal = seal_manifest(sample.core.manifest, sample.pki.signer("seal"))
        assert sample.outer.merkle is not None
        if part == "seal":
            return assemble(sample.core, replace(sample.outer, seal=seal, seal_token=stamp_time(seal, stamper)))
        return assemble(sample.core, replace(sample.outer, root_token=stamp_time(sample.outer.merkle.root, stamper)))

    FORGERIES.append(Forgery(name, make, where, code))


HOUR = timedelta(hours=1)
late("sealed before anybody signed", "documents/", "SIGNED_AFTER_THE_SEAL", "seal", -HOUR)
late("sealed before the act", AT, "EVENT_AFTER_THE_SEAL", "seal", -HOUR)
late("in a batch before it was sealed", "anchor/tsa.tst", "BATCH_BEFORE_THE_SEAL", "root", -HOUR)
late("in a block before it was sealed", "anchor/chain.json#header", "BLOCK_BEFORE_THE_SEAL", "seal", HOUR)
late("in a block before its batch", "anchor/chain.json#header", "BLOCK_BEFORE_THE_BATCH", "root", HOUR)
