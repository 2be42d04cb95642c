"""Every known way to break a bundle, one function each, by the part that is broken."""

from tests.evidence.broken import anchoring, container, documents, journal, lists, recording, records, signatures

__all__ = ["anchoring", "container", "documents", "journal", "lists", "recording", "records", "signatures"]
