"""What the page of one's own account shows: a password that was changed, the session at hand and another one."""

from datetime import UTC, datetime
from typing import Any

from domain.access.accounts import Session, SessionKind
from domain.ids import AccountId

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

SESSION = Session(
    id="ses_0", kind=SessionKind.STAFF, account=AccountId("acc_1"), csrf="c", opened_at=AT, authenticated_at=AT,
    last_seen_at=AT, ends_at=AT,
)  # fmt: skip
OWN_ACCOUNT: dict[str, Any] = {
    "sessions": (SESSION, SESSION.but(id="ses_1")),
    "own": SESSION.id,
    "done": True,
    "least": 8,
}
