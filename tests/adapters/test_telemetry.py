"""What a process tells its operator holds no word of anybody: logs, spans; and what it counts can be read."""

import asyncio
import io
import json
import logging
import urllib.request
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode

from adapters.telemetry.logs import WordlessFormatter
from adapters.telemetry.metrics import ACTIVITY_FAILURES, serve
from adapters.telemetry.traces import WordlessSpans
from deploy.ports import first_free
from domain.errors import PersonMustAct

NAME = "Anxo Ruiz Seoane"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What would stand on standard error."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WordlessFormatter("worker"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def refused() -> PersonMustAct:
    """An error with somebody's name in its parameters and in its words."""
    try:
        raise ValueError(f"duplicate key: ({NAME})")
    except ValueError as cause:
        error = PersonMustAct("summons_code_taken", name=NAME)
        error.add_note(NAME)
        error.__cause__ = cause
        return error


@pytest.mark.parametrize("logger", ["api", "worker", "temporalio.activity", "asyncpg"])
def test_an_error_is_told_by_kind_code_and_place(log: io.StringIO, logger: str) -> None:
    try:
        raise refused()
    except PersonMustAct as error:
        logging.getLogger(logger).exception("step failed")
        logging.getLogger(logger).error("step failed: %s", error)
        logging.getLogger(logger).error(error)

    assert NAME not in log.getvalue()
    first = lines(log)[0]
    assert first["message"] == "step failed"
    assert first["error"] == "PersonMustAct(summons_code_taken)"
    assert "test_telemetry.py:" in first["at"]


def test_a_foreign_sentence_is_told_without_its_values_and_ours_with_them(log: io.StringIO) -> None:
    logging.getLogger("somelibrary").error("value %s is not allowed\nDETAIL: %s", NAME, NAME)
    logging.getLogger("api.access").error("%s %s", "GET", 200)

    assert NAME not in log.getvalue()
    assert [line["message"] for line in lines(log)] == ["value %s is not allowed", "GET 200"]


async def test_what_asyncio_says_of_a_lost_error_does_not_repeat_it(log: io.StringIO) -> None:
    asyncio.get_running_loop().call_exception_handler({"message": "Task failed", "exception": ValueError(NAME)})

    assert NAME not in log.getvalue()
    assert lines(log)[0]["error"] == "ValueError"


def test_a_span_leaves_the_process_without_the_words_of_its_error() -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(WordlessSpans(kept)))
    with (
        pytest.raises(ValueError),
        provider.get_tracer("test").start_as_current_span("RunActivity:send_notice") as span,
    ):
        span.set_status(Status(StatusCode.ERROR, NAME))
        raise ValueError(NAME)

    (told,) = kept.get_finished_spans()
    assert NAME not in told.to_json()
    assert told.events[0].attributes == {"exception.type": "ValueError"}
    assert told.status.status_code is StatusCode.ERROR


def test_metrics_are_served_on_loopback() -> None:
    port = first_free([], set())
    serve("127.0.0.1", port)
    ACTIVITY_FAILURES.labels("send_notice", "address_refused").inc()

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        written = answer.read().decode()

    assert 'estrado_activity_failures_total{activity="send_notice",code="address_refused"} 1.0' in written
