"""Certificates of natural persons in the local stack: an authority that issues to them, and answers for them (OCSP).

In the form of ETSI EN 319 412-2, as Spanish providers issue them. Apart from the other authorities: nobody who is
believed as a person is thereby believed as an official.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

# Teaches asn1crypto, with which certomancer writes, what statements of qualified certificates look like.
import pyhanko.sign.ades.qualified_asn1  # noqa: F401
from asn1crypto import pem
from certomancer.registry import CertLabel, PKIArchitecture

from deploy.keys import write_private
from deploy.pki.architecture import (
    Extension,
    basic_constraints,
    certificate,
    extended_usage,
    key_usage,
    validity,
)
from deploy.pki.issue import Described, load_architecture

PERSONS = "persons"
ROOT, AUTHORITY, OCSP = "persons-root", "persons-authority", "persons-ocsp"
NAMES = {
    ROOT: "Autoridad raíz de certificados de personas (pruebas)",
    AUTHORITY: "Autoridad de certificados de personas (pruebas)",
    OCSP: "OCSP de la autoridad de certificados de personas (pruebas)",
}
YEARS, LIFE = 20, timedelta(days=4 * 365)


@dataclass(frozen=True)
class Holder:
    """Whose certificate, and in what it differs from an ordinary one."""

    number: str
    given: str
    family: str
    days_left: int = LIFE.days
    """Negative: it has expired."""
    revoked: bool = False
    qualified: bool = True
    usages: tuple[str, ...] = ("digital_signature", "non_repudiation", "key_encipherment")
    kind: str = "IDCES"
    mark: str = ""
    """Tells several certificates of one person apart."""

    @property
    def slug(self) -> str:
        plain = unicodedata.normalize("NFKD", f"{self.given} {self.family} {self.mark}").encode("ascii", "ignore")
        return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")


def holder(number: str, name: str) -> Holder:
    """Of a name in which one given name comes first."""
    given, _, family = name.partition(" ")
    return Holder(number, given, family)


def described(holders: Iterable[Holder]) -> Described:
    people = tuple(holders)
    slugs = tuple(person.slug for person in people)
    return Described(PERSONS, (*NAMES, *slugs), partial(configuration, people), frozenset(slugs))


def load_persons(directory: Path, url: str, holders: Sequence[Holder]) -> PKIArchitecture:
    """The authority kept in `directory`, with `NAME.cert.pem` and `NAME.key.pem` per person, and `authorities.pem`."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    architecture = load_architecture(directory, url, described(holders))

    def as_pem(name: str) -> bytes:
        return bytes(pem.armor("CERTIFICATE", architecture.get_cert(CertLabel(name)).dump()))

    for person in holders:
        write_private(directory / f"{person.slug}.cert.pem", as_pem(person.slug))
        write_private(directory / f"{person.slug}.key.pem", (directory / "keys" / f"{person.slug}.pem").read_bytes())
    write_private(directory / "authorities.pem", as_pem(AUTHORITY))
    return architecture


def configuration(holders: tuple[Holder, ...], now: datetime) -> dict[str, Any]:
    """Certomancer's configuration. The prefix of addresses is given when it is loaded."""
    keys = {name: {"path": f"{name}.pem"} for name in (*NAMES, *(person.slug for person in holders))}
    return {
        "external-url-prefix": "",
        "keysets": {PERSONS: {"path-prefix": "keys", "keys": keys}},
        "pki-architectures": {
            PERSONS: {
                "keyset": PERSONS,
                "entity-defaults": {"country-name": "ES"},
                "entities": {**_authorities(), **{person.slug: _entity(person) for person in holders}},
                "certs": _certificates(holders, now),
                "services": {
                    "ocsp": {AUTHORITY: {"for-issuer": AUTHORITY, "responder-cert": OCSP}},
                    "crl-repo": {ROOT: {"for-issuer": ROOT, "simulated-update-schedule": "P30D"}},
                },
            }
        },
    }


def _authorities() -> dict[str, dict[str, str]]:
    return {
        name: {"organization-name": "estrado, infraestructura de pruebas", "common-name": common}
        for name, common in NAMES.items()
    }


def _entity(person: Holder) -> dict[str, str]:
    return {
        "serial-number": f"{person.kind}-{person.number}",
        "given-name": person.given.upper(),
        "surname": person.family.upper(),
        "common-name": f"{person.family} {person.given} - {person.number}".upper(),
    }


def _certificates(holders: tuple[Holder, ...], now: datetime) -> dict[str, dict[str, Any]]:
    start = (now - timedelta(days=1)).replace(microsecond=0)
    long = validity(start, YEARS)
    above = [basic_constraints({"ca": True}), key_usage("key_cert_sign", "crl_sign")]
    below = [basic_constraints({"ca": True, "path-len-constraint": 0}), key_usage("key_cert_sign", "crl_sign")]
    responder = [key_usage("digital_signature"), extended_usage("ocsp_signing"), {"id": "ocsp_no_check"}]
    made = {
        ROOT: certificate(ROOT, long, above),
        AUTHORITY: certificate(ROOT, long, below),
        OCSP: certificate(AUTHORITY, long, responder),
    }
    return made | {person.slug: _of(person, now.replace(microsecond=0)) for person in holders}


def _of(person: Holder, now: datetime) -> dict[str, Any]:
    until = now + timedelta(days=person.days_left)
    valid = {"valid-from": (until - LIFE - timedelta(days=1)).isoformat(), "valid-to": until.isoformat()}
    extensions = [key_usage(*person.usages), extended_usage("client_auth"), _status_service()]
    made = certificate(AUTHORITY, valid, extensions + ([_qualified()] if person.qualified else []))
    if person.revoked:
        made["revocation"] = {"revoked-since": (now - timedelta(hours=1)).isoformat(), "reason": "key_compromise"}
    return made


def _status_service() -> Extension:
    params = {"ocsp-responder-names": [AUTHORITY]}
    return {"id": "authority_information_access", "smart-value": {"schema": "aia-urls", "params": params}}


def _qualified() -> Extension:
    types = {"statement_id": "qc_type", "statement_info": ["qct_esign"]}
    return {"id": "qc_statements", "value": [{"statement_id": "qc_compliance"}, types]}
