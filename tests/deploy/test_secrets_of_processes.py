"""What a running process holds in its environment: each its own secrets, and nobody another's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.installation import prepare, settings_of
from deploy.place import PROJECT
from deploy.stack import Stack
from domain.codes.key_files import keys_in
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

OWN: dict[str, type[ProcessSettings]] = {
    "worker": WorkerSettings,
    "anchoring": AnchoringSettings,
    "rooms": RoomsSettings,
    "rooms-sidecar": SidecarSettings,
    "api": ApiSettings,
}

MAY_HOLD = {
    "evm_private_key": {"anchoring"},
    "master_key_file": {"worker", "api", "rooms-sidecar"},
    "token_key_file": {"worker", "api"},
    "code_key_file": {"worker", "api"},
    "pin_key_file": {"worker", "api"},
    "room_key_file": {"api", "rooms"},
    "media_relay_secret_file": {"api"},
    "s3_secret_key": {"worker", "api", "rooms-sidecar"},
    "database_url": {"worker", "api", "rooms-sidecar", "anchoring"},
    "lexnet_token": {"worker"},
    "powers_token": {"worker"},
    "civil_registry_token": {"worker"},
    "codec_key_file": {"worker", "api", "rooms-sidecar", "anchoring"},
}
"""Every secret of an installation, and the processes that cannot do without it."""


Held = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One of its own: what runs here would serve the tests of others."""
    with Stack(tmp_path_factory.mktemp("processes")) as made:
        yield made


@pytest.fixture(scope="module")
def held(stack: Stack) -> Held:
    """Variables of ours in the environment of each process that runs."""
    prepare(stack)
    stack.need(*OWN)
    running = stack.supervisor.processes()
    return {name: variables(running[name].pid) for name in OWN}


def variables(pid: int) -> dict[str, str]:
    said = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.split("=", 1) for line in said if line.startswith("ESTRADO_"))


@pytest.mark.parametrize("name", OWN)
def test_a_process_is_told_its_own_settings_alone(held: Held, name: str) -> None:
    own = {f"ESTRADO_{field.upper()}" for field in OWN[name].model_fields}
    of_mechanisms = {told for told in held[name] if told.startswith("ESTRADO_IDENTITY_")}
    assert held[name].keys() - of_mechanisms <= own | {"ESTRADO_READY_FILE"}
    assert bool(of_mechanisms) == issubclass(OWN[name], CasesSettings)


@pytest.mark.parametrize("secret", MAY_HOLD)
def test_a_secret_is_known_to_those_who_need_it(held: Held, stack: Stack, secret: str) -> None:
    told = getattr(settings_of(stack), secret)
    value = told.get_secret_value() if hasattr(told, "get_secret_value") else str(told)
    assert {name for name in OWN if value in held[name].values()} == MAY_HOLD[secret]


def test_every_secret_is_listed_here() -> None:
    secret = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    keys = {name for name in Settings.model_fields if name.endswith(("_key_file", "_secret_file"))}
    of_the_connection = {"temporal_api_key", "temporal_client_key_file"}
    assert secret | keys | {"database_url"} == MAY_HOLD.keys() | of_the_connection


def test_the_key_of_the_rooms_is_changed_by_an_order(tmp_path: Path) -> None:
    """The key before opens for as long as the order to end it has not been given; an older one never."""
    path = tmp_path / "room.key"
    path.write_bytes(b"1" * 32)

    seen = [keys_in(path.read_bytes())]
    for what in ("rotate", "rotate", "retire"):
        env = {
            **os.environ,
            "ESTRADO_ROOM_KEY_FILE": str(path),
            "ESTRADO_ROOMS_PORT": "1",
            "ESTRADO_ROOMS_SOCKET": "none",
        }
        subprocess.run([sys.executable, "-m", "deploy.room_keys", what], cwd=PROJECT, env=env, check=True)
        seen.append(keys_in(path.read_bytes()))

    first, second, third, last = seen
    assert second[1:] == first and second[0] not in first
    assert third[1:] == second[:1] and last == third[:1]
    assert path.stat().st_mode & 0o077 == 0
