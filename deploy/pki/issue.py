"""Makes the keys of the local PKI once, and puts certificates where the signing adapters read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from asn1crypto import pem, x509
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from deploy.keys import write_private
from deploy.pki import ARCHITECTURE, ISSUING
from deploy.pki.architecture import KEY_NAMES, ROOT, SIGNERS, TSA_ROOT, configuration

# RSA, because its PKCS #1 signatures are deterministic: certomancer signs each certificate anew at every
# start, and with ECDSA the same certificate would have other bytes each time.
KEY_BITS = 2048


@dataclass(frozen=True)
class Described:
    """An infrastructure in words: the label under which it is served, its keys by name, and the configuration."""

    label: str
    key_names: tuple[str, ...]
    configuration: Callable[[datetime], dict[str, Any]]
    elliptic: frozenset[str] = frozenset()
    """Names of keys that sign no certificate, and may be of P-256."""


OURS = Described(ARCHITECTURE, KEY_NAMES, configuration)


def load_architecture(directory: Path, url: str, described: Described = OURS) -> PKIArchitecture:
    """The authorities kept in `directory`, made there first if need be, with `url` in front of their addresses."""
    make_keys(directory / "keys", described)
    description = directory / "architecture.yml"
    if not description.exists():
        _describe(description, described.configuration(datetime.now(UTC)))
    else:
        _add_new_certificates(description, described)
    config = CertomancerConfig.from_file(str(description), key_search_dir=str(directory), external_url_prefix=url)
    return config.get_pki_arch(ArchLabel(described.label))


def _describe(description: Path, content: dict[str, Any]) -> None:
    # In the order of the configuration: certomancer numbers certificates as they come.
    write_private(description, yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode())


def _add_new_certificates(description: Path, described: Described) -> None:
    """Certificates that this version knows and an older installation does not have; the others stay as they are."""
    kept, known = yaml.safe_load(description.read_text()), described.configuration(datetime.now(UTC))
    pairs = [
        (_at(kept, *path), _at(known, *path))
        for path in (
            ("keysets", described.label, "keys"),
            ("pki-architectures", described.label, "entities"),
            ("pki-architectures", described.label, "certs"),
        )
    ]
    if all(set(new) <= set(old) for old, new in pairs):
        return
    for old, new in pairs:
        old.update({name: value for name, value in new.items() if name not in old})
    _describe(description, kept)


def _at(content: dict[str, Any], *path: str) -> dict[str, Any]:
    for key in path:
        content = content[key]
    return content


def make_keys(directory: Path, described: Described = OURS) -> None:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in described.key_names:
        path = directory / f"{name}.pem"
        if path.exists():
            continue
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        if name in described.elliptic:
            key = ec.generate_private_key(ec.SECP256R1())
        else:
            key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        encoded = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_private(path, encoded)


def export(architecture: PKIArchitecture, directory: Path) -> None:
    """Write NAME.cert.pem and NAME.key.pem per signer, chain.pem, roots.pem and tsa-roots.pem."""

    def as_pem(name: str) -> bytes:
        certificate: x509.Certificate = architecture.get_cert(CertLabel(name))
        return bytes(pem.armor("CERTIFICATE", certificate.dump()))

    for name in SIGNERS:
        write_private(directory / f"{name}.cert.pem", as_pem(name))
        write_private(directory / f"{name}.key.pem", (directory / "keys" / f"{name}.pem").read_bytes())
    write_private(directory / "chain.pem", as_pem(ISSUING))
    write_private(directory / "roots.pem", as_pem(ROOT))
    write_private(directory / "tsa-roots.pem", as_pem(TSA_ROOT))
