"""Change the key of ids and names, while people work: `python -m deploy.id_keys rotate`.

The new key makes the ids of procedures that are asked for from now on. Those before stay in the file for good: they
make nothing any more, and tell by them which procedure a number was asked for as. Names are found with the new key
once api and workers were restarted and `python -m adapters.postgres.name_tokens anew` has run.
"""

import argparse
import secrets
import sys
from pathlib import Path

from deploy.keys import write_private
from domain.codes.key_files import KEY_BYTES, keys_in
from settings import CasesSettings


def rotate(path: Path) -> None:
    """A new key in front of the present ones."""
    write_private(path, secrets.token_bytes(KEY_BYTES) + b"".join(keys_in(path.read_bytes())))


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.id_keys", description=__doc__)
    told.add_argument("what", choices=("rotate",), help="rotate: a new key makes ids")
    told.parse_args()
    path = CasesSettings().token_key_file
    try:
        rotate(path)
    except (OSError, ValueError) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    print(f"{path}: {len(keys_in(path.read_bytes()))} keys know ids, the first makes them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
