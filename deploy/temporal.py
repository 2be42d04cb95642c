"""The Temporal server of the local stack: one process, its histories in one SQLite file that survives
restarts."""

from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http

NAMESPACE = "estrado"

# Search attributes are not encrypted: they carry states and codes only, never a name or an id of a person.
SEARCH_ATTRIBUTES = ("EstradoStage", "EstradoAdministration", "EstradoType")

# A development server has one shard, and the engine reads each of its queues at most 20 times a second: measured, a
# step that follows a step then waits up to 50 ms for nothing. A cluster has hundreds of shards and needs none of this.
QUEUES_OF_A_SHARD = ("history.transferProcessorMaxPollRPS", "history.timerProcessorMaxPollRPS")
POLLS_PER_SECOND = 1000

# The engine fires a timer up to a second late, for the clocks of a cluster differ. One process has one clock: measured,
# every pause between two attempts and every heartbeat that stays away was known 0.7 s late.
LATEST_TIMER = ("history.timerProcessorMaxTimeShift", '"20ms"')


def part(place: Place) -> Part:
    directory = place.directory("temporal")
    return Part(
        name="temporal",
        command=(
            *(installed("temporal"), "server", "start-dev", "--ip", LOOPBACK),
            *("--port", str(place.ports["temporal"])),
            *("--ui-port", str(place.ports["temporal-ui"])),
            # Whoever looks at a history there signs in to the api first, and ticks «include cross-origin credentials».
            *("--ui-codec-endpoint", f"{place.url('api')}/engine/codec"),
            *("--http-port", str(place.ports["temporal-http"])),
            *("--namespace", NAMESPACE),
            *("--db-filename", str(directory / "temporal.sqlite")),
            # Write-ahead logging doubles the throughput and still keeps every committed step after a crash of
            # the process; synchronous=NORMAL risks the last moments only if the machine itself loses power.
            *("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"),
            *(word for name in QUEUES_OF_A_SHARD for word in ("--dynamic-config-value", f"{name}={POLLS_PER_SECOND}")),
            *("--dynamic-config-value", "=".join(LATEST_TIMER)),
            *(word for name in SEARCH_ATTRIBUTES for word in ("--search-attribute", f"{name}=Keyword")),
        ),
        probe=answers_http(f"{place.url('temporal-http')}/api/v1/namespaces/{NAMESPACE}"),
        address=place.url("temporal-ui"),
        before_start=lambda: directory.mkdir(parents=True, exist_ok=True),
    )


def settings(place: Place) -> dict[str, str]:
    return {
        "ESTRADO_TEMPORAL_ADDRESS": f"{LOOPBACK}:{place.ports['temporal']}",
        "ESTRADO_TEMPORAL_NAMESPACE": NAMESPACE,
        "ESTRADO_TEMPORAL_UI_ORIGIN": place.url("temporal-ui"),
    }
