"""One command as one trace: the request, the update in the engine and the activities, each from its own process."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from api.app import create_app
from bench.installation import settings_of
from deploy.plan import SERVERS
from deploy.ports import first_free
from deploy.stack import Stack
from tests.api.people import CLERK, House, fresh
from tests.conftest import eventually

pytestmark = pytest.mark.timeout(300)

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Collector:
    """Takes what processes send by OTLP over HTTP, and keeps it."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                told = gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body
                request = ExportTraceServiceRequest.FromString(told)
                collector.spans += [
                    span for resource in request.resource_spans for s in resource.scope_spans for span in s.spans
                ]
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the test asks for the spans."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def named(self, trace: str) -> set[str]:
        return {span.name for span in self.spans if span.trace_id.hex() == trace}


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    made = Collector()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return first_free([], set())


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory, collector: Collector, metrics_port: int) -> Iterator[House]:
    """Api and worker in processes of their own, which send their traces."""
    with Stack(tmp_path_factory.mktemp("traced")) as stack:
        stack.need(*SERVERS)
        stack.prepare()
        told = {"ESTRADO_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}
        ports = {"worker": "ESTRADO_WORKER_METRICS_PORT", "api": "ESTRADO_API_METRICS_PORT"}
        for part, port in ports.items():
            stack.set_environment(part, told | {port: str(metrics_port if part == "worker" else metrics_port + 1)})
            stack.start(part)
        settings = settings_of(stack)
        house = House(create_app(settings), settings, stack.var / "logins.json")
        yield house
        house.close()


def test_request_update_and_activity_are_one_trace(traced: House, collector: Collector) -> None:
    procedure = traced.conciliation()
    headers = fresh() | {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    path = f"/api/v1/procedures/{procedure}/commands/cancel_procedure"

    answer = traced.staff(CLERK).post(path, json={"reason": "La solicitante Marta Lago desiste."}, headers=headers)

    assert answer.status_code == 200, answer.text
    assert answer.headers["x-request-id"] == TRACE
    wanted = {
        "POST /procedures/{procedure}/commands/cancel_procedure",
        "StartWorkflowUpdate:cancel_procedure",
        "HandleUpdate:cancel_procedure",
        "RunActivity:append_events",
    }
    eventually(lambda: wanted <= collector.named(TRACE))
    assert not any(b"Marta" in span.SerializeToString() for span in collector.spans)


def test_what_was_done_is_counted(traced: House, metrics_port: int) -> None:
    procedure = traced.conciliation()
    clerk = traced.staff(CLERK)
    path = f"/api/v1/procedures/{procedure}/commands"
    assert clerk.post(f"{path}/resume_procedure", json={}, headers=fresh()).status_code == 409
    assert clerk.post(f"{path}/cancel_procedure", json={"reason": "Desiste."}, headers=fresh()).status_code == 200

    worker, api = (metrics(traced, port) for port in (metrics_port, metrics_port + 1))

    assert 'estrado_commands_total{name="cancel_procedure",outcome="done"}' in api
    assert 'estrado_commands_total{name="resume_procedure",outcome="wrong_stage"} 1.0' in api
    assert "estrado_procedures_in_trouble 0.0" in api
    assert 'estrado_activity_seconds_count{activity="append_events"}' in worker
    assert "temporal_workflow_task_execution_latency" in worker, "the SDK's own are among them"


def metrics(house: House, port: int) -> str:
    return house.client().get(f"http://127.0.0.1:{port}/metrics").text
