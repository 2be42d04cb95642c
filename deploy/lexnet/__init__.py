"""The simulator of LexNET in the local stack, with a Central Authority behind it: a process with rules of its own.

What it imitates and what it assumes is in `docs/lexnet.md`.
"""

import secrets

from deploy.keys import keep
from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http


def part(place: Place) -> Part:
    def prepare() -> None:
        token(place)

    return Part(
        name="lexnet",
        command=(
            *(installed("python"), "-m", "deploy.lexnet", "--host", LOOPBACK, "--port", str(place.ports["lexnet"])),
            *("--dir", str(place.directory("lexnet"))),
        ),
        probe=answers_http(f"{place.url('lexnet')}/healthz"),
        address=place.url("lexnet"),
        before_start=prepare,
    )


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_LEXNET_URL": place.url("lexnet"), "ESTRADO_LEXNET_TOKEN": token(place)}


def token(place: Place) -> str:
    """With which this installation is known there."""
    directory = place.directory("lexnet")
    directory.mkdir(parents=True, exist_ok=True)
    return keep(directory / "token.txt", secrets.token_hex(32).encode()).decode()
