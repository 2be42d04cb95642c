"""What one procedure did to the world, and the same done raw: signatures, stored objects and mails, nothing around.

Raw means the library's own call, with the same keys, authority, store and relay, and as many bytes: no validation, no
encryption, no lock, no hash, no journal.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import aiosmtplib
from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from adapters.signing.pyhanko import KeptKeySigner
from adapters.signing.timestamps import read_certificates
from adapters.storage.vault import s3_client
from bench.checker import message_id
from bench.installation import House
from bench.measures.history import Span
from domain.procedure.state import Procedure
from settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SIGNER = "iria-outeiro"
FLOOR = "floor/"
"""Where raw objects are put."""
BUNDLE_SEALS = 1
"""The seal over a bundle's manifest, with a time-stamp of its own."""


@dataclass(frozen=True)
class Effects:
    """What has to be done at the least."""

    documents: tuple[tuple[bytes, int], ...]
    """Every signed document before its first signature, and how many it carries in the end."""
    seals: int
    puts: tuple[int, ...]
    """Sizes of the stored objects, bytes."""
    mails: tuple[int, ...]
    """Sizes of the mails, bytes."""

    @property
    def signatures(self) -> int:
        return sum(times for _, times in self.documents)


async def effects_of(house: House, procedure: Procedure) -> Effects:
    """Counted in the store, the mailbox and the signed documents."""
    signed = [document for document in procedure.documents if document.signatures]
    vault = house.installation.vault
    originals = [(await vault.get(procedure.id, one.original), len(one.signatures)) for one in signed]
    mails = {message_id(path): path.stat().st_size for path in (house.stack.var / "mail" / "new").iterdir()}
    return Effects(
        documents=tuple(originals),
        seals=BUNDLE_SEALS,
        puts=tuple(await asyncio.to_thread(stored_sizes, house.settings, f"procedures/{procedure.id}/")),
        mails=tuple(mails[notice.message_id] for notice in procedure.notices),
    )


def _client(settings: Settings) -> "S3Client":
    secret = settings.s3_secret_key.get_secret_value()
    return s3_client(settings.s3_endpoint, settings.s3_region, settings.s3_access_key, secret)


def stored_sizes(settings: Settings, prefix: str) -> list[int]:
    """Sizes of the objects whose key begins with `prefix`."""
    client = _client(settings)
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=settings.s3_bucket, Prefix=prefix)
    return [kept["Size"] for page in pages for kept in page.get("Contents", [])]


class RawWorld:
    """The same servers without us."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._s3 = _client(settings)
        self._stamper = HTTPTimeStamper(settings.tsa_url, session=session)
        read = settings.pki_dir
        certificate = x509.Certificate.load(pem.unarmor((read / f"{SIGNER}.cert.pem").read_bytes())[2])
        key = load_pem_private_key((read / f"{SIGNER}.key.pem").read_bytes(), password=None)
        chain = SimpleCertificateStore.from_certs(read_certificates(read / "chain.pem"))
        self._signer = KeptKeySigner(certificate, key, chain)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator["RawWorld"]:
        async with aiohttp.ClientSession() as session:
            yield cls(settings, session)

    async def repeat(self, effects: Effects) -> Span:
        """Do all of it, one after the other; when it began and ended."""
        since = time.time()
        await self.sign_all(effects)
        for _ in range(effects.seals):
            await self.seal(b"manifest")
        for size in effects.puts:
            await self.put(size)
        for size in effects.mails:
            await self.send(size)
        return since, time.time()

    async def sign_all(self, effects: Effects) -> list[bytes]:
        """Every document with all its signatures, each upon the one before."""
        signed = []
        for content, times in effects.documents:
            pdf = content
            for number in range(times):
                pdf = await self.sign(pdf, f"raw-{number}")
            signed.append(pdf)
        return signed

    async def sign(self, pdf: bytes, field: str) -> bytes:
        """`pdf` with one more time-stamped PAdES signature, without a visible face."""
        signed = await signers.async_sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)),
            signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES),
            self._signer,
            timestamper=self._stamper,
            new_field_spec=SigFieldSpec(field),
        )
        return bytes(signed.getbuffer())

    async def seal(self, data: bytes) -> bytes:
        sealed = await self._signer.async_sign_general_data(
            data, "sha256", detached=True, use_cades=True, timestamper=self._stamper
        )
        return bytes(sealed.dump())

    async def put(self, size: int) -> None:
        body = secrets.token_bytes(size)
        key = f"{FLOOR}{secrets.token_hex(16)}"
        await asyncio.to_thread(self._s3.put_object, Bucket=self._settings.s3_bucket, Key=key, Body=body)

    async def send(self, size: int) -> None:
        mail = EmailMessage()
        mail["Message-ID"] = f"<{secrets.token_hex(16)}@floor.example>"
        mail["From"], mail["To"], mail["Subject"] = self._settings.mail_sender, "nobody@floor.example", "floor"
        mail.set_content(secrets.token_hex(size // 2))
        await aiosmtplib.send(mail, hostname=self._settings.smtp_host, port=self._settings.smtp_port)
