"""`/metrics` of a process: our own counters and those of the engine's SDK, on a port that no stranger reaches."""

import socket
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, Metric, start_http_server
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from temporalio.runtime import PrometheusConfig

SECONDS_FOR_THE_SDK = 2.0

ACTIVITY_SECONDS = Histogram(
    "estrado_activity_seconds",
    "How long one attempt of an activity took; `append_events` is the writing of the journal.",
    ["activity"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
ACTIVITY_FAILURES = Counter(
    "estrado_activity_failures", "Attempts that failed, by activity and code of the trouble.", ["activity", "code"]
)


class SdkMetrics(Collector):
    """What the SDK counts stands at an address of its own; here it is read with everything else."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"

    def config(self) -> PrometheusConfig:
        """For the runtime of this process, which serves the address."""
        return PrometheusConfig(bind_address=self._address, counters_total_suffix=True, durations_as_seconds=True)

    def describe(self) -> list[Metric]:
        """Nothing is known before the first look."""
        return []

    def collect(self) -> Iterator[Metric]:
        with urllib.request.urlopen(f"http://{self._address}/metrics", timeout=SECONDS_FOR_THE_SDK) as answer:
            yield from text_string_to_metric_families(answer.read().decode())


def serve(host: str, port: int) -> None:
    """Show every metric of this process at `http://host:port/metrics`, from a thread that ends with the process."""
    start_http_server(port, host)


def show(name: str, what: str, count: Callable[[], Mapping[str, int]]) -> None:
    """Numbers that are counted when somebody looks, each under its own label `of`."""
    gauge = Gauge(name, what, ["of"])
    for label in count():
        gauge.labels(label).set_function(partial(_one, count, label))


def _one(count: Callable[[], Mapping[str, int]], label: str) -> float:
    return count()[label]


def with_sdk() -> SdkMetrics:
    """The SDK's metrics among ours; once a process."""
    made = SdkMetrics()
    REGISTRY.register(made)
    return made
