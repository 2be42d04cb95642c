"""The secrets of a local stack, made at its first start and never shown: key files are 0600 and stay under
var/keys."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True)
class LocalSecrets:
    """Paths of the key files that processes read for themselves, and the passwords that servers are started with."""

    master_key_file: Path
    codec_key_file: Path
    token_key_file: Path
    code_key_file: Path
    pin_key_file: Path
    room_key_file: Path
    media_relay_secret_file: Path
    evm_private_key: str = field(repr=False)
    postgres_password: str = field(repr=False)
    s3_secret_key: str = field(repr=False)
    s3_access_key: str = "estrado"


def keep_secrets(directory: Path) -> LocalSecrets:
    """Make what is missing, keep what is there. Key files hold 32 raw bytes; passwords are hexadecimal text."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (before := directory / "token.key").exists():  # of a stack whose codes were made with it
        keep(directory / "code.key", before.read_bytes())
    for name in ("master", "codec", "token", "code", "pin", "room"):
        keep(directory / f"{name}.key", secrets.token_bytes(KEY_BYTES))
    words = {
        name: keep(directory / f"{name}.txt", secrets.token_hex(KEY_BYTES).encode()).decode()
        for name in ("evm", "postgres", "s3", "media-relay")
    }
    return LocalSecrets(
        master_key_file=directory / "master.key",
        codec_key_file=directory / "codec.key",
        token_key_file=directory / "token.key",
        code_key_file=directory / "code.key",
        pin_key_file=directory / "pin.key",
        room_key_file=directory / "room.key",
        media_relay_secret_file=directory / "media-relay.txt",
        evm_private_key=words["evm"],
        postgres_password=words["postgres"],
        s3_secret_key=words["s3"],
    )


def keep(path: Path, fresh: bytes) -> bytes:
    """The content of `path`; written first, whole or not at all, if it is not there yet."""
    if not path.exists():
        write_private(path, fresh)
    return path.read_bytes()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, so that a crash leaves the old one or the new one, never half."""
    half = path.with_name(path.name + ".half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
