"""Request, update and activity as one trace, sent by OTLP over HTTP; without an address nothing is recorded."""

from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from temporalio.contrib.opentelemetry import ReplaySafeTracerProvider, create_tracer_provider

KIND_OF_ERROR = "exception.type"


class WordlessSpans(SpanExporter):
    """Hands spans on without the words of errors, which may be personal: their kind stays."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([wordless(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def wordless(span: ReadableSpan) -> ReadableSpan:
    """The same span; of its events only name, time and kind of error, and a status without description."""
    events = [
        Event(event.name, {KIND_OF_ERROR: str((event.attributes or {}).get(KIND_OF_ERROR, ""))}, event.timestamp)
        for event in span.events
    ]
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        events=events,
        links=span.links,
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )


def provider(process: str, build: str, exporter: SpanExporter) -> ReplaySafeTracerProvider:
    """What makes the spans of this process; sent in batches, in a thread of its own.

    A workflow that is replayed makes the same spans with the same ids, and they are not sent again.
    """
    made = create_tracer_provider(
        resource=Resource.create({SERVICE_NAME: f"estrado-{process}", SERVICE_VERSION: build})
    )
    made.add_span_processor(BatchSpanProcessor(WordlessSpans(exporter)))
    return made


def record(process: str, build: str, endpoint: str) -> ReplaySafeTracerProvider:
    """Send the traces of this process to `endpoint` (`https://host:4318`) from now on."""
    made = provider(process, build, OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces"))
    trace.set_tracer_provider(made)
    return made
