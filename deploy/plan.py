"""Which parts the local stack has, in which order they start, and the settings with which processes find
them."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from deploy import (
    account_provider,
    anvil,
    clave,
    dicireg,
    ecris,
    faces,
    lexnet,
    mailbox,
    media_relay,
    network_scanner,
    own_certificate,
    pki,
    postgres,
    processes,
    reaj,
    scanner,
    seaweed,
    temporal,
)
from deploy.build import build_of
from deploy.keys import keep_secrets
from deploy.operators import OPERATORS, account_id
from deploy.part import Part
from deploy.place import LOOPBACK, Place, socket_path
from deploy.ports import Choice, allot, kept
from deploy.prepare import kept_contract

SERVERS = (
    *("postgres", "s3", "temporal", "anvil", "mailbox", "pki"),
    *("clave", "own-certificate", "ecris", "lexnet", "reaj", "dicireg", "account-provider", "media-relay"),
)
PROCESSES = ("worker", "anchoring", "rooms", "rooms-sidecar", "api")
OFFICE = ("network-scanner", "scanner")
"""What stands in an office."""

MAKERS = {
    "postgres": postgres.part,
    "s3": seaweed.part,
    "temporal": temporal.part,
    "anvil": anvil.part,
    "mailbox": mailbox.part,
    "pki": pki.part,
    "clave": clave.part,
    "own-certificate": own_certificate.part,
    "lexnet": lexnet.part,
    "ecris": ecris.part,
    "reaj": reaj.part,
    "dicireg": dicireg.part,
    "account-provider": account_provider.part,
    "media-relay": media_relay.part,
    "worker": processes.worker,
    "anchoring": processes.anchoring,
    "rooms": processes.rooms,
    "rooms-sidecar": processes.rooms_sidecar,
    "api": processes.api,
    "network-scanner": network_scanner.part,
    "scanner": scanner.part,
}


def new_place(var: Path, choice: Choice) -> Place:
    """The directory with its ports and secrets, for a stack that is about to start."""
    return Place(var=var, ports=allot(ports_file(var), choice), secrets=keep_secrets(var / "keys"))


def running_place(var: Path) -> Place:
    """The same, for a stack that runs. Raises FileNotFoundError if none ever did."""
    return Place(var=var, ports=kept(ports_file(var)), secrets=keep_secrets(var / "keys"))


def ports_file(var: Path) -> Path:
    return var / "run" / "ports.json"


def supervisor_socket(var: Path) -> Path:
    return socket_path(var, "supervisor")


def parts(place: Place) -> dict[str, Part]:
    """Every part by name, in starting order."""
    return {name: MAKERS[name](place) for name in (*SERVERS, *PROCESSES, *OFFICE)}


def environment(place: Place) -> dict[str, str]:
    """The ESTRADO_ variables of this stack: all that `settings.Settings` needs."""
    own = {
        "ESTRADO_VAR_DIR": str(place.var),
        "ESTRADO_BUILD_ID": build_of(),
        "ESTRADO_ANCHOR_INTERVAL": "PT2S",
        "ESTRADO_WEBHOOK_INTERVAL": "PT2S",
        "ESTRADO_ACCOUNT_NOTICE_INTERVAL": "PT2S",
        "ESTRADO_WEBHOOK_PRIVATE_ADDRESSES": "true",
        "ESTRADO_STICKY_TIMEOUT": "PT1S",
        "ESTRADO_MASTER_KEY_FILE": str(place.secrets.master_key_file),
        "ESTRADO_CODEC_KEY_FILE": str(place.secrets.codec_key_file),
        "ESTRADO_TOKEN_KEY_FILE": str(place.secrets.token_key_file),
        "ESTRADO_CODE_KEY_FILE": str(place.secrets.code_key_file),
        "ESTRADO_PIN_KEY_FILE": str(place.secrets.pin_key_file),
        "ESTRADO_ROOM_KEY_FILE": str(place.secrets.room_key_file),
        "ESTRADO_PUBLIC_URL": place.url("api"),
        "ESTRADO_API_HOST": LOOPBACK,
        "ESTRADO_API_PORT": str(place.ports["api"]),
        "ESTRADO_ROOMS_HOST": LOOPBACK,
        "ESTRADO_ROOMS_PORT": str(place.ports["rooms"]),
        "ESTRADO_ROOMS_SOCKET": str(place.socket("rooms")),
        "ESTRADO_MEDIA_NAME": "media-1",
        "ESTRADO_COOKIE_SECURE": "false",
        "ESTRADO_ENGINE_OPERATORS": ",".join(map(account_id, OPERATORS)),
    }
    for server in (
        temporal,
        postgres,
        seaweed,
        anvil,
        mailbox,
        pki,
        clave,
        own_certificate,
        ecris,
        faces,
        lexnet,
        reaj,
        dicireg,
        account_provider,
        media_relay,
        scanner,
    ):
        own |= server.settings(place)
    return own | {"ESTRADO_ANCHOR_CONTRACT": kept_contract(place.var)}


def as_file(environment: Mapping[str, str]) -> str:
    """The variables as a file that a shell can read with `set -a; . var/stack.env`."""
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in environment.items())
