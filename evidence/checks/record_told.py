"""Of CHK-13: what a signature record says of the person, of how they were identified and from where they signed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.taking_part import ASSURANCES, Participant, text

__all__ = ["bare", "record_problems"]

CHECK = NumberedCheck("CHK-13")

PROTECTED: Final = "protected"
"""Stands for the number of somebody whose name is kept (LO 19/1994, art. 2): then an alias stands for the name."""


def record_problems(
    path: str, record: Mapping[str, Any], person: Participant, seq: int, reference: str
) -> Iterator[Finding]:
    """The record of this signature against the journal: who, how sure, and which authentication (event `seq`)."""
    if text(record, "signer_id_number") != PROTECTED:
        yield from _names(path, record, person, seq)
    if reference and reference != text(record, "authentication_reference"):
        yield CHECK.failed(path, "AUTHENTICATION_DIFFERS", seq=seq)
    reached = [one.assurance for one in person.identified_at(seq) if one.assurance in ASSURANCES]
    claimed = text(record, "assurance")
    if claimed in ASSURANCES and ASSURANCES.index(claimed) > max(map(ASSURANCES.index, reached), default=0):
        yield CHECK.failed(path, "ASSURANCE_NOT_REACHED", assurance=claimed)
    device = person.device_at(seq)
    if device and text(record, "source_device") != device:
        yield CHECK.failed(path, "RECORD_OF_ANOTHER_DEVICE", device=text(record, "source_device"))
    pages = record.get("pages_read")
    if isinstance(pages, list) and pages != list(range(1, record["document_pages"] + 1)):
        yield CHECK.failed(path, "PAGES_READ_DIFFER")


def _names(path: str, record: Mapping[str, Any], person: Participant, seq: int) -> Iterator[Finding]:
    if text(record, "signer_name") != person.name_at(seq):
        yield CHECK.failed(path, "RECORD_OF_ANOTHER_PERSON", participant=person.id)
        return
    number = person.number_at(seq)
    if number and bare(text(record, "signer_id_number")) != bare(number):
        yield CHECK.failed(path, "RECORD_OF_ANOTHER_PERSON", participant=person.id)


def bare(number: str) -> str:
    return "".join(filter(str.isalnum, number)).upper()
