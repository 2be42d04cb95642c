"""One POST per command: `/procedures/{id}/commands/{update}`. Made from the table of `api/commands/table.py`."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.commands.offer import Act, perform
from api.commands.table import ACTS
from api.deps import Case, case
from api.services.gateway import update_name
from api.services.idempotency import IdempotentRoute, key_of
from domain.commands import Receipt

router = APIRouter(prefix="/procedures/{procedure}/commands", tags=["commands"], route_class=IdempotentRoute)


def _offer(act: Act) -> None:
    async def performed(request: Request, body: BaseModel, case: Annotated[Case, case(act.permission)]) -> Receipt:
        asked: dict[str, Any] = {name: getattr(body, name) for name in type(body).model_fields}
        return await perform(case, act, asked, key_of(request))

    performed.__annotations__["body"] = act.body()
    name = update_name(act.command)
    router.add_api_route(
        f"/{name}",
        performed,
        name=name,
        methods=["POST"],
        summary=act.summary,
        responses={202: {"description": "Accepted and not finished: ask again with the same key"}},
    )


for _act in ACTS:
    _offer(_act)
