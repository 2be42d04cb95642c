"""Papers and pictures that are brought into a procedure, and what came of them."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Request, UploadFile

from api.access.description import refused
from api.commands.deposit import DEPOSIT, deposit, outcome
from api.deps import Case, case
from api.http.conditional import IF_MATCH
from api.services.idempotency import IdempotentRoute, key_of
from domain.commands import Receipt
from domain.ids import CommandId
from domain.text import ONE_LINE

FOR_PAGES_TOO = True

router = APIRouter(prefix="/procedures/{procedure}", tags=["documents"], route_class=IdempotentRoute)

KeyPath = Annotated[CommandId, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{7,79}$")]
"""The Idempotency-Key of the deposit."""
ItemField = Annotated[str | None, Form(pattern=r"^(i\d{1,4})?$")]


@router.post(
    "/uploads",
    status_code=201,
    summary=DEPOSIT.summary,
    responses=refused(412, 429),
    openapi_extra={"parameters": [IF_MATCH]},
)
async def deposit_document(
    request: Request,
    case: Annotated[Case, case(DEPOSIT.permission)],
    files: Annotated[list[UploadFile], File(description="The scan")],
    code: Annotated[str, Form(pattern=r"^[a-z][a-z0-9_]{1,39}$")],
    title: Annotated[str, Form(min_length=1, max_length=200, pattern=ONE_LINE)],
    depositor: Annotated[str, Form(pattern=r"^p\d{1,4}$")],
    item: ItemField = None,
) -> Receipt:
    return await deposit(case, files, key_of(request), code=code, title=title, depositor=depositor, item=item or None)


@router.get(
    "/uploads/{key}",
    summary="What came of a deposit: its receipt, its refusal, or 202 while it is taken in",
    responses=refused(412),
)
async def read_deposit_outcome(
    case: Annotated[Case, case(DEPOSIT.permission)],
    key: KeyPath,
) -> Receipt:
    """For whoever got 202: waits some seconds, and nothing is sent again."""
    return await outcome(case, key)
