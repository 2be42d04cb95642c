"""The processes of estrado itself as parts of the local stack: how each is started and how it says that it
serves."""

from deploy import clave, faces, own_certificate
from deploy.part import Part
from deploy.place import Place, installed
from deploy.probes import answers_http, keeps_ready_file
from settings import (
    AnchoringSettings,
    ApiSettings,
    CasesSettings,
    ProcessSettings,
    RoomsSettings,
    Settings,
    SidecarSettings,
    WorkerSettings,
)

TIER = 2

DEPLOYMENTS = {"worker": "", "anchoring": "-anchoring", "rooms-sidecar": "-rooms"}
"""Parts that serve as versions of a deployment, and what its name ends in (see `adapters/wiring.py`)."""


def api(place: Place) -> Part:
    return Part(
        name="api",
        command=(*_with(ApiSettings, place), "-m", "api"),
        probe=answers_http(f"{place.url('api')}/healthz"),
        address=place.url("api"),
        tier=TIER,
    )


def rooms(place: Place) -> Part:
    return Part(
        name="rooms",
        command=(*_with(RoomsSettings, place), "-m", "rooms"),
        probe=answers_http(f"{place.url('rooms')}/healthz"),
        address=place.url("rooms"),
        tier=TIER,
    )


def _with(own: type[ProcessSettings], place: Place) -> tuple[str, ...]:
    """Python, without every variable of ours that is not among the settings of this process.

    What mechanisms of identification read is for those alone that open mechanisms.
    """
    others = [f"ESTRADO_{name.upper()}" for name in Settings.model_fields.keys() - own.model_fields.keys()]
    if not issubclass(own, CasesSettings):
        others += [*clave.settings(place), *faces.settings(place), *own_certificate.settings(place)]
    taken = (argument for name in sorted(others) for argument in ("-u", name))
    return ("/usr/bin/env", *taken, installed("python"))


def worker(place: Place) -> Part:
    return with_ready_file(place, "worker", WorkerSettings, "worker.py", "procedures")


def anchoring(place: Place) -> Part:
    return with_ready_file(place, "anchoring", AnchoringSettings, "worker.py", "anchoring")


def rooms_sidecar(place: Place) -> Part:
    return with_ready_file(place, "rooms-sidecar", SidecarSettings, "-m", "rooms.sidecar")


def with_ready_file(place: Place, name: str, own: type[ProcessSettings], *python_arguments: str) -> Part:
    """A process without a port: it writes its pid to the file named in ESTRADO_READY_FILE once it serves."""
    ready = place.ready_file(name)
    return Part(
        name=name,
        command=(*_with(own, place), *python_arguments),
        environment={"ESTRADO_READY_FILE": str(ready)},
        probe=keeps_ready_file(ready),
        address="task queues in Temporal",
        tier=TIER,
        before_start=lambda: ready.unlink(missing_ok=True),
    )
