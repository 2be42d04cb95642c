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
"""Signatures, seals, time stamps."""

ANCHORING = "anchoring"
"""The chain: its key pays, so it is held by whoever serves this queue and by nobody else."""

DOCUMENTS = "documents"
"""Parsing, setting and bundling documents: heavy on the processor."""

WEBHOOKS = "webhooks"
"""Systems of others, which may take long to answer and hold up nothing else."""

LEXNET = "lexnet"
"""Certified delivery between bodies of justice, which may be down for days and hold up nothing else."""

COMPOSING = "composing"
"""Videos made of recordings: hours of a processor, for which nobody waits. One at a time on each worker."""

ROOMS = "rooms"
"""Served by the sidecar of every media process: whoever is free opens a room."""


def media_queue(media: str) -> str:
    """The queue of one media process, for the rooms that it holds; without a name, as up to 0.2, that of all."""
    return f"{ROOMS}-{media}" if media else ROOMS


def resource_of(queue: str) -> str:
    """The queue whose limits hold for this one."""
    return ROOMS if queue.startswith(f"{ROOMS}-") else queue
