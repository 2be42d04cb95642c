"""Lays out one simulator beside one installation: the client that it knows, and the key with which it signs."""

import json
import secrets
from pathlib import Path

from joserfc.jwk import ECKey

from deploy.keys import write_private

CLIENT = "estrado"


def lay_out(directory: Path, administration: str, *addresses: str) -> None:
    """Bears repetition: secret and keys stay. `addresses`: those of the installation, to which people are led back."""
    directory.mkdir(parents=True, exist_ok=True)
    if not secret_file(directory).exists():
        write_private(secret_file(directory), secrets.token_urlsafe(32).encode())
    if not key_file(directory).exists():
        change_key(directory)
    known = {
        "back": [f"{address}/staff/provider/{administration}/back" for address in addresses],
        "out": [f"{address}/staff" for address in addresses],
    }
    write_private(directory / "client.json", json.dumps(known).encode())


def secret_file(directory: Path) -> Path:
    return directory / "client-secret"


def key_file(directory: Path) -> Path:
    return directory / "signing-key.pem"


def client_key_file(directory: Path) -> Path:
    """Where it is, the public half of the client's key: then a signed statement serves in place of the secret."""
    return directory / "client-key.pub.pem"


def change_key(directory: Path) -> None:
    """From the next answer on it signs with another key, and publishes that one alone."""
    write_private(key_file(directory), ECKey.generate_key("P-256").as_pem(private=True))
