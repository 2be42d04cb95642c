"""A change of an account, what is kept of it and the notice to its person: one statement, so all of it or nothing."""

import secrets
from datetime import datetime
from typing import Any, NamedTuple

from adapters.postgres.accounts import COLUMNS
from adapters.postgres.database import Database
from domain.access.keeping_accounts import AccountAct
from domain.ids import AccountId

AFTERWARDS = "jsonb_build_object({})".format(", ".join(f"'{name}', {name}" for name in COLUMNS.split(", ")))

KEPT = (
    "INSERT INTO account_changes (administration, account, act, by, at, afterwards)"  # noqa: S608 - constants
    f" SELECT administration, id, $1, $2, $3, {AFTERWARDS} FROM done RETURNING number, account"
)

TOLD = "INSERT INTO account_notices (change, message, master_key, link) SELECT number, $4, $5, $6 FROM kept"

ENDED = (
    "DELETE FROM sessions USING done WHERE sessions.account = done.id"
    " AND $1 IN ('changed', 'password_chosen', 'passkeys_removed', 'provider_forgotten')"  # of AccountAct
)
"""With the change itself, whatever becomes of the process; those of an account out of use end by a trigger."""

WHOSE = f"SELECT {COLUMNS} FROM accounts WHERE id IN (SELECT account FROM before)"  # noqa: S608
"""For what is changed in another table: the account is as it was."""


class SealedLink(NamedTuple):
    message: str
    master_key: str | None = None
    link: bytes | None = None


def message_name() -> str:
    """A new name for the mail of a notice."""
    return secrets.token_hex(20)


async def keep_change(
    database: Database,
    act: AccountAct,
    by: AccountId | None,
    now: datetime,
    change: str,
    *values: Any,
    before: str = "",
    link: SealedLink | None = None,
) -> bool:
    """Make `change`, a statement that tells COLUMNS of the account (`done`) and whose own values begin with $7; keep
    that it was made, and a notice with `link`. False when it found no account.

    `before`: a statement that tells `account`, for `WHOSE` to follow.
    """
    first = f"before AS ({before}), " if before else ""
    done = await database.row(
        f"WITH {first}done AS ({change}), kept AS ({KEPT}), told AS ({TOLD}), ended AS ({ENDED})"  # noqa: S608
        " SELECT account FROM kept",
        act.value,
        by,
        now,
        *(link or SealedLink(message_name())),
        *values,
    )
    return done is not None
