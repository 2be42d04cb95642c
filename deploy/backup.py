"""A backup of an installation, and the same installation in a fresh place: `python -m deploy.backup save FOLDER`.

What is saved: PostgreSQL as it stands at one instant, every object of the bucket, and the key files. The engine has a
backup of its own; without it, `python -m deploy.resume` goes on from the journals. Whoever has the folder can read
everything: keep its `keys` apart from the rest.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from adapters.storage.vault import s3_client
from deploy.keys import write_private
from deploy.postgres import BINARIES
from settings import CasesSettings, RoomsSettings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DUMP, OBJECTS, INDEX, KEYS = "database.dump", "objects", "objects.json", "keys"


class BackupSettings(CasesSettings, RoomsSettings):
    """What whoever saves or restores an installation needs: everything that is kept, and nothing that acts."""


def save(settings: BackupSettings, folder: Path) -> None:
    """Database first: an object that came later harms nobody, one that is missing would.

    Raises `FileExistsError` for a folder that has something in it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    _run(settings.database_url, "pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    for name, path in key_files(settings).items():
        (folder / KEYS).mkdir(exist_ok=True, mode=0o700)
        write_private(folder / KEYS / name, path.read_bytes())
    if settings.pki_dir.is_dir():
        shutil.copytree(settings.pki_dir, folder / KEYS / "pki")
    with_store(settings, lambda s3: _save_objects(s3, settings.s3_bucket, folder))


def restore(settings: BackupSettings, folder: Path) -> None:
    """Into an empty database and a bucket that was made with Object Lock. The key files are put in place by hand,
    before anything is started. May be repeated: what is there already stays."""
    _run(settings.database_url, "pg_restore", "--no-owner", "--clean", "--if-exists", str(folder / DUMP))
    lock = timedelta(days=settings.object_lock_days)
    with_store(settings, lambda s3: _restore_objects(s3, settings.s3_bucket, folder, lock))


def key_files(settings: BackupSettings) -> dict[str, Path]:
    """The installation's own keys, by the name that they have in the backup."""
    return {
        "master.key": settings.master_key_file,
        "codec.key": settings.codec_key_file,
        "token.key": settings.token_key_file,
        "code.key": settings.code_keys_file,
        "pin.key": settings.pin_keys_file,
        "room.key": settings.room_key_file,
    }


def with_store(settings: BackupSettings, act: Callable[["S3Client"], None]) -> None:
    secret = settings.s3_secret_key.get_secret_value()
    client = s3_client(settings.s3_endpoint, settings.s3_region, settings.s3_access_key, secret)
    try:
        act(client)
    finally:
        client.close()


def _save_objects(s3: "S3Client", bucket: str, folder: Path) -> None:
    index: list[dict[str, Any]] = []
    (folder / OBJECTS).mkdir()
    for number, key in enumerate(_keys(s3, bucket)):
        answer = s3.get_object(Bucket=bucket, Key=key)
        with answer["Body"] as body:
            (folder / OBJECTS / str(number)).write_bytes(body.read())
        index.append({"key": key, "file": str(number), "metadata": answer["Metadata"]})
    (folder / INDEX).write_text(json.dumps(index, indent=1))


def _restore_objects(s3: "S3Client", bucket: str, folder: Path, lock: timedelta) -> None:
    """Each object once, locked anew from today."""
    there = set(_keys(s3, bucket))
    for entry in json.loads((folder / INDEX).read_text()):
        if entry["key"] not in there:
            s3.put_object(
                Bucket=bucket,
                Key=entry["key"],
                Body=(folder / OBJECTS / entry["file"]).read_bytes(),
                ContentType="application/octet-stream",
                Metadata=entry["metadata"],
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=datetime.now(UTC) + lock,
            )


def _keys(s3: "S3Client", bucket: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from (found["Key"] for found in page.get("Contents", ()))


def _run(database_url: str, program: str, *words: str) -> None:
    """One of PostgreSQL's own programs: that of the local stack where there is one, else that of the system."""
    ours, where = BINARIES / program, urlsplit(database_url)
    server = ["--host", where.hostname or "localhost", "--port", str(where.port or 5432)]
    whose = ["--username", unquote(where.username or ""), "--dbname", where.path.removeprefix("/")]
    command = [str(ours) if ours.exists() else program, *server, *whose, *words]
    # Not among its arguments, which every user of the machine can read.
    secret = {"PGPASSWORD": unquote(where.password or "")}
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr[-2000:]}")


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.backup", description=__doc__)
    told.add_argument("what", choices=["save", "restore"])
    told.add_argument("folder", type=Path)
    asked = told.parse_args()
    try:
        {"save": save, "restore": restore}[asked.what](BackupSettings(), asked.folder)
    except (OSError, RuntimeError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"{asked.folder}: {'saved' if asked.what == 'save' else 'restored'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
