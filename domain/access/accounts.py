"""Who may come in: members of staff, sessions, enrolled office computers and the keys of regional systems.

Models only. What each may do is decided by the permissions of the API and by the rules of the procedure.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, Field

from domain.base import Value
from domain.ids import AccountId, AdministrationId, OfficeId, ParticipantId, ProcedureId
from domain.languages import DEFAULT_LANGUAGE
from domain.types.vocabulary import StaffRole

SIGN_IN_TRIES = 5
"""Wrong passwords in a row before a login is locked, whether or not it belongs to somebody."""

SIGN_IN_LOCK = timedelta(minutes=15)

FAILURES_KEPT_FOR = timedelta(days=1)
"""Wrong passwords count together while no longer than this passes from one to the next."""

LONGEST_PASSWORD = 1024
"""Characters. More is refused unread: hashing megabytes for strangers is a gift to them."""


class Account(Value):
    """A member of staff of one Administration."""

    id: AccountId
    administration: AdministrationId
    name: str
    email: str
    roles: tuple[StaffRole, ...] = Field(min_length=1)
    offices: tuple[OfficeId, ...] = ()
    """Where the person may sit; empty for those who work for the whole Administration."""
    body: str | None = None
    """The justice body for which the person acts."""
    certificate: str | None = None
    """Name of the certificate with which the person signs."""
    locale: str = DEFAULT_LANGUAGE
    active: bool = True

    def has(self, *roles: StaffRole) -> bool:
        """True when the account holds at least one of `roles`."""
        return any(role in self.roles for role in roles)


class SessionKind(StrEnum):
    STAFF = "staff"
    CITIZEN = "citizen"


class Lifetime(Value):
    idle: timedelta
    """Without a request for this long, the session is over."""
    absolute: timedelta
    """Over after this long, whatever happens."""


LIFETIMES: Mapping[SessionKind, Lifetime] = {
    SessionKind.STAFF: Lifetime(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
    SessionKind.CITIZEN: Lifetime(idle=timedelta(minutes=30), absolute=timedelta(hours=4)),
}

LAST_PAGE = timedelta(minutes=10)
"""How long a citizen's session outlives the procedure: for the page that says how it ended, and nothing else."""

ROTATION_GRACE = timedelta(seconds=10)
"""How long a replaced token still serves: requests that were under way when it was replaced do not fail."""


class Seat(Value):
    """The one place that a citizen's session opens: one person, in one procedure, at one computer."""

    procedure: ProcedureId
    participant: ParticipantId
    device: str | None = None
    """Id of the enrolled office computer; None on the person's own."""


class Session(Value):
    id: str
    """Names the session in logs and in the audit; opens nothing."""
    kind: SessionKind
    account: AccountId | None = None
    seat: Seat | None = None
    csrf: str = Field(repr=False)
    opened_at: AwareDatetime
    authenticated_at: AwareDatetime
    """When the secret (password, summons code) was last given."""
    last_seen_at: AwareDatetime
    ends_at: AwareDatetime
    """The absolute end."""
    previous_access_at: AwareDatetime | None = None
    """When that member of staff signed in before; None for citizens, and the first time."""


class OpenedSession(Value):
    """A session with its token, which exists only here and in the cookie: the store keeps its SHA-256."""

    token: str = Field(repr=False)
    session: Session


class Device(Value):
    """An enrolled office computer: a secure point of access (law: RDL 6/2023 art. 62.2)."""

    id: str
    administration: AdministrationId
    office: OfficeId
    label: str
    enrolled_by: AccountId
    enrolled_at: AwareDatetime
    revoked_at: AwareDatetime | None = None
    calls_since: AwareDatetime | None = None
    """Somebody who sits at it without having shown a summons asks the office for help."""
    calls_for: str | None = None
    """The type of act that they want to start; None where they only need help, or the type is told to nobody."""


class AnsweredCall(Value):
    """Somebody called the office from one of its computers, and somebody of the office came."""

    label: str
    called_at: AwareDatetime
    wants: str | None
    answered_at: AwareDatetime
    answered_by: str | None
    """The name of whoever came; None where their account is no more."""


ENROLMENT_LINK = timedelta(days=7)
"""For how long an enrolment link that nobody has opened may still be."""


class EnrolledDevice(Value):
    token: str = Field(repr=False)
    """For the cookie of that computer; the store keeps its SHA-256."""
    device: Device


class Draft(Value):
    """What somebody is typing into one agenda item, before it is committed to the procedure."""

    author: str
    values: dict[str, object]
    saved_at: datetime
    revision: int = 0
    """`revision` of the item over which it was typed."""


TYPING = timedelta(seconds=15)
"""A draft saved less than this ago means that its author is typing."""


def others_typing(drafts: tuple[Draft, ...], author: str, now: datetime) -> tuple[str, ...]:
    """Who else is typing into the same item at `now`, the most recent first."""
    fresh = [draft for draft in drafts if draft.author != author and now - draft.saved_at < TYPING]
    return tuple(draft.author for draft in sorted(fresh, key=lambda draft: draft.saved_at, reverse=True))
