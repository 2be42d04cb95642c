"""The telemetry of one process, opened at its start by its root and closed, with everything sent, at its end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from temporalio.client import Interceptor
from temporalio.contrib.opentelemetry import OpenTelemetryInterceptor
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter

from adapters.telemetry import logs, metrics, traces

CORE = TelemetryFilter(core_level="WARN", other_level="ERROR")


@dataclass(frozen=True)
class Telemetry:
    """What a client of the engine is opened with."""

    runtime: Runtime | None = None
    traced: bool = False

    def client_interceptors(self) -> list[Interceptor]:
        """They are the workers' too: the SDK takes a client's interceptors over."""
        return [OpenTelemetryInterceptor(add_temporal_spans=True)] if self.traced else []


SILENT = Telemetry()
"""For tests and tools: nothing is shown, nothing is sent."""


@contextmanager
def open_telemetry(
    process: str, build: str, host: str, port: int | None, otlp_endpoint: str, level: int = logging.INFO
) -> Iterator[Telemetry]:
    """Logs from now on; metrics when there is a port; traces when there is somewhere to send them."""
    logs.configure(process, level)
    sdk = None
    if port is not None:
        sdk = metrics.with_sdk()
        metrics.serve(host, port)
    forwarding = LogForwardingConfig(
        logging.getLogger("temporal.core"), append_target_to_name=False, append_log_fields_to_message=False
    )
    config = TelemetryConfig(
        logging=LoggingConfig(filter=CORE, forwarding=forwarding), metrics=sdk.config() if sdk else None
    )
    provider = traces.record(process, build, otlp_endpoint) if otlp_endpoint else None
    try:
        yield Telemetry(Runtime(telemetry=config), traced=provider is not None)
    finally:
        if provider is not None:
            provider.shutdown()
