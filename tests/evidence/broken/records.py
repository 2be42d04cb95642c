"""Broken signature records: the story of a citizen's signature does not hold together."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from evidence.canonical import canonical
from evidence.layout import EVENTS
from tests.evidence.forge import Telling, defect, insider, retell
from tests.evidence.sample import Sample, record

FIRST = "signatures/rec-par_1.json"
SECOND = "signatures/rec-par_2.json"


def _with_record(sample: Sample, change: Callable[[dict[str, Any]], None]) -> bytes:
    """A bundle whose first record says something else; builder, seal and anchor do not mind."""
    first, second = sample.parts.signature_records
    value = json.loads(first.content)
    change(value)
    return insider(sample, replace(sample.parts, signature_records=[replace(first, content=canonical(value)), second]))


def _without_event(sample: Sample, gone: Callable[[Telling], bool]) -> bytes:
    return insider(sample, retell(sample.parts, lambda told: [event for event in told if not gone(event)]))


@defect(FIRST, "RECORD_IS_NOT_THE_SIGNED_ONE")
def record_with_another_name(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(signer_name="Otra Persona"))


@defect(FIRST, "RECORD_FIELD_MISSING")
def record_without_its_device(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.pop("source_device"))


@defect(FIRST, "FIELD_NOT_SUPPORTED")
def record_of_a_failed_authentication(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(authentication_result="failure"))


@defect(FIRST, "RECORD_OF_ANOTHER_PROCEDURE")
def record_of_another_procedure(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(procedure="prc_2"))


@defect(FIRST, "RECORD_WITHOUT_SIGNATURE")
def record_of_another_document(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(document_sha256="0" * 64))


@defect(FIRST, "SIGNED_BEFORE_AUTHENTICATED")
def record_signed_before_authenticated(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(signed_at="2026-03-02T08:00:00Z"))


@defect(FIRST, "MECHANISM_DIFFERS")
def record_with_another_mechanism(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(mechanism="id_document_on_camera"))


@defect(FIRST, "RECORD_ID_DIFFERS")
def record_under_the_name_of_another(sample: Sample) -> bytes:
    return _with_record(sample, lambda value: value.update(id="rec-par_3"))


@defect(f"{EVENTS}#11", "RECORD_MISSING")
def record_missing(sample: Sample) -> bytes:
    return insider(sample, replace(sample.parts, signature_records=sample.parts.signature_records[:1]))


@defect("signatures/rec-par_9.json", "RECORD_WITHOUT_SIGNATURE")
def record_of_a_signature_that_never_was(sample: Sample) -> bytes:
    invented = record("par_9", "0" * 64, sample.case.story)
    return insider(sample, replace(sample.parts, signature_records=[*sample.parts.signature_records, invented]))


@defect(FIRST, "PAGES_NOT_VIEWED")
def page_never_shown(sample: Sample) -> bytes:
    return _without_event(sample, lambda event: (event[2].get("page"), event[2].get("participant")) == (2, "par_1"))


@defect(SECOND, "SIGNED_WITHOUT_AUTHENTICATION")
def authentication_of_one_used_for_another(sample: Sample) -> bytes:
    def is_second(event: Telling) -> bool:
        return event[0] == "signature_authenticated" and event[2]["participant"] == "par_2"

    return _without_event(sample, is_second)


@defect(FIRST, "SIGNED_WITHOUT_AUTHENTICATION")
def authenticated_after_signing(sample: Sample) -> bytes:
    return insider(sample, retell(sample.parts, lambda told: [*told[:6], told[7], told[6], *told[8:]]))


@defect(FIRST, "PAGES_NOT_VIEWED")
def pages_shown_after_authenticating(sample: Sample) -> bytes:
    return insider(sample, retell(sample.parts, lambda told: [*told[:5], told[6], told[5], *told[7:]]))


@defect(f"{EVENTS}#7", "SIGNING_NOT_AMONG_SUBJECTS")
def signing_that_does_not_name_its_document(sample: Sample) -> bytes:
    def unname(told: list[Telling]) -> list[Telling]:
        kind, _, data = told[7]
        return [*told[:7], (kind, [], data), *told[8:]]

    return insider(sample, retell(sample.parts, unname))


@defect(f"{EVENTS}#14", "RECORD_MISSING")
def authentication_and_record_used_for_two_signatures(sample: Sample) -> bytes:
    """The same signing told twice: neither record nor authentication may serve again."""
    return insider(sample, retell(sample.parts, lambda told: [*told, told[7]]))
