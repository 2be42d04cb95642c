"""The public page where anybody checks a document by its printed code. It says nothing of what it does not find."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep
from api.http.problems import language_of
from api.pages.anchors import BATCHES_KNOWN
from api.pages.rendering import back_to, page, page_context
from api.services.bundles import checkpoint
from domain.codes.csv import normalised_csv
from domain.errors import Refusal
from domain.languages import BASE_LANGUAGES
from domain.refusals.evidence import EVIDENCE_MISSING
from templates.texts import text

router = APIRouter(include_in_schema=False)

PUBLIC = [requires(Permission.VERIFY_DOCUMENT), limited("verification", 60)]
MEDIA_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


@router.get("/verificar", dependencies=PUBLIC)
async def read_verification(request: Request, csv: Annotated[str, Query(max_length=80)] = "") -> Response:
    code = normalised_csv(csv) if csv else None
    if code:
        return back_to(f"/verificar/{code}")
    return page(request, "verify.html", await page_context(request), typed=csv, mistyped=bool(csv), code="", known=None)


@router.post("/verificar/uploads", dependencies=[requires(Permission.VERIFY_DOCUMENT), limited("evidence-report", 6)])
async def write_report(
    request: Request,
    ports: PortsDep,
    file: Annotated[UploadFile | None, File()] = None,
    kind: Annotated[Literal["pdf", "html"], Form()] = "pdf",
) -> Response:
    """The report for a judge on a bundle or on minutes alone, with what this installation trusts. Nothing is kept."""
    evidence = await file.read() if file is not None else b""
    if not evidence:
        raise Refusal(EVIDENCE_MISSING)
    known = await ports.batches.anchored_last(BATCHES_KNOWN)
    trust = {**ports.trust, **checkpoint([one.chain for one in known])}
    language = language_of(request)
    report = await ports.reports.report(evidence, trust, kind, language if language in BASE_LANGUAGES else "en")
    # As a file, not as a page of ours: it quotes what a stranger wrote.
    headers = {"Content-Disposition": f'attachment; filename="{text("bundles.report_name", language)}.{kind}"'}
    return Response(report, media_type=MEDIA_TYPES[kind], headers=headers)


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
