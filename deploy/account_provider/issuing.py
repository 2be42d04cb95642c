"""What the simulator signs, rightly or with a trouble."""

import hashlib
import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from deploy.account_provider.place import CLIENT, key_file, secret_file
from deploy.account_provider.troubles import Trouble

CODE_LASTS = 60.0
TOKEN_LASTS = 300


@dataclass
class Code:
    """Somebody who has signed in and is on their way back."""

    email: str
    nonce: str
    challenge: str
    back: str
    two_factors: bool
    trouble: Trouble
    shown_at: float
    """When the person typed the password here, since the epoch."""
    made: float = field(default_factory=time.monotonic)


class Issuing:
    def __init__(self, directory: Path, url: str) -> None:
        self.directory = directory
        self.url = url

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self._key()]).as_dict(private=False))

    def id_token(self, code: Code) -> str:
        now = int(time.time())
        name = f"{code.email} again" if code.trouble is Trouble.REASSIGNED else code.email
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": hashlib.sha256(name.encode()).hexdigest()[:24],
            "nonce": code.nonce,
            "iat": now,
            "exp": now + TOKEN_LASTS,
            "auth_time": int(code.shown_at),
            "email": code.email,
            "amr": ["pwd", "otp"] if code.two_factors else ["pwd"],
        }
        return self._signed(claims | _wrong(code.trouble, now), code.trouble)

    def _signed(self, claims: dict[str, Any], trouble: Trouble) -> str:
        key, claims = self._key(), {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "ES256", "kid": key.kid}
        match trouble:
            case Trouble.OTHER_KEY:
                return jwt.encode(header, claims, ECKey.generate_key("P-256"), algorithms=["ES256"])
            case Trouble.UNKNOWN_KEY:
                return jwt.encode(header | {"kid": "nobody"}, claims, key, algorithms=["ES256"])
            case Trouble.UNSIGNED:
                parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
                return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])
            case Trouble.SIGNED_WITH_SECRET:
                secret = OctKey.import_key(secret_file(self.directory).read_bytes())
                return jwt.encode({"alg": "HS256"}, claims, secret, algorithms=["HS256"])
            case _:
                return jwt.encode(header, claims, key, algorithms=["ES256"])

    def _key(self) -> ECKey:
        key = ECKey.import_key(key_file(self.directory).read_bytes(), {"use": "sig", "alg": "ES256"})
        key.ensure_kid()
        return key


def _wrong(trouble: Trouble, now: int) -> dict[str, Any]:
    """The claims that this trouble changes; None: left out."""
    changes: dict[Trouble, dict[str, Any]] = {
        Trouble.OTHER_NONCE: {"nonce": "of another sign-in"},
        Trouble.OTHER_AUDIENCE: {"aud": "payroll"},
        Trouble.OTHERS_TOO: {"aud": [CLIENT, "payroll"], "azp": CLIENT},
        Trouble.OTHER_ISSUER: {"iss": "https://accounts.example"},
        Trouble.EXPIRED: {"iat": now - 400, "exp": now - 100},
        Trouble.OF_THE_FUTURE: {"iat": now + 300, "exp": now + 600},
        Trouble.OLD: {"iat": now - 3600, "exp": now + 3600},
        Trouble.NOT_ASKED_AGAIN: {"auth_time": now - 3600},
        Trouble.NO_AUTH_TIME: {"auth_time": None},
        Trouble.NAMELESS: {"email": None},
        Trouble.UNVERIFIED: {"email_verified": False},
    }
    return changes.get(trouble, {})
