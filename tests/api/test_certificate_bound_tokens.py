"""Systems that show a certificate in TLS: their tokens serve them alone, and nobody chooses what the proxy tells."""

import base64
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey

from tests.api.conftest import serving
from tests.api.people import ADMINISTRATOR, House, fresh
from tests.api.test_access_tokens import GRANT, TOKEN
from tests.api.tls_proxy import tls_proxy

MINE = "/api/v1/procedures"


@dataclass(frozen=True)
class Shown:
    """A certificate of its own making, and the key beside it."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    der: bytes

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @property
    def key_file(self) -> Path:
        return self.folder / "key.pem"

    @property
    def jwk(self) -> dict[str, Any]:
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = dict(ECKey.import_key(pem).as_dict(private=False))
        return public | {"x5c": [base64.b64encode(self.der).decode()]}


def made(folder: Path, name: str) -> Shown:
    key, at = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir()
    shown = Shown(folder, key, certificate.public_bytes(serialization.Encoding.DER))
    shown.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    shown.key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return shown


@dataclass(frozen=True)
class Behind:
    """The application behind a proxy that is believed, and two systems with certificates."""

    house: House
    url: str
    own: Shown
    other: Shown
    proxy: Shown

    def client(self, shown: Shown | None = None, **headers: str) -> httpx.Client:
        context = ssl.create_default_context(cafile=str(self.proxy.certificate))
        if shown is not None:
            context.load_cert_chain(shown.certificate, shown.key_file)
        return httpx.Client(base_url=self.url, verify=context, timeout=30, headers=headers)

    def registered(self, shown: Shown) -> str:
        said = {"label": "Gestor con certificado", "public_keys": {"keys": [shown.jwk]}}
        answer = self.house.another(ADMINISTRATOR).post("/api/v1/api-keys", json=said, headers=fresh())
        assert answer.status_code == 201, answer.text
        return str(answer.json()["key"]["id"])

    def asked(self, system: str, shown: Shown | None, **headers: str) -> httpx.Response:
        return self.client(shown).post(TOKEN, data={**GRANT, "client_id": system}, headers=headers)


@pytest.fixture(scope="module")
def behind(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("certificates")
    own, other, proxy = (made(folder / name, name) for name in ("own", "other", "localhost"))
    update = {"forwarded_allow_ips": "127.0.0.1", "mtls_url": "https://systems.justicia.example"}
    with (
        serving(house.settings.model_copy(update=update), house.logins_file) as served,
        tls_proxy(
            served.settings.api_port, proxy.certificate, proxy.key_file, [own.certificate, other.certificate]
        ) as url,
    ):
        yield Behind(served, url, own, other, proxy)


def test_a_token_that_was_got_with_a_certificate_serves_whoever_shows_it_and_nobody_else(behind: Behind) -> None:
    system = behind.registered(behind.own)
    told = behind.asked(system, behind.own)
    assert told.status_code == 200, told.text
    bearer = {"Authorization": f"Bearer {told.json()['access_token']}"}
    address = f"{MINE}/prc_{'0' * 32}"

    assert behind.client(behind.own, **bearer).get(address).status_code == 404, "known, and it has no such procedure"
    for shown in (behind.other, None):
        refused = behind.client(shown, **bearer).get(address)
        assert (refused.status_code, refused.json()["code"]) == (401, "token_of_another_certificate")
    assert behind.house.client(**bearer).get(address).json()["code"] == "token_of_another_certificate"


def test_a_certificate_opens_its_own_client_alone(behind: Behind) -> None:
    system = behind.registered(behind.own)
    other = behind.asked(system, behind.other)
    assert (other.status_code, other.json()["error"]) == (401, "invalid_client")
    none = behind.asked(system, None)
    assert (none.status_code, none.json()["error"]) == (400, "invalid_request")
    nobody = behind.asked("0" * 16, behind.own)
    assert (nobody.status_code, nobody.json()["error"]) == (401, "invalid_client")


def test_a_withdrawn_client_gets_no_token_and_its_token_opens_nothing(behind: Behind) -> None:
    system = behind.registered(behind.own)
    token = behind.asked(system, behind.own).json()["access_token"]
    behind.house.another(ADMINISTRATOR).delete(f"/api/v1/api-keys/{system}")
    assert behind.asked(system, behind.own).status_code == 401
    used = behind.client(behind.own, Authorization=f"Bearer {token}").get(f"{MINE}/prc_{'0' * 32}")
    assert used.json()["code"] == "api_key_refused"


def test_what_anybody_says_of_a_certificate_is_not_believed(house: House, behind: Behind) -> None:
    """Neither through the proxy, which puts its own word in the place of theirs, nor where no proxy is named."""
    system, claimed = behind.registered(behind.own), f":{base64.b64encode(behind.own.der).decode()}:"
    assert behind.asked(system, behind.other, **{"Client-Cert": claimed}).status_code == 401
    assert behind.asked(system, None, **{"Client-Cert": claimed}).status_code == 400
    form = {**GRANT, "client_id": system}
    assert house.client().post(TOKEN, data=form, headers={"Client-Cert": claimed}).status_code == 400


@pytest.mark.parametrize("told", ["", "x", "::", ":?:", f":{'A' * 5}:", "AAAA"])
def test_what_is_no_certificate_is_none(behind: Behind, told: str) -> None:
    system = behind.registered(behind.own)
    answer = behind.house.client().post(TOKEN, data={**GRANT, "client_id": system}, headers={"Client-Cert": told})
    assert answer.status_code in (400, 401)


def test_a_secret_serves_behind_the_proxy_too_and_binds_nothing(behind: Behind) -> None:
    issued = behind.house.another(ADMINISTRATOR).post("/api/v1/api-keys", json={"label": "x"}, headers=fresh()).json()
    form = {**GRANT, "client_id": issued["key"]["id"], "client_secret": issued["text"]}
    token = behind.client(behind.own).post(TOKEN, data=form).json()["access_token"]
    used = behind.client(behind.other, Authorization=f"Bearer {token}").get(f"{MINE}/prc_{'0' * 32}")
    assert used.status_code == 404


def test_a_certificate_of_another_key_is_not_registered(behind: Behind) -> None:
    wrong = behind.own.jwk | {"x5c": behind.other.jwk["x5c"]}
    for x5c in (wrong["x5c"], [], ["AAAA"], "x", [*wrong["x5c"], *wrong["x5c"]]):
        said = {"label": "x", "public_keys": {"keys": [wrong | {"x5c": x5c}]}}
        answer = behind.house.another(ADMINISTRATOR).post("/api/v1/api-keys", json=said, headers=fresh())
        assert (answer.status_code, answer.json()["code"]) == (422, "public_keys_unfit"), x5c


def test_standard_clients_find_where_and_how_they_get_a_token(house: House, behind: Behind) -> None:
    for base in ("", "/api/v1"):
        told = behind.house.client().get(f"{base}/.well-known/oauth-authorization-server").json()
        assert told["issuer"] == behind.house.settings.public_url
        assert told["token_endpoint"] == f"{told['issuer']}{TOKEN}"
        assert told["mtls_endpoint_aliases"] == {"token_endpoint": f"https://systems.justicia.example{TOKEN}"}
        assert told["tls_client_certificate_bound_access_tokens"] is True
        assert "self_signed_tls_client_auth" in told["token_endpoint_auth_methods_supported"]
    without = house.client().get("/.well-known/oauth-authorization-server").json()
    assert "mtls_endpoint_aliases" not in without
    assert "self_signed_tls_client_auth" not in without["token_endpoint_auth_methods_supported"]
