"""Everything an operator may set, read once by each process root (api, worker, rooms, deploy) and handed on
as values.

Every field is an environment variable with the prefix ESTRADO_ (`database_url` is ESTRADO_DATABASE_URL).
The defaults serve nobody by accident: whatever has to be decided for an installation has no default.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """One installation: where its servers are, which keys it holds, and how patient it is."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_", frozen=True, extra="ignore")

    var_dir: Path = Field(description="Where this installation keeps what is not in a server.")
    build_id: str = Field(default="development", description="Named in every journal event and in worker versioning.")

    temporal_address: str = Field(description="host:port of the Temporal frontend.")
    temporal_namespace: str = Field(default="estrado", description="Temporal namespace that holds the procedures.")
    sticky_timeout: timedelta = Field(
        default=timedelta(seconds=1),
        # Temporal waits this long for a dead worker before it hands its workflows to another one (10 s by
        # default).
        description="How long a workflow task waits for the worker that knows the workflow already.",
    )

    database_url: str = Field(
        repr=False,
        description="PostgreSQL, as asyncpg accepts it: postgresql://user:password@host:port/database.",
    )

    s3_endpoint: str = Field(description="URL of the object store; it must know Object Lock and If-None-Match.")
    s3_region: str = Field(description="Region that requests to the object store are signed for.")
    s3_access_key: str = Field(description="Who asks the object store.")
    s3_secret_key: SecretStr = Field(description="Signs every request to the object store.")
    s3_bucket: str = Field(default="estrado", description="Bucket under Object Lock that holds every document.")
    object_lock_days: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Days during which nobody, operators included, can delete a stored object."
    )

    evm_rpc_url: str = Field(description="JSON-RPC of the node through which roots are anchored.")
    evm_chain_id: int = Field(description="The chain that is meant: a node of another one is refused.")
    evm_private_key: SecretStr = Field(description="Pays for anchoring; 32 bytes in hexadecimal.")
    anchor_contract: str = Field(default="", description="Address of the anchor contract; empty: kept under var_dir.")
    anchor_interval: timedelta = Field(default=timedelta(minutes=10), description="Time from one batch to the next.")
    anchor_confirmations: Annotated[int, Field(ge=1)] = Field(
        default=64,
        # Two epochs: what a public proof-of-stake chain calls final. A chain whose blocks are final at once (QBFT,
        # IBFT) wants 1.
        description="Depth of a block, itself included, from which on its root counts as anchored.",
    )
    anchor_patience: timedelta = Field(
        default=timedelta(minutes=10),
        description="How long an anchor may wait to be mined before a dearer transaction replaces it.",
    )

    smtp_host: str = Field(description="The relay that takes over mails and deduplicates them by Message-ID.")
    smtp_port: Port = Field(description="Port of the relay.")
    mail_sender: str = Field(description="Address that notices come from; its domain ends every Message-ID.")
    sms_outbox_dir: Path = Field(description="Folder from which the gateway takes text messages.")

    tsa_url: str = Field(description="RFC 3161 time-stamping service.")
    ocsp_url: str = Field(description="OCSP responder of the issuing CA.")
    pki_dir: Path = Field(description="NAME.cert.pem and NAME.key.pem per signer; chain.pem, roots.pem, tsa-roots.pem.")

    master_key_file: Path = Field(description="32 bytes: wraps the data key of every procedure.")
    codec_key_file: Path = Field(description="32 bytes: encrypts every payload that Temporal keeps.")
    token_key_file: Path = Field(description="32 bytes: HMAC of the room tokens, shared by api and rooms.")

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    api_host: str = Field(default="127.0.0.1", description="Address on which the api listens.")
    api_port: Port = Field(description="Port on which the api listens.")
    rooms_host: str = Field(default="127.0.0.1", description="Address on which the rooms' signalling listens.")
    rooms_port: Port = Field(description="Port on which the rooms' signalling listens.")
    rooms_socket: Path = Field(description="Unix socket between a room process and its sidecar.")
    cookie_secure: bool = Field(default=True, description="Off only where the api is reached without TLS on loopback.")
