"""What the application needs of the world: ports and what was loaded at the start. Built by `api/app.py` alone."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from temporalio.client import Client
from temporalio.converter import PayloadCodec

from domain.access.account_providers import AccountProviders, SignInRequests
from domain.access.accounts_shown import AccountsShown
from domain.access.api_keys import AccessTokens, ApiKeys
from domain.access.indicators import Indicators
from domain.access.keeping_accounts import AccountKeeping
from domain.access.limits import RateLimits, Rates
from domain.access.passkeys import Passkeys
from domain.access.publishing import Publications
from domain.access.register import Register, SummonsCodes
from domain.access.stores import AccountStore, Devices, Drafts, Idempotency, ReadAudit, Sessions, WebhookEndpoints
from domain.access.watching import Watching
from domain.ids import AdministrationId
from domain.ports.chain import AnchorBatches
from domain.ports.documents import DocumentVault, Typesetter
from domain.ports.evidence import EvidenceReports
from domain.ports.exchanges import IdentityExchanges
from domain.ports.journal import Journal, RecordingErasures
from domain.procedure.handwriting import HandwritingKey
from domain.types.mechanism import Mechanism
from domain.types.territory import Administration
from procedure_types.offered import TypeCatalogue


class WorkEnding(Protocol):
    """How a job in a process of its own ended."""

    @property
    def said(self) -> Mapping[str, Any]: ...

    @property
    def made(self) -> bytes: ...


class LimitedWork(Protocol):
    """Does each job in a process that can neither hurt this one nor be in its way."""

    async def run(self, job: Mapping[str, Any], parts: Sequence[bytes], seconds: float) -> WorkEnding: ...


class PagePictures(Protocol):
    async def png(self, pdf: bytes, page: int, width: int) -> bytes:
        """Page `page` (from 1) as a PNG `width` pixels wide. Raises `Refusal('no_such_page')`."""

    async def words(self, pdf: bytes, page: int) -> str:
        """What is written on that page, for who cannot see pictures. Raises the same."""


@dataclass(frozen=True)
class Ports:
    """One set a process."""

    temporal: Client
    codec: PayloadCodec
    """Decrypts what the engine keeps, for its operators."""
    register: Register
    summons: SummonsCodes
    journal: Journal
    vault: DocumentVault
    recordings: DocumentVault
    """The same store, for what is recorded."""
    erasures: RecordingErasures
    accounts: AccountStore
    account_keeping: AccountKeeping
    sessions: Sessions
    passkeys: Passkeys
    sign_in_requests: SignInRequests
    account_providers: AccountProviders
    accounts_shown: AccountsShown
    devices: Devices
    drafts: Drafts
    exchanges: IdentityExchanges
    """What browsers carry to the pages of providers of identity."""
    api_keys: ApiKeys
    access_tokens: AccessTokens
    idempotency: Idempotency
    limits: RateLimits
    rates: Rates
    audit: ReadAudit
    watching: Watching
    indicators: Indicators
    webhooks: WebhookEndpoints
    batches: AnchorBatches
    reports: EvidenceReports
    pictures: PagePictures
    rehearsals: LimitedWork
    """Of types that an administrator has just written."""
    typesetter: Typesetter
    """Of sample minutes; those of real acts are set by the worker."""
    qr: Callable[[str], str]
    """An address as an inline SVG."""
    mechanisms: Mapping[str, Mechanism]
    publications: Publications
    catalogue: TypeCatalogue
    """What may be asked for at this moment."""
    administrations: Mapping[AdministrationId, Administration]
    logos: Mapping[AdministrationId, str]
    id_keys: Callable[[], Sequence[bytes]]
    """That which makes the ids of procedures now, then those that made ids before; each use has a label of its own."""
    pin_key: Callable[[], bytes]
    """Digests typed PINs at this moment; it may be changed while people work."""
    room_key: Callable[[], bytes]
    """The key that signs passes into the rooms at this moment; it may be changed while people work."""
    handwriting_keys: Callable[[AdministrationId], Sequence[HandwritingKey]]
    """Public keys of an Administration to which handwriting is encrypted at this moment, the one in use first."""
    trust: Mapping[str, bytes]
    """What makes a trust folder of the certificates in use, for the auditor: `ca.pem`, `tsa.pem`, `bodies.json`."""
    probes: Mapping[str, Callable[[], Awaitable[object]]]
    """What is asked of each server behind this process to learn whether it serves."""


def now() -> datetime:
    """The clock of the API: sessions, limits, audit. The procedure's own clock is the workflow's."""
    return datetime.now(UTC)
