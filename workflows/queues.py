"""Task queues, one per resource."""

PROCEDURES = "procedures"
"""Workflows, and the quick acts that go with them: journal, PINs, mails."""

CRYPTO = "crypto"
"""Signatures, seals, time stamps, the chain."""

DOCUMENTS = "documents"
"""Parsing, setting and bundling documents: heavy on the processor."""

ROOMS = "rooms"
"""Served by the sidecar of a media process."""
