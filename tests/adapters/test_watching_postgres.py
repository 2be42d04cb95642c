"""What an operator watches, against a real PostgreSQL."""

from datetime import timedelta

from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.watching import WatchingPostgres
from domain.access.watching import Troubled
from domain.ids import AdministrationId
from domain.types.vocabulary import Stage
from tests.adapters.conftest import new_procedure
from tests.adapters.written import NAME_KEY, NOON, chain, row_after


async def test_procedures_in_trouble_are_listed_by_administration_the_oldest_first(
    database: Database, keys: KeysPostgres
) -> None:
    journal = JournalPostgres(database, keys, NAME_KEY)
    ours, theirs = AdministrationId("ours-of-watching"), AdministrationId("theirs-of-watching")
    written = []
    for hours, trouble, administration in (
        (2, "mail", ours),
        (1, "signing", ours),
        (0, None, ours),
        (0, "mail", theirs),
    ):
        procedure = await new_procedure(keys)
        lines = chain(procedure, 1)
        at = NOON + timedelta(hours=hours)
        row = row_after(
            lines[-1], trouble=trouble, administration=administration, changed_at=at, stage=Stage.DELIVERING
        )
        await journal.append(tuple(lines), row)
        written.append(Troubled(procedure=procedure, stage=Stage.DELIVERING, trouble=trouble or "", since=at))
    watching = WatchingPostgres(database)

    late, early, well, foreign = written
    assert await watching.troubled(ours) == (early, late)
    everywhere = await watching.troubled()
    assert {early, late, foreign} <= set(everywhere)
    assert well.procedure not in {one.procedure for one in everywhere}
