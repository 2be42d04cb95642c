"""Gives name tokens to procedures that have none, being of a version that made none; `anew` to all, with the first key.

`python -m adapters.postgres.name_tokens` may be stopped and repeated, and runs beside processes that work: what the
journal's writer leaves meanwhile is never replaced.
"""

import argparse
import asyncio

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key, tokens_of
from domain.errors import PersonMustAct
from domain.events import state_of
from domain.ids import ProcedureId
from domain.journal.register import register_row
from domain.ports.journal import Journal

CHUNK = 200


async def fill_name_tokens(database: Database, journal: Journal, key: bytes, *, anew: bool = False) -> int:
    """Write the tokens of every procedure that has none, or of all of them; of how many.

    `key`: `domain.codes.name_tokens.name_key`.
    """
    written, last = 0, ""
    while rows := await database.rows(
        "SELECT procedure FROM register r WHERE procedure > $1 AND ($3 OR NOT EXISTS"
        " (SELECT FROM name_tokens n WHERE n.procedure = r.procedure)) ORDER BY procedure LIMIT $2",
        last,
        CHUNK,
        anew,
    ):
        for row in rows:
            written += await _fill(database, journal, key, row["procedure"])
        last = rows[-1]["procedure"]
    return written


async def _fill(database: Database, journal: Journal, key: bytes, procedure: ProcedureId) -> int:
    try:
        entries = await journal.read(procedure)
    except PersonMustAct as trouble:
        if trouble.code != "content_erased":
            raise
        return 0
    row = register_row(state_of(entries), seq=entries[-1].seq, head=entries[-1].hash)
    # The type said at that time who is found by name: it stands in the journal, and not in rows of earlier versions.
    # Only while the register stands where the journal was read: whoever writes it afterwards writes newer tokens.
    return await database.execute(
        "INSERT INTO name_tokens (procedure, tokens)"
        " SELECT procedure, $2::bigint[] FROM register JOIN procedure_keys USING (procedure)"
        " WHERE procedure = $1 AND seq = $3 AND destroyed_at IS NULL FOR UPDATE OF register"
        " ON CONFLICT (procedure) DO UPDATE SET tokens = excluded.tokens",
        procedure,
        tokens_of(key, row.administration, row.names_to_find),
        entries[-1].seq,
    )


async def main(*, anew: bool) -> None:
    # Read here alone: as a library, this module is given its database and its keys.
    from settings import CasesSettings

    settings = CasesSettings()
    async with Database.connect(settings.database_url, connections=1) as database:
        key = name_key(keys_in(settings.token_key_file.read_bytes())[0])
        keys = KeysPostgres(database, KeyRing.read(settings.master_key_file))
        written = await fill_name_tokens(database, JournalPostgres(database, keys, key), key, anew=anew)
    print(f"{written} procedures can now be found by name")  # noqa: T201 - a command-line program


if __name__ == "__main__":
    told = argparse.ArgumentParser(prog="python -m adapters.postgres.name_tokens", description=__doc__)
    told.add_argument("which", choices=("missing", "anew"), nargs="?", default="missing")
    asyncio.run(main(anew=told.parse_args().which == "anew"))
