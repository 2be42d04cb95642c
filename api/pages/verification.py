"""The public page where anybody checks a document by its printed code. It says nothing of what it does not find."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep
from api.pages.rendering import back_to, page, page_context
from domain.codes.csv import normalised_csv

router = APIRouter(include_in_schema=False)

PUBLIC = [requires(Permission.VERIFY_DOCUMENT), limited("verification", 60)]


@router.get("/verificar", dependencies=PUBLIC)
async def read_verification(request: Request, csv: Annotated[str, Query(max_length=80)] = "") -> Response:
    code = normalised_csv(csv) if csv else None
    if code:
        return back_to(f"/verificar/{code}")
    return page(request, "verify.html", await page_context(request), typed=csv, mistyped=bool(csv), code="", known=None)


@router.get("/verificar/{csv}", dependencies=PUBLIC)
async def read_verified(request: Request, ports: PortsDep, csv: Annotated[str, Path(max_length=80)]) -> Response:
    """What is known of the document with that code; unknown and not yet sealed look the same."""
    context = await page_context(request)
    code = normalised_csv(csv)
    known = await ports.register.verification(code) if code else None
    names = {body.id: body.names for known_one in ports.administrations.values() for body in known_one.bodies}
    body = names[known.body].in_language(context.language) if known and known.body in names else ""
    return page(
        request, "verify.html", context, 200 if known else 404, typed=csv, mistyped=code is None, code=code or "",
        known=known, body=body,
    )  # fmt: skip
