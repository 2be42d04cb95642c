"""What an installation may say of account providers, and where it may not look for them."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.access.account_providers import AccountProvider
from domain.ids import AccountId
from settings import ApiSettings

GOOD = {"issuer": "http://localhost:1", "client_id": "estrado", "client_secret_file": "secret"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"client_secret_file": None}, "client_secret_file or client_key_file"),
        ({"client_key_file": "key"}, "client_secret_file or client_key_file"),
        ({"scopes": ["email"]}, "scopes name openid"),
        ({"issuer": "ftp://localhost"}, "issuer"),
        ({"issuer": "https://accounts.example?realm=1"}, "issuer"),
        ({"issuer": "https://accounts.example"}, "resident_hosts does not name accounts.example"),
        ({"issuer": "http://accounts.inside"}, "accounts.inside: reach it by TLS"),
        ({"issuer": "https://accounts.inside"}, ""),
    ],
)
def test_what_cannot_be_meant_ends_the_api_at_its_start(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    needed = {name: str(tmp_path) for name, field in ApiSettings.model_fields.items() if field.is_required()}
    needed |= dict.fromkeys((name for name in needed if name.endswith("_port")), "8000")
    here = dict.fromkeys(("temporal_address", "database_url", "s3_endpoint"), "localhost:1")
    told = {
        **needed,
        **here,
        "resident_hosts": ".inside",
        "account_providers": json.dumps({"atlantia": GOOD | changes}),
    }
    if not said:
        assert ApiSettings.model_validate(told).account_providers
        return
    with pytest.raises(ValidationError, match=said):
        ApiSettings.model_validate(told)


def test_whose_password_is_taken_and_what_is_a_second_factor() -> None:
    provider = AccountProvider.model_validate(GOOD | {"acr": ["urn:high"], "amr": ["otp", "hwk"]})
    mine, others = AccountId("acc_1"), AccountId("acc_2")
    assert provider.takes_password(mine)
    named = provider.but(passwords_of=frozenset({mine}))
    assert (named.takes_password(mine), named.takes_password(others)) == (True, False)
    assert not provider.but(passwords_of=frozenset()).takes_password(mine)
    told: tuple[tuple[set[str], str], ...] = (
        (set(), "urn:high"),
        ({"pwd", "hwk"}, ""),
        ({"pwd"}, "urn:low"),
        (set(), ""),
    )
    assert [provider.vouches(frozenset(amr), acr) for amr, acr in told] == [True, True, False, False]
