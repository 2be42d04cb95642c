"""Broken relations between documents, index and journal."""

from dataclasses import replace
from typing import Any

from evidence.bundle import document_path
from evidence.container import pack
from evidence.layout import EVENTS, INDEX
from evidence.parts import Document, DocumentKind
from tests.evidence.forge import defect, edit_json, insider, insider_member, members_of, with_member
from tests.evidence.papers import blank_pdf, sign
from tests.evidence.sample import Sample, document


def _other_minutes(sample: Sample) -> Document:
    """Minutes of another procedure: true signatures, wrong case."""
    signed = sign(blank_pdf("minutes of another case"), "seal", sample.pki.signer("seal"), sample.pki.stamper())
    return document(signed, "minutes", DocumentKind.MINUTES)


@defect("{minutes}", "FILE_DIFFERS")
def minutes_swapped_under_the_same_name(sample: Sample) -> bytes:
    return pack({**members_of(sample.bundle), sample.names["minutes"]: _other_minutes(sample).content})


@defect("{minutes}", "NAME_IS_NOT_HASH")
def minutes_swapped_under_the_same_name_and_relisted(sample: Sample) -> bytes:
    return with_member(sample, sample.names["minutes"], _other_minutes(sample).content)


@defect(f"{EVENTS}#13", "SUBJECT_NOT_IN_BUNDLE")
def minutes_swapped_by_the_body_itself(sample: Sample) -> bytes:
    kept = [one for one in sample.parts.documents if one.kind is not DocumentKind.MINUTES]
    return insider(sample, replace(sample.parts, documents=[*kept, _other_minutes(sample)]))


STRAY = document(blank_pdf("stray"), "stray", DocumentKind.DEPOSITED)


@defect(document_path(STRAY), "NOT_IN_JOURNAL")
def document_that_nobody_presented(sample: Sample) -> bytes:
    return insider(sample, replace(sample.parts, documents=[*sample.parts.documents, STRAY]))


@defect(f"{EVENTS}#2", "SUBJECT_NOT_IN_BUNDLE")
def presented_document_left_out(sample: Sample) -> bytes:
    kept = [one for one in sample.parts.documents if one.kind is not DocumentKind.DEPOSITED]
    return insider(sample, replace(sample.parts, documents=kept))


@defect(f"{EVENTS}#1", "SUBJECT_NOT_IN_BUNDLE")
def identity_evidence_left_out(sample: Sample) -> bytes:
    return insider(sample, replace(sample.parts, identity_files=()))


@defect("{scan}", "FILE_NOT_INDEXED")
def document_left_out_of_the_index(sample: Sample) -> bytes:
    def forget(index: Any) -> None:
        index["documents"] = [one for one in index["documents"] if one["title"] != "scan"]

    return insider_member(sample, INDEX, edit_json(sample, INDEX, forget))


@defect("{brought}", "FILE_NOT_INDEXED")
def brought_file_left_out_of_the_index(sample: Sample) -> bytes:
    def forget(index: Any) -> None:
        index["documents"] = [one for one in index["documents"] if one["kind"] != "brought"]

    return insider_member(sample, INDEX, edit_json(sample, INDEX, forget))


@defect("{minutes}", "INDEX_DIFFERS")
def index_with_another_size(sample: Sample) -> bytes:
    def resize(index: Any) -> None:
        for one in index["documents"]:
            one["size"] += one["kind"] == "minutes"

    return insider_member(sample, INDEX, edit_json(sample, INDEX, resize))


@defect("{agreement}", "SIGNED_DOCUMENT_WRONG_KIND")
def signed_agreement_passed_off_as_deposited(sample: Sample) -> bytes:
    """A deposited document's signatures are not judged: the journal must not allow that way out."""

    def relabel(index: Any) -> None:
        for one in index["documents"]:
            one["kind"] = "deposited" if one["kind"] == "signed" else one["kind"]

    return insider_member(sample, INDEX, edit_json(sample, INDEX, relabel))


@defect(INDEX, "FIELD_WRONG")
def index_with_an_unknown_kind(sample: Sample) -> bytes:
    def invent(index: Any) -> None:
        index["documents"][0]["kind"] = "draft"

    return insider_member(sample, INDEX, edit_json(sample, INDEX, invent))


@defect(document_path(STRAY), "INDEXED_FILE_MISSING")
def index_with_a_document_that_is_not_there(sample: Sample) -> bytes:
    def add(index: Any) -> None:
        index["documents"].append({**index["documents"][0], "path": document_path(STRAY), "sha256": STRAY.sha256})

    return insider_member(sample, INDEX, edit_json(sample, INDEX, add))


@defect(INDEX, "INDEX_NAMES_TWICE")
def index_with_a_document_twice(sample: Sample) -> bytes:
    def repeat(index: Any) -> None:
        index["documents"].append(index["documents"][0])

    return insider_member(sample, INDEX, edit_json(sample, INDEX, repeat))


@defect(INDEX, "FIELD_MISSING")
def index_without_references(sample: Sample) -> bytes:
    return insider_member(sample, INDEX, edit_json(sample, INDEX, lambda index: index.pop("references")))


@defect(f"{EVENTS}#12", "SHOWN_DOCUMENT_MISSING")
def draft_that_was_shown_left_out(sample: Sample) -> bytes:
    kept = [one for one in sample.parts.documents if (one.title, one.kind) != ("minutes", DocumentKind.GENERATED)]
    return insider(sample, replace(sample.parts, documents=kept))


@defect(f"{EVENTS}#11", "SIGNED_DOCUMENT_MISSING")
def signed_agreement_left_out(sample: Sample) -> bytes:
    kept = [one for one in sample.parts.documents if one.kind is not DocumentKind.SIGNED]
    return insider(sample, replace(sample.parts, documents=kept))
