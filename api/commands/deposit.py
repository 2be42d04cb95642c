"""Bytes from an office scanner into a procedure: counted and stored raw here, judged by the workflow's activity."""

import hashlib
from collections.abc import Sequence

from starlette.datastructures import UploadFile

from api.commands.table import row_of
from api.deps import Case
from domain.commands import DepositDocument, Receipt
from domain.errors import Refusal
from domain.ids import CommandId, ItemId, ParticipantId, Sha256
from domain.procedure.documents import DocumentRef
from domain.refusals.files import FILE_EMPTY, FILE_TOO_MANY_PAGES
from domain.rules.signing import may_deposit_document
from domain.text import refuse_unreadable

DEPOSIT = row_of(DepositDocument)

MOST_FILES = 100

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


async def deposit(
    case: Case, files: Sequence[UploadFile], key: CommandId, *, code: str, title: str, depositor: str, item: str | None
) -> Receipt:
    """Store the parts and have them taken into the file. Raises `Refusal`: a rule's, or what is wrong with a file."""
    refuse_unreadable(title)
    parts = [content for file in files if (content := await file.read())]
    if not parts:
        raise Refusal(FILE_EMPTY)
    if len(parts) > MOST_FILES:
        raise Refusal(FILE_TOO_MANY_PAGES, limit=MOST_FILES)
    procedure = (await case.progress()).procedure
    command = DepositDocument(
        id=key,
        author=case.author(procedure),
        raw=tuple(_not_stored(part) for part in parts),
        code=code,
        title=title,
        depositor=ParticipantId(depositor),
        item=ItemId(item) if item else None,
    )
    # The rule is asked before anything is stored: what is stored cannot be deleted for years (Object Lock).
    may_deposit_document(procedure, command)
    stored = [await case.ports.vault.put(case.id, part, media_type(part)) for part in parts]
    return await case.perform(command.but(raw=tuple(stored)))


def media_type(content: bytes) -> str:
    """By content; the name that a browser gives is not looked at."""
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "application/octet-stream")


def _not_stored(content: bytes) -> DocumentRef:
    sha256 = Sha256(hashlib.sha256(content).hexdigest())
    return DocumentRef(key="", version_id="", sha256=sha256, size=len(content), media_type=media_type(content))
