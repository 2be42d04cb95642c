"""Who was sent to an account provider, and whose account is which person's there (migrations 75, 76 and 99)."""

import hashlib
from datetime import datetime

from adapters.postgres.account_changes import WHOSE, keep_change
from adapters.postgres.database import Database
from domain.access.account_providers import SignInRequest, ToShowAgain
from domain.access.accounts import Account
from domain.access.keeping_accounts import AccountAct
from domain.ids import AccountId


class SignInRequestsPostgres:
    """`SignInRequests` over the tables `sign_in_requests` and `provider_subjects`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, request: SignInRequest) -> None:
        again = request.again
        await self._database.execute(
            "INSERT INTO sign_in_requests"
            " (state, browser, administration, back, nonce, verifier, next, ends_at, session, account, about)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            _digest(request.state),
            _digest(request.browser),
            request.administration,
            request.back,
            request.nonce,
            request.verifier,
            request.next,
            request.ends_at,
            *((again.session, again.account, again.about) if again else (None, None, None)),
        )

    async def take(self, state: str, browser: str, now: datetime) -> SignInRequest | None:
        row = await self._database.row(
            "DELETE FROM sign_in_requests WHERE state = $1 AND browser = $2"
            " RETURNING administration, back, nonce, verifier, next, ends_at, session, account, about",
            _digest(state),
            _digest(browser),
        )
        if row is None or row["ends_at"] <= now:
            return None
        again = ToShowAgain.model_validate(dict(row)) if row["session"] else None
        return SignInRequest.model_validate({"state": state, "browser": browser, **dict(row), "again": again})

    async def bind(self, account: Account, issuer: str, subject: str) -> bool:
        await self._database.execute(
            "INSERT INTO provider_subjects (account, issuer, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            account.id,
            issuer,
            subject,
        )
        return await self.subject_of(account.id, issuer) == subject

    async def subject_of(self, account: AccountId, issuer: str) -> str | None:
        row = await self._database.row(
            "SELECT subject FROM provider_subjects WHERE account = $1 AND issuer = $2", account, issuer
        )
        return str(row["subject"]) if row is not None else None

    async def unbind(self, account: AccountId, by: AccountId, now: datetime) -> None:
        # An account may be known to several providers: one change all the same.
        gone = "DELETE FROM provider_subjects WHERE account = $7 RETURNING account"
        await keep_change(self._database, AccountAct.PROVIDER_FORGOTTEN, by, now, WHOSE, account, before=gone)

    async def purge(self, now: datetime) -> None:
        await self._database.execute("DELETE FROM sign_in_requests WHERE ends_at <= $1", now)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
