"""Accounts of members of staff over their life: made, changed, taken out of use; who did it and when is kept.

Whoever keeps accounts knows nobody's password, and no link with which one is chosen: it is mailed to the person, good
once. Each change is mailed to its person (`account_notices.py`), so that nobody enters as somebody else unseen.
Standard: ENS op.acc.1 to op.acc.4 (RD 311/2022, annex II); OWASP ASVS 5.0 6.3.7, 6.4.1.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pydantic import AwareDatetime

from domain.access.accounts import Account
from domain.base import Value
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.refusals.access import ACCOUNT_ROLES_APART, ACCOUNT_WITHOUT_BODY, ACCOUNT_WITHOUT_OFFICE, OWN_ACCOUNT
from domain.refusals.booking import BODY_UNKNOWN, OFFICE_UNKNOWN
from domain.refusals.requests import EMAIL_MALFORMED, FIELD_REQUIRED
from domain.types.item_values import EMAIL
from domain.types.territory import Administration
from domain.types.vocabulary import StaffRole

PASSWORD_LINK = timedelta(hours=48)
"""How long a link to choose a password is good."""

ALONE = {StaffRole.ADMINISTRATOR, StaffRole.AUDITOR}
"""Standard: ENS op.acc.3, whoever administers or audits does nothing else."""


class AccountAct(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    LINK_MADE = "link_made"
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - the name of an act
    """By the person, with a link."""
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    """By the person, who gave the old one."""
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    """By the person."""
    PASSKEYS_REMOVED = "passkeys_removed"
    """All of them, by an administrator."""
    PROVIDER_FORGOTTEN = "provider_forgotten"
    """Whose the account is at the account provider, by an administrator."""
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    """The relay took it: what happens behind it nobody here can say."""
    GIVEN_UP = "given_up"


class AccountChange(Value):
    account: AccountId
    act: AccountAct
    by: AccountId | None
    """None: a command of whoever runs the installation."""
    at: AwareDatetime
    afterwards: Account
    notice: NoticeState | None = None
    """What became of the mail to the person; None: from before there were any."""


class AccountDetails(Value):
    """What whoever keeps accounts says of one."""

    name: str
    email: str
    """With which the person signs in."""
    roles: tuple[StaffRole, ...]
    offices: tuple[OfficeId, ...] = ()
    body: str | None = None
    certificate: str | None = None

    def of(self, account: AccountId, administration: AdministrationId) -> Account:
        return Account(id=account, administration=administration, **dict(self))


def refuse_unfit(said: AccountDetails, ours: Administration) -> None:
    """Raises `Refusal`: an account with which nobody could do what its roles say, or more than they should."""
    for field, there in (("name", said.name), ("email", said.email), ("roles", said.roles)):
        if not there:
            raise Refusal(FIELD_REQUIRED, field=field, item="")
    if not EMAIL.match(said.email):
        raise Refusal(EMAIL_MALFORMED, field="email")
    roles = set(said.roles)
    if roles & ALONE and len(roles) > 1:
        raise Refusal(ACCOUNT_ROLES_APART, field="roles")
    for office in said.offices:
        if office not in {known.id for known in ours.offices}:
            raise Refusal(OFFICE_UNKNOWN, office=office)
    if said.body is not None and said.body not in {known.id for known in ours.bodies}:
        raise Refusal(BODY_UNKNOWN, body=said.body)
    if StaffRole.OFFICE in roles and not said.offices:
        raise Refusal(ACCOUNT_WITHOUT_OFFICE, field="offices")
    if roles & {StaffRole.CLERK, StaffRole.OFFICIAL} and said.body is None:
        raise Refusal(ACCOUNT_WITHOUT_BODY, field="body")


def refuse_own(account: AccountId, by: AccountId) -> None:
    """Raises `Refusal('own_account')`: nobody gives themselves more, or locks the last administrator out."""
    if account == by:
        raise Refusal(OWN_ACCOUNT)


class AccountKeeping(Protocol):
    """What administrators do with accounts. Each method keeps what was done, by whom, and a notice to the person, with
    the change itself.

    A link is in the notice alone and kept as its digest; the next one for the same account ends it.
    """

    async def create(self, account: Account, by: AccountId, now: datetime) -> None:
        """The notice has the link with which the person chooses a password. Raises `Refusal('account_exists')` for an
        address that has an account in the installation already."""

    async def change(self, account: Account, by: AccountId, now: datetime) -> None:
        """Roles, offices, body, certificate, name and language; address and Administration stay. Its sessions end."""

    async def set_active(self, account: AccountId, active: bool, by: AccountId, now: datetime) -> None:
        """In use or not. Sessions and links of one that is not end with it."""

    async def new_link(self, account: AccountId, by: AccountId, now: datetime) -> None:
        """For whoever lost the first one, or their password, which serves until another is chosen. Raises
        `Refusal('account_out_of_use')`."""

    async def linked(self, link: str, now: datetime) -> Account | None:
        """Whose link it is, while it is good."""

    async def choose_password(self, link: str, password: str, now: datetime) -> AccountId | None:
        """`password` is theirs from now on and the link is spent; None when it was. Sessions end with it."""

    async def change_password(self, account: AccountId, password: str, session: str, now: datetime) -> None:
        """By the person, in `session`: every other session of theirs ends with it. The caller has confirmed the old
        one and judged the new one."""

    async def changes(self, administration: AdministrationId, limit: int) -> tuple[AccountChange, ...]:
        """The latest first."""
