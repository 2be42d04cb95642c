"""Lays out one simulator beside one installation: keys of both, and the metadata that each is shown of the other."""

from pathlib import Path

from adapters.identity.clave.service import ClaveService
from adapters.identity.clave.settings import ClaveSettings
from deploy.clave.issuing import Provider
from deploy.clave.keys import keep_key
from deploy.keys import write_private

PREFIX = "ESTRADO_IDENTITY_CLAVE_"


def lay_out(directory: Path, provider_url: str, public_url: str) -> Provider:
    """Bears repetition: keys stay, metadata are written anew."""
    keep_key(directory, "provider")
    keep_key(directory, "installation")
    keep_key(directory, "decryption")
    write_private(directory / "installation.xml", ClaveService(_settings(directory), public_url).metadata().encode())
    provider = Provider(directory, provider_url)
    write_private(directory / "provider.xml", provider.metadata().encode())
    return provider


def variables(directory: Path) -> dict[str, str]:
    """With which the mechanism finds it."""
    return {f"{PREFIX}{name.upper()}": str(path) for name, path in _files(directory).items()}


def _settings(directory: Path) -> ClaveSettings:
    return ClaveSettings.model_validate(_files(directory))


def _files(directory: Path) -> dict[str, Path]:
    return {
        "provider_metadata": directory / "provider.xml",
        "key_file": directory / "installation.key",
        "certificate_file": directory / "installation.pem",
        "decryption_key_file": directory / "decryption.key",
        "decryption_certificate_file": directory / "decryption.pem",
    }
