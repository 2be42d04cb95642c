"""The one way to the Temporal frontend: in clear on loopback, TLS, mutual TLS or an API key elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from temporalio.client import Client, Interceptor
from temporalio.runtime import Runtime
from temporalio.service import RetryConfig, TLSConfig

from adapters.engine.codec import data_converter


@dataclass(frozen=True)
class Frontend:
    """Where the engine is, and how this process shows who it is."""

    address: str
    namespace: str
    codec_key_file: Path
    bind_payloads: bool = True
    tls: bool = False
    ca_file: Path | None = None
    server_name: str = ""
    client_cert_file: Path | None = None
    client_key_file: Path | None = None
    api_key: str = field(default="", repr=False)

    def tls_config(self) -> TLSConfig | bool:
        """The files are read at each connection: a renewed certificate counts from the next start on."""
        if not self.tls:
            return False
        return TLSConfig(
            server_root_ca_cert=_content(self.ca_file),
            domain=self.server_name or None,
            client_cert=_content(self.client_cert_file),
            client_private_key=_content(self.client_key_file),
        )


async def connect(
    frontend: Frontend,
    *,
    lazy: bool = False,
    retry: RetryConfig | None = None,
    interceptors: Sequence[Interceptor] = (),
    runtime: Runtime | None = None,
) -> Client:
    """A client whose every payload is encrypted before it leaves this process.

    Raises `RuntimeError` when nobody answers, or the two ends do not trust each other; with `lazy` the first call does.
    """
    return await Client.connect(
        frontend.address,
        namespace=frontend.namespace,
        data_converter=data_converter(frontend.codec_key_file, bind=frontend.bind_payloads),
        tls=frontend.tls_config(),
        api_key=frontend.api_key or None,
        lazy=lazy,
        retry_config=retry,
        interceptors=interceptors,
        runtime=runtime,
    )


def _content(file: Path | None) -> bytes | None:
    return file.read_bytes() if file else None
