"""The simulator of the register of powers of attorney (REAJ) in the local stack: a process with rules of its own.

The interface of the real one is not published, and this is not it. What it imitates and what it assumes is in
`docs/power-register.md`.
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
        name="reaj",
        command=(
            *(installed("python"), "-m", "deploy.reaj", "--host", LOOPBACK, "--port", str(place.ports["reaj"])),
            *("--dir", str(place.directory("reaj"))),
        ),
        probe=answers_http(f"{place.url('reaj')}/healthz"),
        address=place.url("reaj"),
        before_start=prepare,
    )


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_POWERS_URL": place.url("reaj"), "ESTRADO_POWERS_TOKEN": token(place)}


def token(place: Place) -> str:
    """With which this installation is known there."""
    directory = place.directory("reaj")
    directory.mkdir(parents=True, exist_ok=True)
    return keep(directory / "token.txt", secrets.token_hex(32).encode()).decode()
