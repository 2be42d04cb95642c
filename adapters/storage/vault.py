"""Documents in S3: encrypted with the procedure's key, created once, locked against everybody until a date.

The store sees ciphertext. Whatever it gives back is compared with the hash that the caller knows: a store that
returns other bytes, or another object's, is found out.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as Unreachable

from adapters.object_names import object_name
from adapters.odd_answers import asked_again
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ProcedureId, Sha256
from domain.ports.journal import KeyStore
from domain.procedure.documents import DocumentRef

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PARALLEL = 16
"""Requests at once, each in a thread with a connection of its own."""
_THERE_ALREADY = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_NOT_THERE = {"NoSuchKey", "NoSuchVersion", "404"}
_NO_SUCH_VERSION = {"InvalidArgument", "400"}
"""What stores say to a version id that is not in a form of theirs."""
_LATER = {"SlowDown", "RequestTimeout", "RequestTimeTooSkewed", "OperationAborted", "TooManyRequests", "429"}


def s3_client(endpoint: str, region: str, access_key: str, secret_key: str) -> "S3Client":
    """The connections of one process to its object store; `close()` them at the end."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        config=Config(
            max_pool_connections=PARALLEL,
            connect_timeout=2,
            read_timeout=20,
            # Repeating belongs to the workflow, which knows what else happened; one retry hides a lost packet.
            retries={"mode": "standard", "total_max_attempts": 2},
            s3={"addressing_style": "path"},
        ),
    )


class VaultS3:
    """`DocumentVault` over one bucket that was created with Object Lock."""

    def __init__(self, client: "S3Client", bucket: str, lock: timedelta, keys: KeyStore) -> None:
        """`lock` is how long nobody, operators included, can delete what is stored (COMPLIANCE)."""
        self._s3 = client
        self._bucket = bucket
        self._lock = lock
        self._keys = keys
        self._turns: AbstractAsyncContextManager[Any] = asyncio.Semaphore(PARALLEL)

    async def check(self) -> None:
        """Raises while the store does not answer, or has no such bucket."""
        await asyncio.to_thread(self._s3.head_bucket, Bucket=self._bucket)

    def close(self) -> None:
        self._s3.close()

    def under(self, keys: KeyStore) -> "VaultS3":
        """The same store for what is sealed with other keys."""
        return VaultS3(self._s3, self._bucket, self._lock, keys)

    async def put(
        self, procedure: ProcedureId, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        name = f"sha256/{hashlib.sha256(clear).hexdigest()}"
        return await self._create(procedure, name, clear, media_type, pages)

    async def put_once(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, *, pages: int | None = None
    ) -> DocumentRef:
        return await self._create(procedure, f"named/{object_name(name)}", clear, media_type, pages)

    async def find(self, procedure: ProcedureId, name: str) -> DocumentRef | None:
        return await self._head(_key(procedure, f"named/{object_name(name)}"))

    async def get(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        """As the port says; also raises `PersonMustAct('content_missing')` when the store has no such version."""
        if not ref.key.startswith(_key(procedure, "")):
            raise PersonMustAct("content_missing", key=ref.key)
        # A version never changes: other bytes are a slip on the way, until they have come several times.
        return await asked_again(lambda: self._opened(procedure, ref), {"content_altered"})

    async def _opened(self, procedure: ProcedureId, ref: DocumentRef) -> bytes:
        try:
            sealed = await self._ask(self._download, ref)
        except ClientError as answer:
            if _code(answer) in _NOT_THERE:
                raise PersonMustAct("content_missing", key=ref.key) from answer
            raise _trouble(answer) from answer
        clear = await self._keys.decrypt(procedure, sealed)
        if await asyncio.to_thread(_sha256, clear) != ref.sha256:
            raise PersonMustAct("content_altered", key=ref.key)
        return clear

    async def _create(
        self, procedure: ProcedureId, name: str, clear: bytes, media_type: str, pages: int | None
    ) -> DocumentRef:
        key = _key(procedure, name)
        sha256 = Sha256(await asyncio.to_thread(_sha256, clear))
        told = {"sha256": sha256, "size": str(len(clear)), "media-type": media_type}
        if pages is not None:
            told["pages"] = str(pages)
        try:
            version = await self._ask(self._upload, key, await self._keys.encrypt(procedure, clear), told)
        except ClientError as answer:
            if _code(answer) not in _THERE_ALREADY:
                raise _trouble(answer) from answer
            winner = await self._head(key)
            if winner is None:
                raise TryAgain("object store: somebody else is creating this object") from answer
            return winner
        return _ref(key, version, told)

    def _upload(self, key: str, sealed: bytes, told: dict[str, str]) -> str:
        stored = self._s3.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=sealed,
            ContentType="application/octet-stream",
            Metadata=told,
            IfNoneMatch="*",
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=datetime.now(UTC) + self._lock,
        )
        return stored["VersionId"]

    def _download(self, ref: DocumentRef) -> bytes:
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=ref.key, VersionId=ref.version_id)
        except ClientError as absent:
            if _code(absent) not in _NOT_THERE | _NO_SUCH_VERSION:
                raise
            # In a store that was restored every object has another version; its hash says whether it is the same.
            answer = self._s3.get_object(Bucket=self._bucket, Key=ref.key)
        with answer["Body"] as body:
            return body.read()

    async def _head(self, key: str) -> DocumentRef | None:
        try:
            answer = await self._ask(partial(self._s3.head_object, Bucket=self._bucket, Key=key))
        except ClientError as absent:
            if _code(absent) in _NOT_THERE:
                return None
            raise _trouble(absent) from absent
        return _ref(key, answer["VersionId"], answer["Metadata"])

    async def _ask(self, call: Any, *values: Any) -> Any:
        """Carry out `call` in a thread, its connection troubles as `TryAgain`."""
        async with self._turns:
            try:
                return await asyncio.to_thread(call, *values)
            except (Unreachable, HTTPClientError, IncompleteReadError) as trouble:
                raise TryAgain(f"object store: {type(trouble).__name__}") from trouble


def _trouble(answer: ClientError) -> TryAgain | PersonMustAct:
    """What a refusal of the store means: its own trouble passes, anything else (rights, bucket) is for a person."""
    status = answer.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status >= 500 or _code(answer) in _LATER:
        return TryAgain(f"object store: {_code(answer)}")
    return PersonMustAct("vault_refused", reason=_code(answer))


def _code(answer: ClientError) -> str:
    return str(answer.response.get("Error", {}).get("Code", ""))


def _key(procedure: ProcedureId, name: str) -> str:
    return f"procedures/{procedure}/{name}"


def _ref(key: str, version: str, told: Mapping[str, str]) -> DocumentRef:
    # Header names come back in whatever case the store likes.
    said = {name.lower(): value for name, value in told.items()}
    return DocumentRef(
        key=key,
        version_id=version,
        sha256=Sha256(said["sha256"]),
        size=int(said["size"]),
        media_type=said["media-type"],
        pages=int(said["pages"]) if "pages" in said else None,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
