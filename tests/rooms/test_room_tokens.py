"""A room token says who comes in, and only its signature makes it true."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from domain.codes.room_tokens import LIFETIME, RoomClaims, RoomTokenRefused, mint, verify

KEY = b"k" * 32
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CLAIMS = RoomClaims(
    procedure="prc_1",
    participant="p1",
    role="applicant",
    label="Solicitante",
    admitted=False,
    expires_at=NOW + LIFETIME,
    jti="0123456789abcdef",
)


def refusal(token: str, now: datetime = NOW) -> str:
    with pytest.raises(RoomTokenRefused) as refused:
        verify([KEY], token, now)
    return refused.value.code


def test_claims_come_back_as_they_were_signed() -> None:
    assert verify([KEY], mint(KEY, CLAIMS), NOW) == CLAIMS


def test_whoever_waits_cannot_admit_himself_by_rewriting_his_token() -> None:
    body, signature = mint(KEY, CLAIMS).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "admitted": True}).encode()).decode().rstrip("=")
    assert refusal(f"{forged}.{signature}") == "forged"


def test_every_changed_character_is_noticed() -> None:
    token = mint(KEY, CLAIMS)
    for n, character in enumerate(token):
        changed = token[:n] + ("A" if character != "A" else "B") + token[n + 1 :]
        if changed.rstrip() != token:
            assert refusal(changed) in ("forged", "malformed")


def test_a_signature_has_one_spelling() -> None:
    token = mint(KEY, CLAIMS)
    signed = base64.urlsafe_b64decode(token.split(".")[1] + "=")
    others = [token[:-1] + sign for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    same = [other for other in others if base64.urlsafe_b64decode(other.split(".")[1] + "=") == signed]
    assert len(same) > 1
    assert {refusal(other) for other in [*same, token + "=", token[:-3] + "\n" + token[-3:]] if other != token} == {
        "forged"
    }


def test_a_token_lives_until_its_end_and_no_longer() -> None:
    token = mint(KEY, CLAIMS)
    assert verify([KEY], token, NOW + LIFETIME - timedelta(milliseconds=1)) == CLAIMS
    assert refusal(token, NOW + LIFETIME) == "expired"


def test_a_token_that_would_live_longer_than_a_minute_is_refused() -> None:
    long_lived = mint(KEY, CLAIMS.but(expires_at=NOW + LIFETIME + timedelta(seconds=1)))
    assert refusal(long_lived) == "too_long_lived"


@pytest.mark.parametrize("token", ["", ".", "a", "a.b.c", "á.é", "=.=", "." * 10_000])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refusal(token) in ("forged", "malformed")


def test_a_short_key_is_a_mistake_of_the_operator_and_no_refusal() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        mint(b"short", CLAIMS)
