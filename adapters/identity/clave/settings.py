"""What an installation says of its connection with Cl@ve."""

from datetime import timedelta
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.types.vocabulary import Assurance


class ClaveSettings(BaseSettings):
    """Environment: `ESTRADO_IDENTITY_CLAVE_...`. Without the three files nobody is identified with it."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_IDENTITY_CLAVE_", frozen=True)

    provider_metadata: Path | None = None
    """Metadata of the provider: its address and the certificates with which it signs; no others are believed."""
    key_file: Path | None = None
    certificate_file: Path | None = None
    """PEM; with them the requests are signed."""
    decryption_key_file: Path | None = None
    decryption_certificate_file: Path | None = None
    """PEM, RSA, a pair of its own: the provider encrypts assertions to it. Without them encrypted ones are refused."""
    entity_id: str = ""
    """As which this installation is registered; empty: its public address and `/identity/clave`."""
    name: str = "estrado"
    """As which the provider presents it to people."""
    minimum: Assurance = Assurance.SUBSTANTIAL
    """What is asked for, and the least that is taken."""
    life: timedelta = timedelta(minutes=15)
    """How long a person may take at the page of the provider."""
    skew: timedelta = timedelta(minutes=1)
    """By how much the provider's clock and ours may differ."""

    @property
    def complete(self) -> bool:
        return None not in (self.provider_metadata, self.key_file, self.certificate_file)
