"""Everything an operator may set, read once by each process root (api, worker, rooms, deploy) and handed on
as values.

Every field is an environment variable with the prefix ESTRADO_ (`database_url` is ESTRADO_DATABASE_URL).
The defaults serve nobody by accident: whatever has to be decided for an installation has no default.
Each process has a class of its own, which names all that it may know.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.access.account_providers import AccountProvider
from domain.ids import AdministrationId
from domain.residency import in_clear, outside


def _words(told: object) -> object:
    """`a, b` as two words."""
    return [word.strip() for word in told.split(",") if word.strip()] if isinstance(told, str) else told


def _of_json(told: object) -> object:
    return json.loads(told) if isinstance(told, str) else told


Port = Annotated[int, Field(ge=1, le=65535)]


HOLD_DATA = (
    *("temporal_address", "database_url", "s3_endpoint", "smtp_host", "tsa_url", "otlp_endpoint"),
    *("records_url", "lexnet_url"),
)
"""Settings that say where data of people go. The chain's node gets hashes alone."""


class ProcessSettings(BaseSettings):
    """What every process reads."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_", frozen=True, extra="ignore", hide_input_in_errors=True)

    metrics_host: str = Field(default="127.0.0.1", description="Address on which every process shows its metrics.")


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


class EngineSettings(ProcessSettings):
    """What every process reads but that of the media: how to reach the engine and the database."""

    var_dir: Path = Field(description="Where this installation keeps what is not in a server.")
    build_id: str = Field(default="development", description="Named in every journal event and in worker versioning.")

    temporal_address: str = Field(description="host:port of the Temporal frontend.")
    temporal_namespace: str = Field(default="estrado", description="Temporal namespace that holds the procedures.")
    temporal_tls: bool = Field(default=False, description="Speak TLS with the frontend, and check its certificate.")
    temporal_ca_file: Path | None = Field(
        default=None, description="PEM roots that the frontend's certificate is checked against; none: the system's."
    )
    temporal_server_name: str = Field(
        default="", description="Name that the frontend's certificate carries, where it is not the host dialled."
    )
    temporal_client_cert_file: Path | None = Field(
        default=None, description="PEM certificate with which this process shows who it is (mutual TLS)."
    )
    temporal_client_key_file: Path | None = Field(default=None, description="PEM key of that certificate.")
    temporal_api_key: SecretStr = Field(
        default=SecretStr(""), description="Sent with every request, over TLS only (Temporal Cloud)."
    )
    temporal_bind_payloads: bool = Field(
        default=True,
        description="Seal each payload for its workflow alone; off while processes of 0.2 still read what is written.",
    )
    codec_key_file: Path = Field(description="32 bytes: encrypts every payload that Temporal keeps.")
    deployment: str = Field(
        default="estrado", pattern=r"^[a-z0-9-]+$", description="Name of the worker deployment that builds belong to."
    )
    worker_versioning: bool = Field(
        default=False,
        description="Workers serve as versions of the deployment: nothing runs before one was made current.",
    )

    database_url: str = Field(
        repr=False,
        description="PostgreSQL, as asyncpg accepts it: postgresql://user:password@host:port/database.",
    )

    otlp_endpoint: str = Field(
        default="", description="Where traces go by OTLP over HTTP (https://host:4318); empty: none are made."
    )
    resident_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(),
        description="Hosts in the EU, with commas between, to which data may go; `.domain`: all of a domain.",
    )
    clear_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(),
        description="Those of them that are reached without TLS, because something else encrypts the way.",
    )

    @model_validator(mode="after")
    def _connection_makes_sense(self) -> "EngineSettings":
        """A half of a key pair, or a secret over a clear connection, is a mistake of writing: nobody means it."""
        if (self.temporal_client_cert_file is None) != (self.temporal_client_key_file is None):
            raise ValueError("temporal_client_cert_file and temporal_client_key_file are given together or not at all")
        sealed = (self.temporal_ca_file, self.temporal_client_cert_file, self.temporal_server_name)
        if not self.temporal_tls and (any(sealed) or self.temporal_api_key.get_secret_value()):
            raise ValueError("certificates, server name and API key are for TLS: set temporal_tls")
        return self

    @model_validator(mode="after")
    def _data_stay(self) -> "EngineSettings":
        """Law: Ley 39/2015 arts. 9.3 and 10.3, RGPD art. 44. Whoever installs it says which hosts are in the EU."""
        self._refuse_unsafe(self.model_dump(include=set(HOLD_DATA)))
        return self

    def _refuse_unsafe(self, told: Mapping[str, str]) -> None:
        if strangers := outside(told, self.resident_hosts):
            raise ValueError(f"resident_hosts does not name {', '.join(sorted(strangers))}")
        if readable := in_clear(told, self.temporal_tls, self.clear_hosts):
            raise ValueError(f"{', '.join(sorted(readable))}: reach it by TLS, or name it in clear_hosts")


class StoreSettings(EngineSettings):
    """What whoever reads or writes documents needs besides."""

    s3_endpoint: str = Field(description="URL of the object store; it must know Object Lock and If-None-Match.")
    s3_region: str = Field(description="Region that requests to the object store are signed for.")
    s3_access_key: str = Field(description="Who asks the object store.")
    s3_secret_key: SecretStr = Field(description="Signs every request to the object store.")
    s3_bucket: str = Field(default="estrado", description="Bucket under Object Lock that holds every document.")
    object_lock_days: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Days during which nobody, operators included, can delete a stored object."
    )
    master_key_file: Path = Field(description="32 bytes: wraps the data key of every procedure.")


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


class CasesSettings(StoreSettings):
    """What api and worker share: the key of codes, certificates, and how people are identified."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    token_key_file: Path = Field(description="32 bytes a key: ids of procedures, beginnings of names.")
    code_key_file: Path | None = Field(default=None, description="Keys of summons codes, the current first.")
    pin_key_file: Path | None = Field(default=None, description="Keys of PINs, the current first; none: of the codes.")
    pki_dir: Path = Field(description="NAME.cert.pem, NAME.key.pem a signer; NAME.pub.pem for handwriting; roots.")
    types_dirs: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(),
        description="Folders with agenda_types, procedure_types and territories besides those that are shipped.",
    )
    identity_dirs: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(), description="Folders with mechanisms of identification besides those that are shipped."
    )
    webhook_private_addresses: bool = Field(
        default=False,
        description="Webhooks may go to plain http and to addresses of the house: for a local stack alone.",
    )

    @property
    def pin_keys_file(self) -> Path:
        """Until an installation gives PINs a file, the key of the ids makes them too."""
        return self.pin_key_file or self.token_key_file

    @property
    def code_keys_file(self) -> Path:
        """As with PINs."""
        return self.code_key_file or self.token_key_file


class ApiSettings(RoomsSettings, CasesSettings):
    """All that the api knows: it neither pays for anchoring nor sends mail, messages or documents to be signed."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    media_urls: dict[str, str] = Field(
        default={},
        description="JSON: the public ws address of each media process by its name; any other: host and port of rooms.",
    )
    media_relay_urls: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = Field(
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
        description="Addresses of the proxies, with commas between, whose X-Forwarded-For is believed; empty: none's.",
    )
    api_metrics_port: Port | None = Field(default=None, description="Port of the api's /metrics; none: not served.")
    temporal_ui_origin: str = Field(
        default="",
        description="Origin of the Temporal web interface, for which payloads are decrypted; empty: for none.",
    )
    engine_operators: Annotated[frozenset[str], NoDecode, BeforeValidator(_words)] = Field(
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
    account_providers: Annotated[dict[AdministrationId, AccountProvider], NoDecode, BeforeValidator(_of_json)] = Field(
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


class ChainSettings(EngineSettings):
    """Which chain and which time-stamps evidence rests on."""

    evm_rpc_url: str = Field(description="JSON-RPC of the node through which roots are anchored.")
    evm_chain_id: int = Field(description="The chain that is meant: a node of another one is refused.")
    anchor_contract: str = Field(default="", description="Address of the anchor contract; empty: kept under var_dir.")
    anchor_confirmations: Annotated[int, Field(ge=1)] = Field(
        default=64,
        # Two epochs: what a public proof-of-stake chain calls final. A chain whose blocks are final at once (QBFT,
        # IBFT) wants 1.
        description="Depth of a block, itself included, from which on its root counts as anchored.",
    )
    tsa_url: str = Field(description="RFC 3161 time-stamping service.")


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
        description="How often it is looked for what regional systems are to be told; the first wait of a webhook.",
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


class Settings(ApiSettings, SidecarSettings, WorkerSettings, AnchoringSettings):
    """One whole installation: where its servers are, which keys it holds, and how patient it is. For programs."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
