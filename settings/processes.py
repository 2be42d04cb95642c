"""All that each process knows, a class for each."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from domain.access.account_providers import AccountProvider
from domain.ids import AdministrationId
from domain.residency import outside
from settings.shared import (
    CasesSettings,
    ChainSettings,
    Port,
    ProcessSettings,
    StoreSettings,
    of_json,
    words,
)


class RoomsSettings(ProcessSettings):
    """All that the media process knows. It parses what strangers send: it holds no password and no key but its own."""

    room_key_file: Path = Field(
        description="32 bytes a key, the current one first: signs the passes into the rooms; for api and rooms alone."
    )
    rooms_host: str = Field(default="127.0.0.1", description="Address on which the rooms' signalling listens.")
    rooms_port: Port = Field(description="Port on which the rooms' signalling listens.")
    rooms_socket: Path = Field(description="Unix socket between a room process and its sidecar.")
    public_url: str = Field(default="", description="Of the pages that may speak to the rooms; empty: of any.")
    rooms_metrics_port: Port | None = Field(default=None, description="Port of the media process's /metrics.")


class SidecarSettings(StoreSettings):
    """All that the process beside the media knows: it has pictures to keep, and nothing to sign, pay or send."""

    rooms_socket: Path = Field(description="Unix socket between a room process and its sidecar.")
    media_name: str = Field(
        default="",
        pattern=r"^[a-z0-9-]{0,40}$",
        description="Name of the media process beside this sidecar, where there are several. Rooms stay with it.",
    )
    recording_segment: timedelta = Field(
        default=timedelta(seconds=30), description="Length of a segment of a recording; each is kept as it ends."
    )
    sidecar_metrics_port: Port | None = Field(default=None, description="Port of the rooms sidecar's /metrics.")


class ApiSettings(RoomsSettings, CasesSettings):
    """All that the api knows: it neither pays for anchoring nor sends mail, messages or documents to be signed."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    media_urls: dict[str, str] = Field(
        default={},
        description="JSON: the public ws address of each media process by its name; any other: host and port of rooms.",
    )
    media_relay_urls: Annotated[tuple[str, ...], NoDecode, BeforeValidator(words)] = Field(
        default=(),
        description="Relays of media (coturn), with commas between: turn:HOST:PORT?transport=udp, tcp; turns: for TLS.",
    )
    media_relay_secret_file: Path | None = Field(
        default=None, description="The text that coturn has as static-auth-secret; with media_relay_urls."
    )
    media_relay_lifetime: timedelta = Field(
        default=timedelta(hours=1), description="How long what a browser is given opens the relay."
    )
    api_host: str = Field(default="127.0.0.1", description="Address on which the api listens.")
    api_port: Port = Field(description="Port on which the api listens.")
    forwarded_allow_ips: str = Field(
        default="",
        description="Addresses of the proxies, comma between, whose X-Forwarded-For and Client-Cert are believed.",
    )
    mtls_url: str = Field(
        default="",
        description="Where such a proxy asks systems for a certificate and tells it in Client-Cert; empty: nowhere.",
    )
    api_metrics_port: Port | None = Field(default=None, description="Port of the api's /metrics; none: not served.")
    temporal_ui_origin: str = Field(
        default="",
        description="Origin of the Temporal web interface, for which payloads are decrypted; empty: for none.",
    )
    engine_operators: Annotated[frozenset[str], NoDecode, BeforeValidator(words)] = Field(
        default=frozenset(),
        description="Account ids, with commas between, of administrators who may read decrypted payloads.",
    )
    scanner_url: str = Field(
        default="",
        description="Where the scanning agent of an office computer answers (http://127.0.0.1:17070); empty: nowhere.",
    )
    require_passkeys: bool = Field(
        default=False,
        description="Members of staff show a passkey besides the password; whoever has none enrols it on signing in.",
    )
    account_providers: Annotated[dict[AdministrationId, AccountProvider], NoDecode, BeforeValidator(of_json)] = Field(
        default={},
        description="JSON: by Administration, the OpenID Connect provider with whose accounts its staff sign in.",
    )
    cookie_secure: bool = Field(default=True, description="Off only where the api is reached without TLS on loopback.")

    @model_validator(mode="after")
    def _relays_have_their_secret(self) -> "ApiSettings":
        if bool(self.media_relay_urls) != (self.media_relay_secret_file is not None):
            raise ValueError("media_relay_urls and media_relay_secret_file are given together or not at all")
        # A relay carries media that it cannot read, and sees the addresses of people.
        hosts = {url: url.partition(":")[2].partition("?")[0] for url in self.media_relay_urls}
        if strangers := outside(hosts, self.resident_hosts):
            raise ValueError(f"resident_hosts does not name {', '.join(sorted(strangers))}")
        return self

    @model_validator(mode="after")
    def _providers_are_reached_safely(self) -> "ApiSettings":
        self._refuse_unsafe({name: provider.issuer for name, provider in self.account_providers.items()})
        return self


class AnchoringSettings(ChainSettings):
    """All that the anchoring knows: it alone holds the key that pays, and no key of any document."""

    pki_dir: Path = Field(description="NAME.cert.pem and NAME.key.pem per signer; chain.pem, roots.pem, tsa-roots.pem.")
    evm_private_key: SecretStr = Field(description="Pays for anchoring; 32 bytes in hexadecimal.")
    anchor_interval: timedelta = Field(default=timedelta(minutes=10), description="Time from one batch to the next.")
    anchor_patience: timedelta = Field(
        default=timedelta(minutes=10),
        description="How long an anchor may wait to be mined before a dearer transaction replaces it.",
    )
    anchoring_metrics_port: Port | None = Field(default=None, description="Port of the anchoring's /metrics.")


class WorkerSettings(CasesSettings, ChainSettings):
    """All that a worker of procedures knows: it signs, mails and looks at the chain, and cannot pay for anchoring."""

    worker_metrics_port: Port | None = Field(default=None, description="Port of the worker's /metrics.")
    sticky_timeout: timedelta = Field(
        default=timedelta(seconds=1),
        # Temporal waits this long for a dead worker before it hands its workflows to another one (10 s by
        # default).
        description="How long a workflow task waits for the worker that knows the workflow already.",
    )
    webhook_interval: timedelta = Field(
        default=timedelta(seconds=10),
        description="How often it is looked for what regional systems are to be told.",
    )
    account_notice_interval: timedelta = Field(
        default=timedelta(seconds=10),
        description="How often it is looked for what members of staff are to be told of their accounts.",
    )
    records_url: str = Field(default="", description="Of the gateway to registers of criminal records; empty: none.")
    smtp_host: str = Field(description="The relay that takes over mails and deduplicates them by Message-ID.")
    smtp_port: Port = Field(description="Port of the relay.")
    mail_sender: str = Field(description="Address that notices come from; its domain ends every Message-ID.")
    sms_outbox_dir: Path = Field(description="Folder from which the gateway takes text messages.")
    read_papers: bool = Field(default=True, description="Whether the words in pictures of papers are read (tesseract).")
    clamav_socket: Path | None = Field(
        default=None, description="Unix socket of clamd, which looks at every file that is brought; none: nobody does."
    )
    ocsp_url: str = Field(description="OCSP responder of the issuing CA.")
    lexnet_url: str = Field(default="", description="Where LexNET takes deliveries; empty: there is no connection.")
    lexnet_token: SecretStr = Field(default=SecretStr(""), description="Shows LexNET which installation asks.")
    powers_url: str = Field(default="", description="Where the register of powers (REAJ) takes entries; empty: none.")
    powers_token: SecretStr = Field(default=SecretStr(""), description="Shows that register which installation asks.")
    civil_registry_url: str = Field(default="", description="Where the civil registry (DICIREG) takes births.")
    civil_registry_token: SecretStr = Field(default=SecretStr(""), description="Shows it which installation asks.")


class Settings(ApiSettings, SidecarSettings, WorkerSettings, AnchoringSettings):
    """One whole installation: where its servers are, which keys it holds, and how patient it is. For programs."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
