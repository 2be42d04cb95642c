"""Procedures go on from their journals where the engine has lost them: `python -m deploy.resume --all`.

After a restore without the engine's own backup, or for a procedure whose workflow had to be ended. The journal is the
state, so nothing else is needed; a procedure whose workflow runs is left as it is, so this may be repeated.
"""

import argparse
import asyncio
import sys

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from adapters.engine.command_line import exit_at_once
from adapters.engine.search_attributes import define_search_attributes
from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.wiring import temporal_client
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key
from domain.errors import EstradoError
from domain.ids import ProcedureId, workflow_id
from domain.journal.chain import ChainHead
from domain.ports.journal import Journal
from domain.reading import CaseReading
from domain.types.vocabulary import Stage
from settings import CasesSettings
from workflows.engine.messages import Continued, HoldProcedure
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT
from workflows.families import WORKFLOWS


async def resume(client: Client, journal: Journal, procedure: ProcedureId, build: str) -> bool:
    """Start its workflow where its journal ends; False when one runs already, or when the procedure is over.

    Raises what `Journal.read` raises.
    """
    cases = CaseReading(journal)
    found = await cases.latest(procedure)
    if found is None or found.procedure.stage.ended:
        return False
    last = (await cases.entries(procedure, found.seq))[-1]
    head = ChainHead(next_seq=found.seq + 1, hash=last.hash)
    try:
        await client.start_workflow(
            WORKFLOWS[found.procedure.type.procedure.family].run,
            HoldProcedure(continued=Continued(procedure=procedure, head=head, receipts={}), build=build),
            id=workflow_id(procedure),
            task_queue=PROCEDURES,
            task_timeout=TASK_TIMEOUT,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def resume_all(settings: CasesSettings, only: list[ProcedureId]) -> tuple[int, int]:
    """How many go on now, and how many could not be read. A line for each of those."""
    client = await temporal_client(settings)
    await define_search_attributes(client)
    resumed = unread = 0
    async with Database.connect(settings.database_url, connections=2) as database:
        keys = KeysPostgres(database, KeyRing.read(settings.master_key_file))
        journal = JournalPostgres(database, keys, name_key(keys_in(settings.token_key_file.read_bytes())[0]))
        for procedure in only or await open_procedures(database):
            try:
                resumed += await resume(client, journal, procedure, settings.build_id)
            except EstradoError as error:
                unread += 1
                print(f"{procedure}: {error}", file=sys.stderr)
    return resumed, unread


async def open_procedures(database: Database) -> list[ProcedureId]:
    ended = [stage.value for stage in Stage if stage.ended]
    rows = await database.rows("SELECT procedure FROM register WHERE stage <> ALL($1) ORDER BY procedure", ended)
    return [ProcedureId(row["procedure"]) for row in rows]


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.resume", description=__doc__)
    told.add_argument("procedure", type=ProcedureId, nargs="*", help="which ones")
    told.add_argument("--all", action="store_true", help="every one that is open")
    asked = told.parse_args()
    if bool(asked.procedure) == asked.all:
        told.error("name procedures, or say --all")
    resumed, unread = asyncio.run(resume_all(CasesSettings(), asked.procedure))
    print(f"{resumed} go on, {unread} could not be read")
    return 1 if unread else 0


if __name__ == "__main__":
    exit_at_once(main())
