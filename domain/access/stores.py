"""What the API keeps: accounts, sessions, computers, keys, drafts, answers given, and the log of who read what.

Ports, implemented by `adapters/postgres/<noun>.py`; every method may raise `TryAgain`. Tokens and codes are
looked up by digest only. Where the answer depends on the hour, the caller gives it as `now`.
"""

from collections.abc import AsyncGenerator, Collection
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, Field

from domain.access.accounts import (
    Account,
    AnsweredCall,
    Device,
    Draft,
    EnrolledDevice,
    OpenedSession,
    Seat,
    Session,
)
from domain.access.coverage import EVERYTHING, Coverage
from domain.access.webhooks import Delivery, Endpoint, RegisteredEndpoint
from domain.base import Value
from domain.ids import AccountId, AdministrationId, ItemId, OfficeId, ProcedureId, Sha256

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

    async def has_password(self, account: AccountId) -> bool:
        """Whether its person has chosen one: whoever comes with the account of their Administration needs none."""

    async def forget_failures(self, now: datetime) -> int:
        """Forget the failures of logins that nobody has tried for a day; returns of how many."""

    async def get(self, account: AccountId) -> Account | None: ...

    async def called(self, administration: AdministrationId, email: str) -> Account | None:
        """The one active account of that Administration with this address, however it is spelled; None for several."""

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

    async def of_account(self, account: AccountId, now: datetime) -> tuple[Session, ...]:
        """The living ones, the last seen first."""

    async def end_of_account(self, account: AccountId, *, only: str | None = None, but: str | None = None) -> list[str]:
        """End all sessions of `account`, or that with the id `only`, or all but that with the id `but`.

        Returns the ids of those that it ended.
        """


class SessionEnds(Protocol):
    """For whoever carries the media of sessions: which of them are over."""

    def listen_ends(self) -> AsyncGenerator[str | None, None]:
        """The id of each session that is ended, as it is; None after each connection: some may have been missed."""

    async def over(self, sessions: Collection[str], now: datetime) -> frozenset[str]:
        """Which of them are: ended, idle or old, or of a computer whose enrolment was revoked."""

    async def keep_in_use(self, sessions: Collection[str], now: datetime) -> None:
        """Whoever is seen and heard is not idle."""


class Devices(Protocol):
    async def enrol(
        self, administration: AdministrationId, office: OfficeId, label: str, by: AccountId, now: datetime
    ) -> EnrolledDevice: ...

    async def find(self, token: str) -> Device | None:
        """The computer whose cookie this is, unless its enrolment was revoked."""

    async def of_office(self, administration: AdministrationId, office: OfficeId) -> tuple[Device, ...]: ...

    async def link(self, device: str, now: datetime) -> str:
        """The secret of a new enrolment link, good once and for a while; the one before is good no more."""

    async def linked(self, link: str, now: datetime) -> Device | None:
        """The computer that a link would make of a browser, while it is good."""

    async def use_link(self, link: str, now: datetime) -> EnrolledDevice | None:
        """Use a link up: that computer is known by another token from now on. None for a link that is good no more."""

    async def call_office(self, device: str, now: datetime, wants: str | None = None) -> None:
        """Somebody there asks for help, or wants to start an act. Repeating keeps the first hour and the last wish."""

    async def answer_call(self, device: str, by: AccountId, now: datetime) -> None:
        """Somebody of the office has come; kept with the call. Nothing where nobody calls."""

    async def answered_calls(
        self, administration: AdministrationId, office: OfficeId, since: datetime
    ) -> tuple[AnsweredCall, ...]: ...

    async def revoke(self, device: str, now: datetime) -> None:
        """Repeating keeps the first hour."""


class WebhookEndpoints(Protocol):
    """Where regional systems are told what happens. Each event is written for the addresses of that moment."""

    async def register(
        self,
        administration: AdministrationId,
        label: str,
        url: str,
        by: AccountId,
        now: datetime,
        coverage: Coverage = EVERYTHING,
    ) -> RegisteredEndpoint:
        """Raises `Refusal('too_many_webhooks')`."""

    async def of_administration(self, administration: AdministrationId) -> tuple[Endpoint, ...]:
        """Those that are not removed."""

    async def cover(self, endpoint: str, coverage: Coverage) -> None:
        """From the next event on; what waits is still told."""

    async def new_secret(self, endpoint: str, now: datetime) -> str:
        """For `BOTH_SECRETS_FOR` each message is signed with this one and with the one before."""

    async def remove(self, endpoint: str, now: datetime) -> None:
        """Nothing more is told there, what waits included. Repeating keeps the first hour."""

    async def deliveries(
        self, endpoint: str, *, after: str | None = None, limit: int = 100
    ) -> tuple[tuple[Delivery, ...], str | None]:
        """The newest first, and the cursor of the next page."""

    async def send_again(self, endpoint: str, message: str, now: datetime) -> bool:
        """Have a message sent again under its old id, whatever became of it. False: there is none."""

    async def purge_webhooks(self, now: datetime) -> int:
        """Forget what was taken more than `KEPT_FOR` ago; returns how many."""


# -- requests ----------------------------------------------------------------------------------------------


class Drafts(Protocol):
    """Autosaved typing, encrypted with the procedure's key. It never enters journal or history."""

    async def save(
        self,
        procedure: ProcedureId,
        item: ItemId,
        author: str,
        values: dict[str, Any],
        now: datetime,
        revision: int = 0,
    ) -> None:
        """Replace what `author` had there. An older `revision`, or an older `now` of the same, changes nothing."""

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

    async def reason(self, actor: str, procedure: ProcedureId, since: datetime) -> str | None:
        """Why `actor` opens what is in the procedure, as said last since then (a line `reason`)."""
