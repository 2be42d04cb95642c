"""What several processes are told: where engine, database, store and chain are, and what cases need."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.residency import in_clear, outside


def words(told: object) -> object:
    """`a, b` as two words."""
    return [word.strip() for word in told.split(",") if word.strip()] if isinstance(told, str) else told


def of_json(told: object) -> object:
    return json.loads(told) if isinstance(told, str) else told


Port = Annotated[int, Field(ge=1, le=65535)]


HOLD_DATA = (
    *("temporal_address", "database_url", "s3_endpoint", "smtp_host", "tsa_url", "otlp_endpoint"),
    *("records_url", "lexnet_url", "powers_url"),
)
"""Settings that say where data of people go. The chain's node gets hashes alone."""


class ProcessSettings(BaseSettings):
    """What every process reads."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_", frozen=True, extra="ignore", hide_input_in_errors=True)

    metrics_host: str = Field(default="127.0.0.1", description="Address on which every process shows its metrics.")


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
    resident_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(words)] = Field(
        default=(),
        description="Hosts in the EU, with commas between, to which data may go; `.domain`: all of a domain.",
    )
    clear_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(words)] = Field(
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


class CasesSettings(StoreSettings):
    """What api and worker share: the key of codes, certificates, and how people are identified."""

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    token_key_file: Path = Field(description="32 bytes a key: ids of procedures, beginnings of names.")
    code_key_file: Path | None = Field(default=None, description="Keys of summons codes, the current first.")
    pin_key_file: Path | None = Field(default=None, description="Keys of PINs, the current first; none: of the codes.")
    pki_dir: Path = Field(description="NAME.cert.pem, NAME.key.pem a signer; NAME.pub.pem for handwriting; roots.")
    types_dirs: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(words)] = Field(
        default=(),
        description="Folders with agenda_types, procedure_types and territories besides those that are shipped.",
    )
    identity_dirs: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(words)] = Field(
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
