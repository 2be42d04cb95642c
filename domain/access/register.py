"""The register of procedures as the API reads it: lists, what strangers verify, codes of summonses.

Ports, implemented by `adapters/postgres/`; every method may raise `TryAgain`. Codes are looked up by digest only.
"""

from collections.abc import AsyncGenerator
from typing import Protocol

from pydantic import AwareDatetime, Field

from domain.access.accounts import (
    Seat,
)
from domain.base import Value
from domain.ids import AdministrationId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.register import RegisterRow
from domain.procedure.state import AnchorReceipt, Procedure
from domain.types.privacy import PROTECTED
from domain.types.vocabulary import Privacy, Stage


class Board(Value):
    """Which procedures a list shows. An empty tuple or None does not narrow it."""

    administration: AdministrationId
    office: OfficeId | None = None
    """The office that holds it, or from which somebody is expected."""
    body: str | None = None
    stages: tuple[Stage, ...] = ()
    since: AwareDatetime | None = None
    """Scheduled at this instant or later."""
    until: AwareDatetime | None = None
    """Scheduled before this instant."""
    number: str | None = None
    """The beginning of a case number."""
    name: str | None = None
    """Beginnings of words of a name, each of three letters or more; accents and capitals are one. Without such a word
    nothing is found; protected people and those under an alias never are."""
    newest_first: bool = False
    """Those scheduled last come first."""


class BoardPage(Value):
    rows: tuple[RegisterRow, ...]
    """In order of schedule, or against it where the board asks so."""
    cursor: str | None = None
    """Where the next page begins; None at the end."""


class RegisterChange(Value):
    """Something happened in a procedure: enough to decide whose page has to be drawn again."""

    procedure: ProcedureId
    administration: AdministrationId
    offices: tuple[OfficeId, ...]
    seq: int
    stage: Stage


class DeskCalled(Value):
    """Somebody at a computer of that office asks for help, or has been helped."""

    administration: AdministrationId
    office: OfficeId


class Verification(Value):
    """What the public page tells about sealed minutes to whoever holds their code."""

    sha256: Sha256
    """Of the sealed PDF."""
    sealed_at: AwareDatetime
    titles: dict[str, str] = Field(default_factory=dict)
    """Kind of document by language; empty outside ordinary privacy."""
    body: str | None = None
    anchor: AnchorReceipt | None = None


def verification_of(procedure: Procedure) -> Verification | None:
    """What may be said in public of the minutes of `procedure`; None until they are sealed.

    Outside ordinary privacy neither body nor kind nor transaction is told: each would say what the person was
    there for (RD 1109/2015).
    """
    minutes = procedure.minutes
    if minutes is None or minutes.document is None or minutes.sealed_at is None:
        return None
    sealed = Verification(
        sha256=procedure.document(minutes.document).current.sha256,
        sealed_at=minutes.sealed_at,
    )
    kind = procedure.type.procedure
    if kind.privacy is not Privacy.ORDINARY or PROTECTED[kind.privacy]:
        return sealed
    return sealed.but(titles=dict(kind.titles.root), body=procedure.body, anchor=procedure.anchor)


class Register(Protocol):
    """Lists and search over what the journal's writer leaves there. Nothing is changed through this port."""

    async def board(self, board: Board, *, after: str | None = None, limit: int = 50) -> BoardPage:
        """One page. `after` is the `cursor` of the page before.

        Raises `Refusal('bad_cursor')` when it is not one.
        """

    async def get(self, procedure: ProcedureId) -> RegisterRow | None: ...

    async def by_external_id(self, administration: AdministrationId, external_id: str) -> RegisterRow | None:
        """The procedure that a regional system knows under its own number; of several, the one held first."""

    async def by_csv(self, csv: str) -> RegisterRow | None:
        """The procedure whose sealed minutes carry this code."""

    async def verification(self, csv: str) -> Verification | None:
        """What the public page may say of the document with this code. None: unknown, or not sealed."""

    def listen(self) -> AsyncGenerator[RegisterChange | DeskCalled | None, None]:
        """Changes as they are committed, for ever, across lost connections.

        None comes first, and again after every lost connection: whatever was drawn before may be out of date.
        Use it within `contextlib.aclosing`.
        """


class SummonsCodes(Protocol):
    async def issue(self, procedure: ProcedureId, participant: ParticipantId) -> str:
        """The code that opens that person's seat from now on: the same one whenever it is asked for again.

        Raises `PersonMustAct('summons_code_taken')` when it already opens another seat.
        """

    async def seat_of(self, typed: str) -> Seat | None:
        """Whose summons carries this code, however it was typed."""
