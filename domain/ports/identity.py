"""Mechanisms of identification. Each is one folder of `adapters/identity/`; rules and workflows name none."""

from datetime import datetime
from typing import Protocol, runtime_checkable

from domain.base import Value
from domain.ids import ProcedureId
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Advice, Participant, PosedStill
from domain.types.vocabulary import Assurance


class Begun(Value):
    expires_at: datetime | None = None
    """Until when it can be completed; None where it does not run out."""
    poses: tuple[str, ...] = ()
    """Of which a still is to be taken, in this order, before it can be completed."""


class Verdict(Value):
    """What came of one attempt."""

    verified: bool
    left: int = 0
    """Attempts that remain after a failure; 0: it has to begin again."""
    assurance: Assurance | None = None
    """What was reached; None: what the mechanism declares. More than it declares counts as that."""
    document_number: str | None = None
    """Of the person, where the mechanism saw it."""
    evidence: DocumentRef | None = None
    """What was judged, kept in the store and encrypted with the procedure's key; None: the still, or nothing."""
    why: str = ""
    """Of an attempt that failed: the code of the refusal that says it best; empty: the ordinary one."""


class Attempt(Value):
    """One completion, as it was asked for."""

    id: str
    """The same id gets the same verdict, and counts once."""
    answers: dict[str, str]
    """By field; of a secret one, its keyed digest."""
    still: DocumentRef | None = None
    at: datetime


class IdentityMechanism(Protocol):
    """Says whether somebody is who the summons says. Every method may be repeated and then changes nothing more.

    `reference` names one identification, from its beginning to its end. Raises `TryAgain` while what it needs is away.
    """

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        """Get ready: send the code, open the challenge. Raises `Refusal` when this person cannot be identified so."""

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        """Judge one attempt. Raises `Refusal` where nothing can be judged (run out, unreadable, of somebody else)."""

    async def self_check(self) -> None:
        """Return when it could serve now. Raises `TryAgain` or `PersonMustAct`."""


@runtime_checkable
class AdvisingMechanism(IdentityMechanism, Protocol):
    """One that looks at stills of the poses it drew, and tells what it saw to whoever decides."""

    async def advise(
        self, procedure: ProcedureId, person: Participant, reference: str, stills: tuple[PosedStill, ...], at: datetime
    ) -> Advice:
        """What the stills of the identification `reference` show, as of `at`. The same get the same advice."""
