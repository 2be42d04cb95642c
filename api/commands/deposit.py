"""Bytes from an office scanner into a procedure: counted and stored raw here, judged by the workflow's activity."""

import hashlib
from collections.abc import Sequence

from starlette.datastructures import UploadFile

from api.commands.table import row_of
from api.deps import Case
from domain.commands import DepositDocument, Receipt
from domain.errors import Refusal
from domain.files import LARGEST_DEPOSIT, LARGEST_FILE, MIB, MOST_FILES
from domain.ids import CommandId, ItemId, ParticipantId, Sha256
from domain.journal.chain import position
from domain.procedure.documents import DocumentRef
from domain.refusals.files import DEPOSIT_TOO_LARGE, FILE_EMPTY, FILE_TOO_LARGE, TOO_MANY_FILES
from domain.rules.signing import may_deposit_document
from domain.text import refuse_unreadable

DEPOSIT = row_of(DepositDocument)

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
)


async def deposit(
    case: Case, files: Sequence[UploadFile], key: CommandId, *, code: str, title: str, depositor: str, item: str | None
) -> Receipt:
    """Store the parts and have them taken into the file. Raises `Refusal`: a rule's, or what is wrong with a file."""
    refuse_unreadable(title)
    chosen = [file for file in files if file.filename or file.size]  # a form without a choice sends one without a name
    _refuse_beyond_limits([file.size or 0 for file in chosen])
    parts = [await file.read() for file in chosen]
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
    if case.expects is not None and position(case.row.seq, case.row.head) not in case.expects:
        # What comes of it is known, and nothing is stored for that: 412, or the answer to an earlier request.
        return await case.perform(command)
    # Rule and limit are asked before anything is stored: what is stored cannot be deleted for years (Object Lock).
    may_deposit_document(procedure, command)
    await case.count_command()
    stored = [await case.ports.vault.put(case.id, part, media_type(part)) for part in parts]
    return await case.carry_out(command.but(raw=tuple(stored)))


async def outcome(case: Case, key: CommandId) -> Receipt:
    """What came of the deposit under `key`. Raises `Refusal`, `StillWorking`; `NotFound` where none was begun."""
    return await case.or_moved_on(case.gateway.outcome(case.id, DepositDocument, key))


def _refuse_beyond_limits(sizes: Sequence[int]) -> None:
    """The same limits as those of the intake, told before anything is stored."""
    if not sizes:
        raise Refusal(FILE_EMPTY, part=1)
    if len(sizes) > MOST_FILES:
        raise Refusal(TOO_MANY_FILES, limit=MOST_FILES)
    for part, size in enumerate(sizes, 1):
        if size > LARGEST_FILE:
            raise Refusal(FILE_TOO_LARGE, part=part, limit_mb=LARGEST_FILE // MIB)
        if not size:
            raise Refusal(FILE_EMPTY, part=part)
    if sum(sizes) > LARGEST_DEPOSIT:
        raise Refusal(DEPOSIT_TOO_LARGE, limit_mb=LARGEST_DEPOSIT // MIB)


def media_type(content: bytes) -> str:
    """By content; the name that a browser gives is not looked at."""
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "application/octet-stream")


def _not_stored(content: bytes) -> DocumentRef:
    sha256 = Sha256(hashlib.sha256(content).hexdigest())
    return DocumentRef(key="", version_id="", sha256=sha256, size=len(content), media_type=media_type(content))
