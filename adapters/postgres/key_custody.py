"""What whoever keeps the keys of an installation does by hand: rotate the master key, destroy the key of a procedure
or that of its recording alone.

Destroying is erasure, and nobody can undo it. When the records of a procedure may go is for the archive's board to
decide (RD 937/2003 on judicial archives, GDPR art. 17.3.b), never for a program: so it names one procedure, twice,
and says by whose order and why, which is kept beside the hour.
"""

import argparse
import asyncio
from pathlib import Path

from adapters.key_ring import KeyRing
from adapters.postgres.account_notices import AccountNoticesPostgres
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.recording_keys import RecordingKeys
from adapters.postgres.webhooks import WebhooksPostgres
from domain.ids import ProcedureId


async def rotate(keys: KeysPostgres | RecordingKeys) -> int:
    """Wrap every procedure's key with the first master key of the file; how many there were to wrap."""
    wrapped = 0
    while done := await keys.rewrap():
        wrapped += done
    return wrapped


def told(words: str) -> str:
    """Something, on one line."""
    if not (said := " ".join(words.split())):
        raise argparse.ArgumentTypeError("say it in words")
    return said


def parser() -> argparse.ArgumentParser:
    program = argparse.ArgumentParser(prog="python -m adapters.postgres.key_custody", description=__doc__)
    orders = program.add_subparsers(dest="order", required=True)
    orders.add_parser("rotate", help="wrap all keys with the first master key; then the others may leave the file")
    for order, of in (("destroy", "one procedure"), ("destroy-recording", "the recording of one procedure")):
        destroy = orders.add_parser(order, help=f"destroy the key of {of}: nothing of it can be read again")
        destroy.add_argument("procedure", type=ProcedureId)
        destroy.add_argument("--again", type=ProcedureId, required=True, help="the same procedure, to be sure")
        destroy.add_argument("--by", type=told, required=True, help="who orders it, as officials shall read it")
        destroy.add_argument("--why", type=told, required=True, help="the decision that allows it, without their data")
    return program


async def main(order: argparse.Namespace, database_url: str, master_key_file: Path) -> str:
    async with Database.connect(database_url, connections=1) as database:
        ring = KeyRing.read(master_key_file)
        keys = KeysPostgres(database, ring)
        recordings = RecordingKeys(database, ring, keys)
        if order.order == "rotate":
            wrapped = await rotate(keys) + await rotate(recordings)
            wrapped += await WebhooksPostgres(database, ring).reseal()
            return f"{wrapped + await AccountNoticesPostgres(database, ring).reseal()} keys wrapped"
        if order.procedure != order.again:
            raise SystemExit("Two different procedures were named. Nothing was destroyed.")
        if order.order == "destroy-recording":
            await recordings.destroy(order.procedure, order.by, order.why)
            return f"the key of the recording of {order.procedure} is destroyed"
        await keys.seed(order.procedure)  # refuses a procedure that has no key
        await keys.destroy(order.procedure, order.by, order.why)
        return f"the key of {order.procedure} is destroyed"


if __name__ == "__main__":
    # Read here alone: as a library, this module is given its database and its keys.
    from settings import StoreSettings

    settings = StoreSettings()
    print(asyncio.run(main(parser().parse_args(), settings.database_url, settings.master_key_file)))  # noqa: T201
