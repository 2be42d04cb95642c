"""Papers, pictures, minutes and the evidence: looked at page by page, taken away. Every look is noted."""

import hashlib
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import TypeAdapter

from api.access.description import refused
from api.access.permissions import Permission
from api.access.visibility import sees_document
from api.deps import Case, LanguageDep, case
from api.http.conditional import (
    CONTENT_ETAG,
    NOT_CHANGED,
    READING,
    Answers,
    etag_of,
    reading,
)
from api.http.downloads import download
from api.http.problems import NotFound
from api.services.access_log import DUTY
from api.services.bundles import trust_folder
from api.services.idempotency import IdempotentRoute
from api.views.documents import DocumentLine, document_line
from domain.base import Value
from domain.files import MOST_FILES
from domain.ids import Sha256
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.minutes import Correction, WrittenDocument, corrected
from templates.texts import text

FOR_PAGES_TOO = True

router = APIRouter(prefix="/procedures/{procedure}", tags=["documents"], route_class=IdempotentRoute)

DocumentPath = Annotated[str, Path(pattern=r"^d\d{1,4}$", examples=["d1"])]
PersonPath = Annotated[str, Path(pattern=r"^p\d{1,4}$", examples=["p1"])]
StillDigest = Annotated[str, Query(pattern=r"^[0-9a-f]{0,64}$", description="How the SHA-256 of the still begins.")]
NumberPath = Annotated[int, Path(ge=1, le=MOST_FILES, examples=[1])]
Reader = Annotated[Case, case(Permission.READ_DOCUMENT)]

Content = Answers

ERASED = refused(409, 410)
"""Not shown to this session (`session_not_arrived`); erased."""
PDF: Content = {200: {"content": {"application/pdf": {}}, **CONTENT_ETAG}, **NOT_CHANGED, **ERASED}
PNG: Content = {200: {"content": {"image/png": {}}}, **ERASED}
BROUGHT: Content = {200: {"content": {"application/octet-stream": {}}, **CONTENT_ETAG}, **NOT_CHANGED, **ERASED}
ZIP: Content = {200: {"content": {"application/zip": {}}, **CONTENT_ETAG}, **NOT_CHANGED, **ERASED}


@router.get(
    "/documents",
    summary="The documents of a procedure",
    response_model=tuple[DocumentLine, ...],
    responses={**READING, **ERASED},
)
async def list_documents(request: Request, case: Reader) -> Response:
    """Those that are for whoever asks, in the order in which they came."""
    case.refuse_without_reason()
    procedure = (await case.progress()).procedure
    case.refuse_elsewhere(procedure)
    await case.record_access("documents")
    lines = [document_line(one) for one in procedure.documents if sees_document(case.who, one, procedure)]
    content = TypeAdapter(list[DocumentLine]).dump_json(lines)
    return reading(request, content, etag_of(content))


@router.get(
    "/documents/{document}/pages/{page}.png", summary="A page as people read it", response_class=Response, responses=PNG
)
async def read_page_picture(
    case: Reader,
    document: DocumentPath,
    page: Annotated[int, Path(ge=1, le=2000)],
    width: Annotated[int, Query(ge=100, le=2400)] = 1200,
) -> Response:
    """Always of the original bytes: those that people decide to sign."""
    found = await _seen(case, document)
    pdf = await case.ports.vault.get(case.id, copy_to_read(found))
    await case.record_access(f"document:{found.original.sha256}")
    return Response(await case.ports.pictures.png(pdf, page, width), media_type="image/png")


@router.get(
    "/documents/{document}/pages/{page}.txt",
    summary="What is written on a page, for who cannot see its picture",
    response_class=PlainTextResponse,
    responses=ERASED,
)
async def read_page_words(
    case: Reader, document: DocumentPath, page: Annotated[int, Path(ge=1, le=2000)], language: LanguageDep
) -> Response:
    """That there are none to read is said in their place."""
    found = await _seen(case, document)
    pdf = await case.ports.vault.get(case.id, copy_to_read(found))
    await case.record_access(f"document:{found.original.sha256}")
    words = await case.ports.pictures.words(pdf, page)
    return PlainTextResponse(words or text("pages.document.no_words", language))


@router.get("/documents/{document}.pdf", summary="A document", response_class=Response, responses=PDF)
async def read_document(
    request: Request, case: Reader, document: DocumentPath, which: Literal["original", "current"] = "current"
) -> Response:
    """`original`: as first fixed; `current`: with every signature so far."""
    found = await _seen(case, document)
    ref = copy_to_read(found, which)
    pdf = await case.ports.vault.get(case.id, ref)
    await case.record_access(f"document:{ref.sha256}")
    return download(request, pdf, "application/pdf", f"{case.id}-{found.id}.pdf", ref.sha256, inline=True)


@router.get(
    "/documents/{document}/receipt.pdf", summary="The receipt of a deposit", response_class=Response, responses=PDF
)
async def read_receipt(request: Request, case: Reader, document: DocumentPath) -> Response:
    """Law: RDL 6/2023 art. 41.2, hash, pages and time of what was handed in."""
    found = await _seen(case, document)
    if found.receipt is None:
        raise NotFound()
    pdf = await case.ports.vault.get(case.id, found.receipt)
    await case.record_access(f"receipt:{found.original.sha256}")
    return download(
        request, pdf, "application/pdf", f"{case.id}-{found.id}-receipt.pdf", found.receipt.sha256, inline=True
    )


@router.get(
    "/documents/{document}/brought/{number}",
    summary="A file of a deposit, byte for byte as it was brought",
    response_class=Response,
    responses=BROUGHT,
)
async def read_brought_file(request: Request, case: Reader, document: DocumentPath, number: NumberPath) -> Response:
    """What has the digest that the receipt tells, with the electronic signatures that stood in it."""
    found = await _seen(case, document)
    if number > len(found.brought):
        raise NotFound()
    ref = found.brought[number - 1].content
    content = await case.ports.vault.get(case.id, ref)
    await case.record_access(f"brought:{ref.sha256}")
    # As bytes and never as a page: nobody but the person's own programs opens what a stranger made.
    kind = ref.media_type.partition("/")[2]
    return download(request, content, "application/octet-stream", f"{case.id}-{found.id}-{number}.{kind}", ref.sha256)


@router.get(
    "/stills/{participant}.png", summary="A still of an identification: the last, or that of the digest",
    response_class=Response, responses=PNG,
)  # fmt: skip
async def read_still(
    case: Annotated[Case, case(Permission.READ_STILL)], participant: PersonPath, sha256: StillDigest = ""
) -> Response:
    case.refuse_without_reason()
    stills = (await case.progress()).procedure.participant(participant).identity.stills
    still = next((still for still in reversed(stills) if still.sha256.startswith(sha256)), None)
    if still is None:
        raise NotFound()
    picture = await case.ports.vault.get(case.id, still)
    await case.record_access(f"still:{still.sha256}")
    return Response(picture, media_type="image/png")


class MinutesDraft(Value):
    version: int
    draft: Sha256
    """To be shown when approving: nobody approves words that were changed meanwhile."""
    corrections: tuple[Correction, ...]
    words: WrittenDocument
    """With the corrections so far."""


@router.get(
    "/minutes",
    summary="The minutes as data, with their corrections",
    response_model=MinutesDraft,
    responses={**READING, **ERASED},
)
async def read_minutes(request: Request, case: Annotated[Case, case(Permission.READ_MINUTES)]) -> Response:
    case.refuse_without_reason()
    minutes = (await case.progress()).procedure.minutes
    if minutes is None:
        raise NotFound()
    draft = WrittenDocument.model_validate_json(await case.ports.vault.get(case.id, minutes.draft))
    await case.record_access("minutes")
    view = MinutesDraft(
        version=minutes.version,
        draft=minutes.draft.sha256,
        corrections=minutes.corrections,
        words=corrected(draft, minutes.corrections),
    )
    content = view.model_dump_json().encode()
    return reading(request, content, etag_of(content))


@router.get(
    "/bundle.zip", summary="The evidence bundle, for offline verification", response_class=Response, responses=ZIP
)
async def download_bundle(
    request: Request,
    case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)],
    why: Annotated[str, Query(max_length=200, description="Noted in the access log; an auditor gives one")] = DUTY,
) -> Response:
    if not (why := why.strip()) or why == DUTY:
        case.refuse_without_reason()
    bundle = (await case.progress()).procedure.bundle
    if bundle is None:
        raise NotFound()
    content = await case.ports.vault.get(case.id, bundle)
    await case.record_access(f"bundle:{bundle.sha256}", why or DUTY)
    return download(request, content, "application/zip", f"{case.id}.zip", bundle.sha256)


@router.get(
    "/trust.zip", summary="Trust roots and chain checkpoint, as we know them", response_class=Response, responses=ZIP
)
async def download_trust(request: Request, case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)]) -> Response:
    """For trying the verifier out. An auditor takes these from elsewhere: trust in us cannot come from us."""
    proof = await case.ports.batches.leaf_proof(case.id)
    if proof is None:
        raise NotFound()
    content = trust_folder(case.ports.trust, proof)
    sha256 = hashlib.sha256(content).hexdigest()
    return download(request, content, "application/zip", f"{case.id}-trust.zip", sha256)


async def _seen(case: Case, document: str) -> CaseDocument:
    """Raises `NotFound` for a document that does not exist or is not for these eyes; what `refuse_elsewhere` does."""
    case.refuse_without_reason()
    procedure = (await case.progress()).procedure
    case.refuse_elsewhere(procedure)
    found = next((known for known in procedure.documents if known.id == document), None)
    if found is None or not sees_document(case.who, found, procedure):
        raise NotFound()
    return found


def copy_to_read(document: CaseDocument, which: Literal["original", "current"] = "original") -> DocumentRef:
    """What our own typesetter or intake has made, and nothing that a stranger has: that goes out as bytes alone, by
    `read_brought_file`. Raises `NotFound` where no copy could be made."""
    if not document.has_copy:
        raise NotFound()
    return document.original if which == "original" else document.current
