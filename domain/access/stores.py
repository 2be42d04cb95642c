"""What the API needs of the world: lists, codes, accounts, sessions, drafts, and the log of who read what.

Ports, implemented by `adapters/<noun>_postgres.py`; every method may raise `TryAgain`. Tokens and codes are
looked up by digest only. Where the answer depends on the hour, the caller gives it as `now`.
"""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, Field

from domain.access.accounts import (
    Account,
    ApiKey,
    Device,
    Draft,
    EnrolledDevice,
    IssuedApiKey,
    OpenedSession,
    Seat,
    Session,
)
from domain.base import Value
from domain.ids import AccountId, AdministrationId, ItemId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.register import RegisterRow
from domain.procedure.state import AnchorReceipt, Procedure
from domain.types.vocabulary import Privacy, Stage

# -- the register ------------------------------------------------------------------------------------------


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
    if kind.privacy is not Privacy.ORDINARY:
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

    async def by_summons_code(self, code_hmac: str) -> Seat | None:
        """Whose summons carries the code with this digest (`domain.codes.pins.summons_code_hmac`)."""

    def listen(self) -> AsyncGenerator[RegisterChange | None, None]:
        """Changes as they are committed, for ever, across lost connections.

        None comes first, and again after every lost connection: whatever was drawn before may be out of date.
        Use it within `contextlib.aclosing`.
        """


class SummonsCodes(Protocol):
    async def keep_summons_code(self, procedure: ProcedureId, participant: ParticipantId, code_hmac: str) -> None:
        """Let the code with this digest open that person's seat. Repeating keeps the first one.

        Raises `PersonMustAct('summons_code_taken')` when it already opens another seat.
        """


# -- people and machines -----------------------------------------------------------------------------------


class AccountStore(Protocol):
    async def create(self, account: Account, login: str, password: str) -> Account:
        """Add a member of staff. When the login is taken, nothing changes and its owner is returned: compare ids.

        Raises `PersonMustAct('account_id_taken')` when that id has another login.
        """

    async def authenticate(self, login: str, password: str, now: datetime) -> Account:
        """The account, when the password is right.

        Raises `Refusal('sign_in_refused')` (unknown, wrong or inactive: nobody learns which) and
        `Refusal('sign_in_locked', until=...)` for 15 minutes after five failures in a row.
        """

    async def confirm(self, account: AccountId, session: str, password: str, now: datetime) -> None:
        """Return when it is the password of `account`, who is signed in with `session`.

        Refuses as `authenticate` does, and counts failures of that session alone: what strangers try at the door
        locks nobody who is in.
        """

    async def forget_failures(self, now: datetime) -> int:
        """Forget the failures of logins that nobody has tried for a day; returns of how many."""

    async def get(self, account: AccountId) -> Account | None: ...

    async def of_administration(self, administration: AdministrationId) -> tuple[Account, ...]: ...


class Sessions(Protocol):
    """Server-side sessions: 256 random bits in a cookie, their SHA-256 here; idle and absolute end."""

    async def open_staff(self, account: AccountId, now: datetime) -> OpenedSession: ...

    async def open_citizen(self, seat: Seat, now: datetime) -> OpenedSession:
        """Ends every other session of that seat: a person sits at one computer."""

    async def find(self, token: str, now: datetime) -> Session | None:
        """The living session of `token`, which thereby has been seen at `now`."""

    async def rotate(self, token: str, now: datetime) -> OpenedSession | None:
        """The same session under a new token, authenticated at `now`: for when a password was given again."""

    async def end(self, token: str) -> None: ...


class Devices(Protocol):
    async def enrol(
        self, administration: AdministrationId, office: OfficeId, label: str, by: AccountId, now: datetime
    ) -> EnrolledDevice: ...

    async def find(self, token: str) -> Device | None:
        """The computer whose cookie this is, unless its enrolment was revoked."""

    async def of_office(self, administration: AdministrationId, office: OfficeId) -> tuple[Device, ...]: ...

    async def revoke(self, device: str, now: datetime) -> None:
        """Repeating keeps the first hour."""


class ApiKeys(Protocol):
    async def issue(
        self, administration: AdministrationId, label: str, scopes: Sequence[str], now: datetime
    ) -> IssuedApiKey: ...

    async def find(self, text: str) -> ApiKey | None:
        """The key, unless it is malformed, unknown, wrong or revoked."""

    async def of_administration(self, administration: AdministrationId) -> tuple[ApiKey, ...]: ...

    async def revoke(self, key: str, now: datetime) -> None:
        """By id. Repeating keeps the first hour."""


# -- requests ----------------------------------------------------------------------------------------------


class Drafts(Protocol):
    """Autosaved typing, encrypted with the procedure's key. It never enters journal or history."""

    async def save(
        self, procedure: ProcedureId, item: ItemId, author: str, values: dict[str, Any], now: datetime
    ) -> None:
        """Replace what `author` had there. An older `now` than the one stored changes nothing."""

    async def read(self, procedure: ProcedureId, item: ItemId) -> tuple[Draft, ...]:
        """Everybody's draft of that item, the last writer first (see `domain.access.accounts.others_typing`)."""

    async def delete(self, procedure: ProcedureId, item: ItemId | None = None, author: str | None = None) -> None:
        """Forget one author's draft, everybody's of that item, or all of the procedure."""


class StoredResponse(Value):
    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] = Field(default_factory=dict)


class Begun(Value):
    """What to do with a request that carries an Idempotency-Key."""

    state: Literal["new", "in_progress", "done", "conflict"]
    """`new`: carry it out. `in_progress`: another one is at it. `conflict`: same key, different request."""
    response: StoredResponse | None = None
    """Of a `done` request: the same body as the first time."""


class Idempotency(Protocol):
    """Answers by (scope, key) for 24 hours. `scope` is who asks and the route: keys of others never meet."""

    async def begin(self, scope: str, key: str, request_hash: Sha256, now: datetime) -> Begun:
        """Claim the key. A claim left unfinished for a minute (the process died) may be claimed again."""

    async def finish(self, scope: str, key: str, response: StoredResponse) -> None:
        """Keep the answer. The first one stays."""

    async def abandon(self, scope: str, key: str) -> None:
        """Give an unfinished claim back: the request failed in a way that may be tried again."""

    async def purge(self, now: datetime) -> int:
        """Forget what is older than 24 hours; returns how many."""


class ReadAccess(Value):
    """One look at something that is not public (law: LO 7/2021 art. 31 asks for who, what, when and why)."""

    id: str
    """Of the request: repeating writes nothing."""
    at: AwareDatetime
    actor: str
    """Account, participant or API key id. Never a name."""
    role: str
    administration: AdministrationId
    procedure: ProcedureId | None = None
    what: str
    """`procedure`, `timeline`, `document:<sha256>`, `board`..."""
    why: str
    """`duty` by default, or what the person gave as the reason."""


class ReadAudit(Protocol):
    """Append-only log of reading. The table refuses UPDATE and DELETE."""

    async def record(self, access: ReadAccess) -> None: ...

    async def of_procedure(
        self, procedure: ProcedureId, *, after: str | None = None, limit: int = 100
    ) -> tuple[tuple[ReadAccess, ...], str | None]:
        """The newest first, and the cursor of the next page."""
