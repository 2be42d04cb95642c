"""One POST per command: `/procedures/{id}/commands/{update}`. Made from the table of `api/commands/table.py`."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.access.description import refused
from api.commands.row import CommandRow, perform_json
from api.commands.table import TABLE
from api.deps import Case, case
from api.http.conditional import IF_MATCH
from api.services.idempotency import IdempotentRoute, key_of
from domain.commands import Receipt

router = APIRouter(prefix="/procedures/{procedure}/commands", tags=["commands"], route_class=IdempotentRoute)


def _add_route(row: CommandRow, body_model: type[BaseModel]) -> None:
    async def perform(request: Request, body: BaseModel, case: Annotated[Case, case(row.permission)]) -> Receipt:
        return await perform_json(case, row, body, key_of(request))

    perform.__annotations__["body"] = body_model
    router.add_api_route(
        f"/{row.name}",
        perform,
        name=row.name,
        methods=["POST"],
        summary=row.summary,
        responses={202: {"description": "Accepted and not finished: ask again with the same key"}, **refused(412, 429)},
        openapi_extra={"parameters": [IF_MATCH]},
    )


for _row in TABLE:
    if _row.json is not None:
        _add_route(_row, _row.json.body(_row.command, _row.summary, _row.example))
