"""What the pages of one's own account show: a changed password, two sessions, a passkey, and one that is asked for."""

from datetime import UTC, datetime
from typing import Any

from api.services.passkeys import AskedOfBrowser
from domain.access.accounts import Session, SessionKind
from domain.access.passkeys import Passkey
from domain.ids import AccountId

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

SESSION = Session(
    id="ses_0", kind=SessionKind.STAFF, account=AccountId("acc_1"), csrf="c", opened_at=AT, authenticated_at=AT,
    last_seen_at=AT, ends_at=AT,
)  # fmt: skip
PASSKEY = Passkey(
    id="cred-0", account=AccountId("acc_1"), label="Llavero azul", public_key=b"", enrolled_at=AT, used_at=AT
)
PASSKEY_ASKED: tuple[dict[str, Any], ...] = (
    {"asked": AskedOfBrowser("step", "{}", enrols=False), "to": "/staff/passkey", "next": "", "elsewhere": ""},
    {"asked": AskedOfBrowser("step", "{}", enrols=True), "to": "/account/passkeys/new", "next": "", "elsewhere": ""},
    {
        "asked": AskedOfBrowser("step", "{}", enrols=False), "to": "/staff/passkey", "next": "",
        "elsewhere": "http://localhost:8080",
    },
)  # fmt: skip
OWN_ACCOUNT: dict[str, Any] = {
    "sessions": (SESSION, SESSION.but(id="ses_1")),
    "own": SESSION.id,
    "passkeys": (PASSKEY,),
    "done": True,
    "enrolled": True,
    "least": 8,
    "password": True,
    "provider": None,
    "accounts_shown": {},
}
