"""The processes of estrado itself as parts of the local stack: how each is started and how it says that it
serves."""

from pydantic_settings import BaseSettings

from deploy.part import Part
from deploy.place import Place, installed
from deploy.probes import answers_http, keeps_ready_file
from settings import ApiSettings, RoomsSettings, Settings

TIER = 2

DEPLOYMENTS = {"worker": "", "rooms-sidecar": "-rooms"}
"""Parts that serve as versions of a deployment, and what its name ends in (see `adapters/wiring.py`)."""


def api(place: Place) -> Part:
    return Part(
        name="api",
        command=("/usr/bin/env", *_without(ApiSettings), installed("python"), "-m", "api"),
        probe=answers_http(f"{place.url('api')}/healthz"),
        address=place.url("api"),
        tier=TIER,
    )


def rooms(place: Place) -> Part:
    return Part(
        name="rooms",
        command=("/usr/bin/env", *_without(RoomsSettings), installed("python"), "-m", "rooms"),
        probe=answers_http(f"{place.url('rooms')}/healthz"),
        address=place.url("rooms"),
        tier=TIER,
    )


def _without(own: type[BaseSettings]) -> tuple[str, ...]:
    """Arguments of `env` that take from a process every variable of ours that is not among its own settings."""
    others = sorted(Settings.model_fields.keys() - own.model_fields.keys())
    return tuple(argument for name in others for argument in ("-u", f"ESTRADO_{name.upper()}"))


def worker(place: Place) -> Part:
    return with_ready_file(place, "worker", "worker.py")


def rooms_sidecar(place: Place) -> Part:
    return with_ready_file(place, "rooms-sidecar", "-m", "rooms.sidecar")


def with_ready_file(place: Place, name: str, *python_arguments: str) -> Part:
    """A process without a port: it writes its pid to the file named in ESTRADO_READY_FILE once it serves."""
    ready = place.ready_file(name)
    return Part(
        name=name,
        command=(installed("python"), *python_arguments),
        environment={"ESTRADO_READY_FILE": str(ready)},
        probe=keeps_ready_file(ready),
        address="task queues in Temporal",
        tier=TIER,
        before_start=lambda: ready.unlink(missing_ok=True),
    )
