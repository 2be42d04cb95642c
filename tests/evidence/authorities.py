"""A miniature PKI in this process: real certificates, revocation lists and time-stamps by certomancer."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from asn1crypto import keys, pem, tsp, x509
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel, PKIArchitecture, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

STAMPING = ("tsa", "foreign-tsa", "false-tsa", "ended-tsa", "lasting-tsa")
AUTHORITIES = ("root", "issuing", "tsa-root", "foreign-root", "foreign-tsa-root", *STAMPING)
SIGNERS = (
    *("clerk", "acts", "seal", "dismissed", "retired", "other-clerk", "official", "foreign-seal", "citizen"),
    *("seal-of-the-court", "acts-of-the-court"),
)
MACHINES = {
    "web-server": ["server_auth", "client_auth"],
    "programs": ["code_signing"],
    "status": ["ocsp_signing"],
    "mail-only": ["ipsec_user"],
}
"""Certificates of the trusted authority that sign nothing for a person or a body, and what they are for."""
BOUND = ("unbound", "sub-authority")
NAMES = (*AUTHORITIES, *SIGNERS, *MACHINES, *BOUND, "stranger")
PEOPLE = {
    "clerk": "Iria Outeiro Barral",
    "dismissed": "Iria Outeiro Barral",
    "retired": "Iria Outeiro Barral",
    "stranger": "Iria Outeiro Barral",
    "other-clerk": "Breixo Lameiro Castro",
    "citizen": "RUIZ SEOANE ANXO - DNI 99104321N",
}
"""Common names of the certificates of people."""


class Authorities:
    """Two roots that the verifier trusts (signatures, time-stamps), and strangers of whom it knows nothing."""

    def __init__(self, directory: Path) -> None:
        for name in NAMES:
            key = ec.generate_private_key(ec.SECP256R1())
            text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            (directory / f"{name}.pem").write_bytes(text)
        self.used: set[str] = set()
        """Whose keys signed since it was last emptied: what a forger must hold."""
        config = CertomancerConfig(_configuration(), key_search_dir=str(directory))
        self._architecture: PKIArchitecture = config.get_pki_arch(ArchLabel("test"))

    def certificate(self, name: str) -> x509.Certificate:
        return self._architecture.get_cert(CertLabel(name))

    def signer(self, name: str) -> SimpleSigner:
        self.used.add(name)
        key: keys.PrivateKeyInfo = self._architecture.key_set.get_private_key(KeyLabel(name))
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call, unused-ignore]
        certificate = self.certificate(name)
        if certificate.issuer == self.certificate("issuing").subject:
            chain.register(self.certificate("issuing"))
        return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=chain)

    def stamper(self, name: str = "tsa", ahead: timedelta = timedelta()) -> "LocalTimeStamper":
        return LocalTimeStamper(self._architecture, name, ahead)

    @cached_property
    def revocation_lists(self) -> list[bytes]:
        return [self.revocation_list(name) for name in ("root", "issuing", "tsa-root")]

    def revocation_list(self, name: str, ahead: timedelta = timedelta()) -> bytes:
        """That of one authority, now or later."""
        at = datetime.now(UTC) + ahead
        return bytes(self._architecture.service_registry.get_crl(ServiceLabel(name), at).dump())

    def pem_of(self, name: str) -> bytes:
        return bytes(pem.armor("CERTIFICATE", self.certificate(name).dump()))


class LocalTimeStamper(TimeStamper):  # type: ignore[misc, unused-ignore]
    """pyHanko's view of certomancer's authority, without a server between them."""

    def __init__(self, architecture: PKIArchitecture, name: str, ahead: timedelta) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self._architecture = architecture
        self._name = name
        self._ahead = ahead

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        at = datetime.now(UTC) + self._ahead
        authority = self._architecture.service_registry.summon_timestamper(ServiceLabel(self._name), at)
        return authority.request_tsa_response(req)


def _configuration() -> dict[str, Any]:
    start = (datetime.now(UTC) - timedelta(days=2)).replace(microsecond=0)
    valid = {"valid-from": start.isoformat(), "valid-to": (start + timedelta(days=400)).isoformat()}
    authority = [_extension("basic_constraints", {"ca": True}), _usage("key_cert_sign", "crl_sign")]
    stamping = [_usage("digital_signature"), _extension("extended_key_usage", ["time_stamping"])]
    signing = [_usage("digital_signature", "non_repudiation")]

    def issued(issuer: str, extensions: list[dict[str, Any]]) -> dict[str, Any]:
        return {"issuer": issuer, "validity": valid, "extensions": extensions}

    certs = {
        "root": issued("root", authority),
        "issuing": issued("root", [*authority, _list("root")]),
        "tsa-root": issued("tsa-root", authority),
        "tsa": issued("tsa-root", [*stamping, _list("tsa-root")]),
        "ended-tsa": issued("tsa-root", [*stamping, _list("tsa-root")]),
        "lasting-tsa": issued("tsa-root", [*stamping, _list("tsa-root")]),
        "false-tsa": issued("tsa-root", [*signing, _list("tsa-root")]),
        "foreign-root": issued("foreign-root", authority),
        "foreign-tsa-root": issued("foreign-tsa-root", authority),
        "foreign-tsa": issued("foreign-tsa-root", stamping),
        "stranger": issued("foreign-root", signing),
    }
    certs |= {name: issued("issuing", [*signing, _list("issuing")]) for name in SIGNERS}
    certs |= {
        name: issued("issuing", [*signing, _extension("extended_key_usage", uses), _list("issuing")])
        for name, uses in MACHINES.items()
    }
    certs["unbound"] = issued("issuing", [_list("issuing")])
    certs["sub-authority"] = issued("issuing", [*authority, *signing[:0], _list("issuing")])
    certs["retired"]["validity"] = {**valid, "valid-to": (start + timedelta(days=1)).isoformat()}
    certs["ended-tsa"]["validity"] = {**valid, "valid-to": (start + timedelta(days=1)).isoformat()}
    certs["lasting-tsa"]["validity"] = {**valid, "valid-to": (start + timedelta(days=4000)).isoformat()}
    certs["dismissed"]["revocation"] = {"revoked-since": start.isoformat(), "reason": "key_compromise"}
    return {
        "external-url-prefix": "http://pki.test.example",
        "keysets": {"test": {"keys": {name: {"path": f"{name}.pem"} for name in NAMES}}},
        "pki-architectures": {
            "test": {
                "keyset": "test",
                "entity-defaults": {"country-name": "ES", "organization-name": "Pruebas"},
                "entities": {name: {"common-name": PEOPLE.get(name, f"{name} de pruebas")} for name in NAMES},
                "certs": certs,
                "services": {
                    "crl-repo": {
                        name: {"for-issuer": name, "simulated-update-schedule": "P30D"}
                        for name in ("root", "issuing", "tsa-root")
                    },
                    "time-stamping": {name: {"signing-cert": name} for name in STAMPING},
                },
            }
        },
    }


def _extension(name: str, value: Any) -> dict[str, Any]:
    return {"id": name, "critical": True, "value": value}


def _usage(*usages: str) -> dict[str, Any]:
    smart = {"schema": "key-usage", "params": list(usages)}
    return {"id": "key_usage", "critical": True, "smart-value": smart}


def _list(issuer: str) -> dict[str, Any]:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [issuer]}},
    }
