"""Regional systems with standard OAuth 2.0 clients: a token for the key, or for a statement that they sign."""

import base64
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from api.services.access_tokens import JWT_BEARER
from tests.api.people import ADMINISTRATOR, House, asked, fresh

TOKEN = "/api/v1/oauth/token"
GRANT = {"grant_type": "client_credentials"}
MINE = "/api/v1/procedures"


@dataclass(frozen=True)
class System:
    """A regional system that an administrator has registered."""

    id: str
    secret: str | None
    signs_with: ECKey | RSAKey | OKPKey | None = None


def registered(house: House, key: ECKey | RSAKey | OKPKey | None = None, *scopes: str) -> System:
    said: dict[str, Any] = {"label": "Gestor", "scopes": scopes or ("procedures", "evidence")}
    if key is not None:
        said["public_keys"] = {"keys": [key.as_dict(private=False)]}
    answer = house.another(ADMINISTRATOR).post("/api/v1/api-keys", json=said, headers=fresh())
    assert answer.status_code == 201, answer.text
    issued = answer.json()
    return System(issued["key"]["id"], issued["text"], key)


@pytest.fixture(scope="module")
def with_secret(house: House) -> System:
    return registered(house)


@pytest.fixture(scope="module")
def with_key(house: House) -> System:
    return registered(house, ECKey.generate_key("P-256"))


def claims_of(house: House, system: System, **said: Any) -> dict[str, Any]:
    now = int(time.time())
    own = {"iss": system.id, "sub": system.id, "aud": f"{house.settings.public_url}{TOKEN}", "iat": now}
    told = {**own, "exp": now + 60, "jti": fresh()["Idempotency-Key"], **said}
    return {name: value for name, value in told.items() if value is not None}


def statement(key: Any, claims: dict[str, Any], alg: str = "ES256") -> dict[str, str]:
    text = jwt.encode({"alg": alg}, claims, key, algorithms=[alg])
    return {**GRANT, "client_assertion_type": JWT_BEARER, "client_assertion": text}


def token_of(house: House, form: dict[str, str], **headers: str) -> httpx.Response:
    return house.client().post(TOKEN, data=form, headers=headers)


def basic(system: System) -> str:
    return "Basic " + base64.b64encode(f"{system.id}:{system.secret}".encode()).decode()


def test_a_standard_client_gets_a_token_for_its_key_and_asks_with_it(house: House, with_secret: System) -> None:
    answer = token_of(house, GRANT, Authorization=basic(with_secret))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 900, "procedures evidence")
    assert answer.headers["cache-control"] == "no-store"

    system = house.client(authorization=f"Bearer {told['access_token']}")
    begun = system.post(MINE, json=asked(), headers=fresh())
    assert begun.status_code in (201, 202), begun.text
    assert system.get(f"{MINE}/{begun.json()['id']}").status_code == 200


def test_the_secret_may_stand_in_the_form(house: House, with_secret: System) -> None:
    form = {**GRANT, "client_id": with_secret.id, "client_secret": str(with_secret.secret), "scope": "procedures"}
    assert token_of(house, form).json()["scope"] == "procedures"


def test_a_narrowed_token_takes_away_no_evidence(house: House, with_secret: System) -> None:
    begun = house.client(authorization=f"Bearer {with_secret.secret}").post(MINE, json=asked(), headers=fresh()).json()
    for scope, status in (("procedures", 403), ("evidence procedures", 404), ("evidence", 404)):
        told = token_of(house, {**GRANT, "scope": scope}, Authorization=basic(with_secret)).json()
        # Who takes away what came of procedures has asked for them: the answer says what was given (RFC 6749, 5.1).
        assert told["scope"] == ("procedures" if scope == "procedures" else "procedures evidence")
        system = house.client(authorization=f"Bearer {told['access_token']}")
        assert system.get(f"{MINE}/{begun['id']}/bundle.zip").status_code == status, scope


@pytest.mark.parametrize(
    ("key", "alg"),
    [
        (ECKey.generate_key("P-256"), "ES256"),
        (RSAKey.generate_key(2048), "PS256"),
        (RSAKey.generate_key(2048), "RS256"),
        (OKPKey.generate_key("Ed25519"), "Ed25519"),
    ],
    ids=["ES256", "PS256", "RS256", "Ed25519"],
)
def test_a_signed_statement_stands_for_the_secret(house: House, key: Any, alg: str) -> None:
    system = registered(house, key)
    assert system.secret is None
    answer = token_of(house, statement(key, claims_of(house, system), alg))
    assert answer.status_code == 200, answer.text
    client = house.client(authorization=f"Bearer {answer.json()['access_token']}")
    assert client.post(MINE, json=asked(), headers=fresh()).status_code in (201, 202)


def test_any_of_several_registered_keys_signs_whether_it_is_named_or_not(house: House) -> None:
    """The one in use and the next one: which it was, a statement need not say (RFC 7515, 4.1.4)."""
    keys = [ECKey.generate_key("P-256") for _ in range(3)]
    said = {"label": "Gestor", "public_keys": {"keys": [key.as_dict(private=False) for key in keys]}}
    issued = house.another(ADMINISTRATOR).post("/api/v1/api-keys", json=said, headers=fresh()).json()
    for key in keys * 3:
        system = System(issued["key"]["id"], None, key)
        assert token_of(house, statement(key, claims_of(house, system))).status_code == 200


def test_a_statement_serves_once(house: House, with_key: System) -> None:
    said = statement(with_key.signs_with, claims_of(house, with_key))
    assert [token_of(house, said).status_code for _ in range(2)] == [200, 401]


Wrong = Callable[[House, System], dict[str, str]]

WRONG: dict[str, Wrong] = {
    "signed with another key": lambda house, it: statement(ECKey.generate_key("P-256"), claims_of(house, it)),
    "signed with the public key as a secret": lambda house, it: _with_the_public_key(it, claims_of(house, it)),
    "not signed": lambda house, it: _unsigned(claims_of(house, it)),
    "of another system": lambda house, it: statement(it.signs_with, claims_of(house, it, iss="0" * 16, sub="0" * 16)),
    "in the name of another": lambda house, it: statement(it.signs_with, claims_of(house, it, iss="somebody")),
    "to another server": lambda house, it: statement(
        it.signs_with, claims_of(house, it, aud="https://elsewhere.example")
    ),
    "to nobody": lambda house, it: statement(it.signs_with, claims_of(house, it, aud=None)),
    "to a number": lambda house, it: statement(it.signs_with, claims_of(house, it, aud=7)),
    "expired": lambda house, it: statement(it.signs_with, claims_of(house, it, exp=int(time.time()) - 120)),
    "without an end": lambda house, it: statement(it.signs_with, claims_of(house, it, exp=None)),
    "good for a day": lambda house, it: statement(it.signs_with, claims_of(house, it, exp=int(time.time()) + 86400)),
    "of tomorrow": lambda house, it: statement(it.signs_with, claims_of(house, it, nbf=int(time.time()) + 300)),
    "ending at no moment": lambda house, it: statement(it.signs_with, claims_of(house, it, exp=1e300)),
    "without a name": lambda house, it: statement(it.signs_with, claims_of(house, it, jti=None)),
    "no JWT": lambda house, it: {**GRANT, "client_assertion_type": JWT_BEARER, "client_assertion": "e30.e30"},
    "with another client_id": lambda house, it: {**statement(it.signs_with, claims_of(house, it)), "client_id": "x"},
}


def _with_the_public_key(system: System, claims: dict[str, Any]) -> dict[str, str]:
    """What a library that takes any algorithm would believe; made by hand, as ours refuses to."""
    assert system.signs_with is not None
    _, body, _ = statement(ECKey.generate_key("P-256"), claims)["client_assertion"].split(".")
    head = _base64(b'{"alg":"HS256"}')
    code = hmac.digest(system.signs_with.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    return {**GRANT, "client_assertion_type": JWT_BEARER, "client_assertion": f"{head}.{body}.{_base64(code)}"}


def _base64(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def _unsigned(claims: dict[str, Any]) -> dict[str, str]:
    head, body, _ = statement(ECKey.generate_key("P-256"), claims)["client_assertion"].split(".")
    head = _base64(b'{"alg":"none"}')
    return {**GRANT, "client_assertion_type": JWT_BEARER, "client_assertion": f"{head}.{body}."}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_statement_is_refused_and_the_right_one_still_serves(house: House, with_key: System, name: str) -> None:
    answer = token_of(house, WRONG[name](house, with_key))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), answer.text
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert token_of(house, statement(with_key.signs_with, claims_of(house, with_key))).status_code == 200


def test_a_system_with_a_secret_signs_nothing_and_one_that_signs_has_no_secret(
    house: House, with_secret: System, with_key: System
) -> None:
    own = ECKey.generate_key("P-256")
    assert token_of(house, statement(own, claims_of(house, with_secret))).json()["error"] == "invalid_client"
    guess = {**GRANT, "client_id": with_key.id, "client_secret": f"estrado_{with_key.id}_{'A' * 43}"}
    assert token_of(house, guess).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
        (GRANT, "invalid_request"),
        ({**GRANT, "client_id": "x", "client_secret": "y"}, "invalid_client"),
        ({**GRANT, "client_assertion": "x"}, "invalid_request"),
        (
            {**GRANT, "client_secret": "x", "client_assertion": "y", "client_assertion_type": JWT_BEARER},
            "invalid_request",
        ),
    ],
)
def test_what_is_no_request_is_told_so(house: House, form: dict[str, str], error: str) -> None:
    answer = token_of(house, form)
    assert answer.json()["error"] == error and answer.status_code == (401 if error == "invalid_client" else 400)


def test_a_parameter_given_twice_and_two_ways_at_once_are_refused(house: House, with_secret: System) -> None:
    twice = house.client().post(
        TOKEN,
        content="grant_type=client_credentials&scope=procedures&scope=evidence",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Authorization": basic(with_secret)},
    )
    assert twice.json()["error"] == "invalid_request"
    both = {**GRANT, "client_id": with_secret.id, "client_secret": str(with_secret.secret)}
    assert token_of(house, both, Authorization=basic(with_secret)).json()["error"] == "invalid_request"
    assert token_of(house, GRANT, Authorization="Basic ???").json()["error"] == "invalid_client"


def test_no_more_is_given_than_the_key_has(house: House) -> None:
    system = registered(house, None, "procedures")
    answer = token_of(house, {**GRANT, "scope": "evidence"}, Authorization=basic(system))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_a_revoked_key_takes_its_tokens_along(house: House) -> None:
    system = registered(house)
    text = token_of(house, GRANT, Authorization=basic(system)).json()["access_token"]
    client = house.client(authorization=f"Bearer {text}")
    assert client.get(f"{MINE}/prc_{'0' * 32}").status_code == 404
    assert house.another(ADMINISTRATOR).delete(f"/api/v1/api-keys/{system.id}", headers=fresh()).status_code == 204
    refused = client.get(f"{MINE}/prc_{'0' * 32}")
    assert (refused.status_code, refused.json()["code"]) == (401, "api_key_refused")
    assert token_of(house, GRANT, Authorization=basic(system)).json()["error"] == "invalid_client"


UNFIT: dict[str, Any] = {
    "private": ECKey.generate_key("P-256").as_dict(private=True),
    "short": {"kty": "RSA", "e": "AQAB", "n": _base64(b"\xc5" * 128)},
    "kind": OctKey.generate_key(256).as_dict(),
    "form": {"kty": "EC", "crv": "P-256"},
}


@pytest.mark.parametrize("why", UNFIT)
def test_unfit_keys_are_not_registered(house: House, why: str) -> None:
    said = {"label": "Gestor", "scopes": ["procedures"], "public_keys": {"keys": [UNFIT[why]]}}
    answer = house.another(ADMINISTRATOR).post("/api/v1/api-keys", json=said, headers=fresh())
    assert (answer.status_code, answer.json()["code"]) == (422, "public_keys_unfit")
    assert answer.json()["params"]["why"] == why
