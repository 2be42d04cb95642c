"""What an installation says of identification with own certificates: the mechanism, and the listener that asks."""

from datetime import timedelta
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "ESTRADO_IDENTITY_OWN_CERTIFICATE_"


class OwnCertificateSettings(BaseSettings):
    """Environment: `ESTRADO_IDENTITY_OWN_CERTIFICATE_...`. Without the first three nobody is identified with it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    address: str = ""
    """Where browsers find the listener: `https://` and a host name that is not that of the platform's pages."""
    authorities_file: Path | None = None
    """PEM: the authorities that issue to natural persons and are believed, each itself, as the trusted list names
    them (Regulation (EU) 910/2014 art. 22; ETSI TS 119 612)."""
    statement_key_file: Path | None = None
    """PEM, P-256: the public key of the listener's statements."""
    qualified_only: bool = True
    """Law: Ley 39/2015 art. 9.2.a asks for a qualified certificate, which says so itself (ETSI EN 319 412-5, 4.2.1)."""
    life: timedelta = timedelta(minutes=15)
    """How long a person may take."""
    skew: timedelta = timedelta(minutes=1)
    """By how much the listener's clock and ours may differ."""

    @property
    def complete(self) -> bool:
        return bool(self.address) and None not in (self.authorities_file, self.statement_key_file)


class ListenerSettings(BaseSettings):
    """Environment: the same prefix, of the process of the listener alone."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    address: str
    """As above: it names whoever makes a statement."""
    authorities_file: Path
    public_url: str
    """The platform's pages, to which browsers go back."""
    signing_key_file: Path
    """PEM, P-256: signs the statements."""
    tls_certificate_file: Path
    """PEM: the listener's own, with its chain."""
    tls_key_file: Path
    host: str = "127.0.0.1"
    port: int = 8230
