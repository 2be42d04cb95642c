"""Change the key that makes and judges PINs, while people work: `python -m deploy.pin_keys rotate`.

The new key makes PINs at once; those that are out are judged by the key that made them. Nobody has to be restarted,
since api and workers read the file at every PIN.
"""

import argparse
import secrets
import sys
import time
from datetime import timedelta
from pathlib import Path

from pydantic import Field

from deploy.keys import write_private
from domain.codes.key_files import KEY_BYTES, keys_in
from settings import ProcessSettings

OUT = timedelta(minutes=10)
"""A PIN is good for five minutes; the rest is for copying the file to other machines."""


class PinKeySettings(ProcessSettings):
    """What the order needs."""

    pin_key_file: Path = Field(description="32 bytes a key, the current one first: makes PINs and judges them.")


class StillOut(Exception):
    """PINs of the keys before may still be typed."""


def rotate(path: Path) -> None:
    """A new key in front of the present ones."""
    write_private(path, secrets.token_bytes(KEY_BYTES) + b"".join(keys_in(path.read_bytes())))


def retire(path: Path) -> None:
    """Only the present key from now on. Raise `StillOut` while PINs of another may be on their way."""
    left = path.stat().st_mtime + OUT.total_seconds() - time.time()
    if len(keys_in(path.read_bytes())) > 1 and left > 0:
        raise StillOut(f"PINs of the key before may still be typed: ask again in {left / 60:.0f} minutes")
    write_private(path, keys_in(path.read_bytes())[0])


ORDERS = {"rotate": rotate, "retire": retire}


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.pin_keys", description=__doc__)
    told.add_argument("what", choices=sorted(ORDERS), help="rotate: a new key makes PINs; retire: those before end")
    what = told.parse_args().what
    path = PinKeySettings().pin_key_file
    try:
        ORDERS[what](path)
    except (OSError, ValueError, StillOut) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    print(f"{path}: {len(keys_in(path.read_bytes()))} keys judge PINs, the first makes them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
