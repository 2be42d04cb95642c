"""Change the key that signs the passes into the rooms, while people work: `python -m deploy.room_keys rotate`.

The new key signs at once and the one before it still opens: a pass that was given out a moment ago is good for its
minute. Nobody has to be restarted, since both sides read the file at every pass.
"""

import argparse
import secrets
import sys
from pathlib import Path

from deploy.keys import write_private
from domain.codes.key_files import KEY_BYTES, keys_in
from settings import RoomsSettings


def rotate(path: Path) -> None:
    """A new key in front of the present one; any older one is good no more."""
    write_private(path, secrets.token_bytes(KEY_BYTES) + keys_in(path.read_bytes())[0])


def retire(path: Path) -> None:
    """Only the present key opens from now on."""
    write_private(path, keys_in(path.read_bytes())[0])


ORDERS = {"rotate": rotate, "retire": retire}


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.room_keys", description=__doc__)
    told.add_argument("what", choices=sorted(ORDERS), help="rotate: a new key signs; retire: the one before ends")
    what = told.parse_args().what
    path = RoomsSettings().room_key_file
    try:
        ORDERS[what](path)
    except (OSError, ValueError) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    print(f"{path}: {len(keys_in(path.read_bytes()))} keys open the rooms, the first signs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
