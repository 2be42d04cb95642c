"""Change the key that makes summons codes, while codes are out: `python -m deploy.code_keys rotate`.

The new key makes codes at once; those that are out, on paper too, stay what they are and open their seats until their
acts are over. Nobody has to be restarted, since api and workers read the file at every code.
"""

import argparse
import asyncio
import secrets
import sys
from pathlib import Path

from adapters.postgres.database import Database
from adapters.postgres.summons import SummonsPostgres
from deploy.keys import write_private
from domain.codes.key_files import KEY_BYTES, keys_in
from settings import CasesSettings


class StillOut(Exception):
    """Codes of the keys before open seats of acts that are not over."""


def rotate(path: Path) -> None:
    """A new key in front of the present ones."""
    write_private(path, secrets.token_bytes(KEY_BYTES) + b"".join(kept(path)))


async def retire(path: Path, summons: SummonsPostgres) -> None:
    """Only the present key from now on. Raise `StillOut` while a code of another is good."""
    if out := await summons.of_keys_before():
        raise StillOut(f"{out} codes of the keys before are out: ask again when their acts are over, or `end` them")
    keep_first(path)


async def end(path: Path, summons: SummonsPostgres) -> int:
    """Codes of the keys before open nothing from now on; how many that were. For a key that others have."""
    ended = await summons.end_of_keys_before()
    keep_first(path)
    return ended


def kept(path: Path) -> tuple[bytes, ...]:
    return keys_in(path.read_bytes())


def keep_first(path: Path) -> None:
    write_private(path, kept(path)[0])


async def obey(what: str, path: Path, database_url: str) -> str:
    if what == "rotate":
        rotate(path)
        return f"{len(kept(path))} keys know codes, the first makes them"
    async with Database.connect(database_url, connections=1) as database:
        summons = SummonsPostgres(database, lambda: kept(path))
        if what == "end":
            return f"{await end(path, summons)} codes were ended"
        await retire(path, summons)
        return "only the present key knows codes"


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.code_keys", description=__doc__)
    told.add_argument(
        "what",
        choices=("rotate", "retire", "end"),
        help="rotate: a new key makes codes; retire: those before leave, once no code of theirs is out; "
        "end: those before and their codes are good for nothing at once",
    )
    what, settings = told.parse_args().what, CasesSettings()
    path = settings.code_keys_file
    try:
        print(f"{path}: {asyncio.run(obey(what, path, settings.database_url))}")
    except (OSError, ValueError, StillOut) as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
