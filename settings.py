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
    temporal_namespace: str = "estrado"
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

    s3_endpoint: str
    s3_region: str
    s3_access_key: str
    s3_secret_key: SecretStr
    s3_bucket: str = "estrado"
    object_lock_days: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Days during which nobody, operators included, can delete a stored object."
    )

    evm_rpc_url: str
    evm_chain_id: int
    evm_private_key: SecretStr = Field(description="Pays for anchoring; 32 bytes in hexadecimal.")
    anchor_contract: str = Field(default="", description="Address of the anchor contract; empty: kept under var_dir.")
    anchor_interval: timedelta = timedelta(minutes=10)

    smtp_host: str
    smtp_port: Port
    mail_sender: str
    sms_outbox_dir: Path

    tsa_url: str = Field(description="RFC 3161 time-stamping service.")
    ocsp_url: str = Field(description="OCSP responder of the issuing CA.")
    pki_dir: Path = Field(description="NAME.cert.pem and NAME.key.pem per signer; chain.pem, roots.pem, tsa-roots.pem.")

    master_key_file: Path = Field(description="32 bytes: wraps the data key of every procedure.")
    codec_key_file: Path = Field(description="32 bytes: encrypts every payload that Temporal keeps.")
    token_key_file: Path = Field(description="32 bytes: HMAC of the room tokens, shared by api and rooms.")

    public_url: str = Field(description="Where people reach the api; printed on minutes and in mails.")
    api_host: str = "127.0.0.1"
    api_port: Port
    rooms_host: str = "127.0.0.1"
    rooms_port: Port
    rooms_socket: Path = Field(description="Unix socket between a room process and its sidecar.")
    cookie_secure: bool = Field(default=True, description="Off only where the api is reached without TLS on loopback.")
