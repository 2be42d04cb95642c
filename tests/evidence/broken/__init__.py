"""Every known way to break a bundle, one function each, by the part that is broken."""

from tests.evidence.broken import (
    additions,
    anchoring,
    container,
    documents,
    encodings,
    holders,
    journal,
    lists,
    minutes,
    recording,
    records,
    signatures,
    validation_data,
)

__all__ = [
    "additions",
    "anchoring",
    "container",
    "documents",
    "encodings",
    "holders",
    "journal",
    "lists",
    "minutes",
    "recording",
    "records",
    "signatures",
    "validation_data",
]
