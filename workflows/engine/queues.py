"""Task queues, one per resource."""

from datetime import timedelta

TASK_TIMEOUT = timedelta(seconds=3)
"""How long a workflow task may take: one that a killed worker had in hand is given to another after this.

Measured: with the engine's 10 s an act that was under way at a kill is answered 10 s later, however soon the next
worker serves. A whole conciliation is replayed in well under a second.
"""

PROCEDURES = "procedures"
"""Workflows, and the quick acts that go with them: journal, PINs, mails."""

CRYPTO = "crypto"
"""Signatures, seals, time stamps, the chain."""

DOCUMENTS = "documents"
"""Parsing, setting and bundling documents: heavy on the processor."""

ROOMS = "rooms"
"""Served by the sidecar of a media process."""
