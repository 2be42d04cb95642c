"""Which authorities and certificates the local PKI has, in the words of certomancer's configuration.

Two separate trust roots, one for signatures and one for time-stamps, so that a verifier who mixes them up is
noticed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.pki import ARCHITECTURE, ISSUING, TSA

ROOT = "root"
TSA_ROOT = "tsa-root"
OCSP = "issuing-ocsp"

AUTHORITY_YEARS = 20
SIGNER_YEARS = 3

ATLANTIA = "Administración de Atlantia (pruebas)"
MESETA = "Administración de la Meseta (pruebas)"

# Who signs, by file name: organisation and common name. A common name has 64 characters at the most (RFC 5280,
# ub-common-name).
PEOPLE = {
    "iria-outeiro": (ATLANTIA, "Iria Outeiro Barral (pruebas)"),
    "breixo-lameiro": (ATLANTIA, "Breixo Lameiro Castro (pruebas)"),
    "sabela-rial": (ATLANTIA, "Sabela Rial Figueira (pruebas)"),
    "uxia-carballo": (ATLANTIA, "Uxía Carballo Souto (pruebas)"),
    "noa-ferreiro": (ATLANTIA, "Noa Ferreiro Pena (pruebas)"),
    "olalla-varela": (ATLANTIA, "Olalla Varela Gómez (pruebas)"),
    "brais-otero": (ATLANTIA, "Brais Otero Lamas (pruebas)"),
    "alonso-briviesca": (MESETA, "Alonso Briviesca Rueda (pruebas)"),
    "elvira-montalban": (MESETA, "Elvira Montalbán Sáez (pruebas)"),
}
"""Each has a certificate in their own name."""
BODIES = {
    "peace-court-lira": (ATLANTIA, "del Juzgado de Paz de Lira"),
    "court-ponte-nova": (ATLANTIA, "del Tribunal de Instancia de Ponte Nova"),
    "civil-registry-ponte-nova": (ATLANTIA, "del Registro Civil de Ponte Nova"),
    "adr-unit-ponte-nova": (ATLANTIA, "de la Unidad de Medios Adecuados de Ponte Nova"),
    "victim-office-ponte-nova": (ATLANTIA, "de la Oficina de Víctimas de Ponte Nova"),
    "legal-aid-commission-ponte-nova": (ATLANTIA, "de la Comisión Jurídica Gratuita, Ponte Nova"),
    "peace-court-fuenteluz": (MESETA, "del Juzgado de Paz de Fuenteluz"),
    "court-torrellana": (MESETA, "del Tribunal de Instancia de Torrellana"),
    "civil-registry-torrellana": (MESETA, "del Registro Civil de Torrellana"),
    "adr-unit-torrellana": (MESETA, "de la Unidad de Medios Adecuados de Torrellana"),
}
"""Each has its seal, and a certificate that wraps what people sign before it without one of their own."""
SIGNERS = PEOPLE | {
    f"{use}-{body}": (organisation, f"{word} {name} (pruebas)")
    for use, word in (("seal", "Sello"), ("acts", "Actos"))
    for body, (organisation, name) in BODIES.items()
}
AUTHORITIES = {
    ROOT: "Autoridad raíz de pruebas",
    ISSUING: "Autoridad emisora de pruebas",
    TSA_ROOT: "Autoridad raíz de sellado de tiempo de pruebas",
    OCSP: "OCSP de la autoridad emisora de pruebas",
    TSA: "Sellado de tiempo de pruebas",
}
KEY_NAMES = (*AUTHORITIES, *SIGNERS)

Extension = dict[str, Any]


def configuration(now: datetime) -> dict[str, Any]:
    """Certomancer's configuration for authorities and certificates that are valid from yesterday on."""
    start = (now.astimezone(UTC) - timedelta(days=1)).replace(microsecond=0)
    return {
        # The prefix is given when the configuration is loaded: the port may be another each time.
        "external-url-prefix": "",
        "keysets": {
            ARCHITECTURE: {
                "path-prefix": "keys",
                "keys": {name: {"path": f"{name}.pem"} for name in KEY_NAMES},
            }
        },
        "pki-architectures": {
            ARCHITECTURE: {
                "keyset": ARCHITECTURE,
                "entity-defaults": {"country-name": "ES"},
                "entities": entities(),
                "certs": certificates(start),
                "services": services(),
            }
        },
    }


def entities() -> dict[str, dict[str, str]]:
    authorities = {
        name: {"organization-name": "estrado, infraestructura de pruebas", "common-name": common}
        for name, common in AUTHORITIES.items()
    }
    signers = {
        name: {"organization-name": organisation, "common-name": common}
        for name, (organisation, common) in SIGNERS.items()
    }
    return authorities | signers


def certificates(start: datetime) -> dict[str, dict[str, Any]]:
    long, short = validity(start, AUTHORITY_YEARS), validity(start, SIGNER_YEARS)
    authority = [basic_constraints({"ca": True}), key_usage("key_cert_sign", "crl_sign")]
    below = [
        basic_constraints({"ca": True, "path-len-constraint": 0}),
        key_usage("key_cert_sign", "crl_sign"),
    ]
    # RFC 6960 4.2.2.2.1: a responder with ocsp_no_check needs no revocation check of its own.
    responder = [key_usage("digital_signature"), extended_usage("ocsp_signing"), {"id": "ocsp_no_check"}]
    # RFC 3161 2.3: exactly one extended key usage, time stamping, and critical.
    stamping = [key_usage("digital_signature"), extended_usage("time_stamping"), revocation_list(TSA_ROOT)]
    signing = [key_usage("digital_signature", "non_repudiation"), revocation_list(ISSUING), status_service()]
    made = {
        ROOT: certificate(ROOT, long, authority),
        TSA_ROOT: certificate(TSA_ROOT, long, authority),
        ISSUING: certificate(ROOT, long, [*below, revocation_list(ROOT)]),
        OCSP: certificate(ISSUING, long, responder),
        TSA: certificate(TSA_ROOT, long, stamping),
    }
    return made | {name: certificate(ISSUING, short, signing) for name in SIGNERS}


def services() -> dict[str, Any]:
    return {
        "ocsp": {ISSUING: {"for-issuer": ISSUING, "responder-cert": OCSP}},
        "crl-repo": {
            name: {"for-issuer": name, "simulated-update-schedule": "P30D"} for name in (ROOT, TSA_ROOT, ISSUING)
        },
        "cert-repo": {
            ROOT: {"for-issuer": ROOT, "publish-issued-certs": False},
            ISSUING: {"for-issuer": ISSUING, "publish-issued-certs": False},
        },
        "time-stamping": {TSA: {"signing-cert": TSA}},
    }


def certificate(issuer: str, valid: dict[str, str], extensions: list[Extension]) -> dict[str, Any]:
    return {"issuer": issuer, "validity": valid, "extensions": extensions}


def validity(start: datetime, years: int) -> dict[str, str]:
    end = start + timedelta(days=365 * years)
    return {"valid-from": start.isoformat(), "valid-to": end.isoformat()}


def basic_constraints(value: dict[str, Any]) -> Extension:
    return {"id": "basic_constraints", "critical": True, "value": value}


def key_usage(*usages: str) -> Extension:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(usages)},
    }


def extended_usage(usage: str) -> Extension:
    return {"id": "extended_key_usage", "critical": True, "value": [usage]}


def revocation_list(authority: str) -> Extension:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [authority]}},
    }


def status_service() -> Extension:
    params = {"ocsp-responder-names": [ISSUING], "ca-issuer-links": [{"repo": ISSUING}]}
    return {"id": "authority_information_access", "smart-value": {"schema": "aia-urls", "params": params}}
