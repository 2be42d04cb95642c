"""The seeded request to a foreign authority: sent, returned, sent again with its translation, executed.

Nobody comes before a camera: whoever writes and whoever signs it act straight upon the procedure, as the pages do.
"""

import asyncio
import json

from adapters.wiring import temporal_client
from bench.papers import scanned_page
from bench.real_room import RealRoom
from deploy.simulators.troubles import Trouble, order
from deploy.stack import Stack
from domain.ids import ProcedureId, workflow_id
from domain.installation import Installation
from domain.types.vocabulary import Stage
from rehearsal.abroad import RequestPlay
from settings import Settings

SEED = "abroad"


async def play_abroad(
    stack: Stack, settings: Settings, installation: Installation, *, disturbed: bool
) -> tuple[ProcedureId, list[dict[str, str]]]:
    """With `disturbed`, the receipt is lost on its way and the worker killed before it is asked for again."""
    seeded = json.loads((settings.var_dir / "logins.json").read_text())["procedures"][SEED]
    procedure = ProcedureId(seeded["id"])
    client = await temporal_client(settings)
    room = RealRoom(client.get_workflow_handle(workflow_id(procedure)), installation, settings.sms_outbox_dir)
    play = RequestPlay(room, f"demo-{SEED}", paper=scanned_page())
    kills: list[dict[str, str]] = []
    await play.write(state="FR", language="french")
    await play.sign_request()
    if disturbed:
        order(settings.var_dir / "lexnet", Trouble.ANSWER_LOST)
    await play.submit()
    if disturbed:
        await asyncio.sleep(1)
        await asyncio.to_thread(stack.kill, "worker")
        kills.append({"part": "worker", "moment": "filed, without a receipt"})
    await room.reaches(Stage.PREPARATION)
    await play.enclose("Traducción al francés")
    await play.submit()
    await room.reaches(Stage.ANSWERED)
    await play.end("executed")
    return procedure, kills
