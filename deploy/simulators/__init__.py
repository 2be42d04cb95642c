"""What simulators of foreign systems have in common: how they start, whom they know, what they keep, their troubles."""

import secrets
from collections.abc import Callable

from deploy.keys import keep
from deploy.part import Part, nothing_to_do
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http


def part(
    place: Place,
    name: str,
    *options: str,
    address: str = "",
    prepare: Callable[[], object] = nothing_to_do,
    tier: int = 1,
) -> Part:
    """The process of `deploy/NAME`, on its port and over its directory. `address`: where people find it."""
    directory = place.directory(name)

    def before_start() -> None:
        directory.mkdir(parents=True, exist_ok=True)
        prepare()

    return Part(
        name=name,
        command=(
            *(installed("python"), "-m", f"deploy.{name.replace('-', '_')}", "--host", LOOPBACK),
            *("--port", str(place.ports[name]), *options, "--dir", str(directory)),
        ),
        probe=answers_http(f"{place.url(name)}/healthz"),
        address=address or place.url(name),
        before_start=before_start,
        tier=tier,
    )


def token(place: Place, name: str) -> str:
    """With which this installation is known there."""
    directory = place.directory(name)
    directory.mkdir(parents=True, exist_ok=True)
    return keep(directory / "token.txt", secrets.token_hex(32).encode()).decode()
