"""The application: what it is made of, what happens at its start and end, and how trouble becomes an answer.

The only module of `api` that knows adapters.
"""

import asyncio
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import timedelta
from types import ModuleType

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from temporalio.service import RetryConfig

import api.pages
import api.routes
from adapters.account_providers.oidc import AccountProvidersOidc
from adapters.engine.codec import AesGcmCodec
from adapters.intake.pictures import PicturesPdfium
from adapters.key_ring import KeyRing
from adapters.limited.processes import LimitedProcesses
from adapters.pages.qr import qr_svg
from adapters.pages.typesetter import TypstTypesetter
from adapters.postgres.access_tokens import AccessTokensPostgres
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.accounts_shown import AccountsShownPostgres
from adapters.postgres.api_keys import ApiKeysPostgres
from adapters.postgres.batches import BatchesPostgres
from adapters.postgres.database import Database
from adapters.postgres.devices import DevicesPostgres
from adapters.postgres.drafts import DraftsPostgres
from adapters.postgres.exchanges import ExchangesPostgres
from adapters.postgres.idempotency import IdempotencyPostgres
from adapters.postgres.indicators import IndicatorsPostgres
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.passkeys import PasskeysPostgres
from adapters.postgres.publications import PublicationsPostgres
from adapters.postgres.rate_limits import RateLimitsPostgres
from adapters.postgres.read_audit import AuditPostgres
from adapters.postgres.recording_keys import ErasuresPostgres, RecordingKeys
from adapters.postgres.register import RegisterPostgres
from adapters.postgres.sessions import SessionsPostgres
from adapters.postgres.sign_in_requests import SignInRequestsPostgres
from adapters.postgres.summons import SummonsPostgres
from adapters.postgres.watching import WatchingPostgres
from adapters.postgres.webhooks import WebhooksPostgres
from adapters.reports.limited import LimitedReports
from adapters.signing.handwriting_keys import handwriting_keys
from adapters.signing.trust import trust_files
from adapters.telemetry.telemetry import SILENT, Telemetry
from adapters.wiring import temporal_client, vault
from api.access.description import describe, methods_at
from api.http import openapi
from api.http.middleware import Envelope
from api.http.problems import log_server_error, problem_response
from api.http.tracing import Tracing
from api.ports import Ports, now
from api.routes import about
from api.services.counting import CountingGateway, gauging
from api.services.live import Changes
from domain.access.limits import Rates
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key
from domain.errors import EstradoError, TryAgain
from domain.reading import CaseReading
from procedure_types.declared import load as load_declared
from procedure_types.offered import TypeCatalogue
from settings import ApiSettings

log = logging.getLogger("api")

Connect = Callable[[ApiSettings], AbstractAsyncContextManager[Ports]]

ProblemPage = Callable[[Request, Exception], Awaitable[Response]]
"""How the pages explain trouble; `api/pages` puts its own into `app.state.problem_page` by `install(app)`."""

PURGE_EVERY = 3600.0

PATIENCE = 3.0
"""Seconds for one statement: people wait, and shall learn soon that the database is away."""

REHEARSALS = "api.rehearsal_process"
"""A program of its own: what an administrator has just written runs there."""

# F-12: when the engine is away, the API says so within two seconds instead of trying again for ten.
BRIEF = RetryConfig(initial_interval_millis=100, max_elapsed_time_millis=1200, max_retries=5)


@asynccontextmanager
async def open_ports(settings: ApiSettings, told: Telemetry = SILENT) -> AsyncIterator[Ports]:
    """Every port that the API needs, from the settings; closed at the end of the block."""
    ring = KeyRing.read(settings.master_key_file)
    declared = load_declared(settings.types_dirs, settings.identity_dirs)

    def id_keys() -> tuple[bytes, ...]:
        return keys_in(settings.token_key_file.read_bytes())

    of_names = name_key(id_keys()[0])
    async with Database.connect(settings.database_url, patience=PATIENCE) as database:
        keys = KeysPostgres(database, ring)
        journal = JournalPostgres(database, keys, of_names)
        store = vault(settings, keys)
        temporal = await temporal_client(settings, told, lazy=True, retry=BRIEF)
        pictures, reports, publications = PicturesPdfium(), LimitedReports(), PublicationsPostgres(database)
        accounts = AccountsPostgres(database)
        rehearsals = LimitedProcesses(REHEARSALS, at_once=2)
        try:
            yield Ports(
                temporal=temporal,
                codec=AesGcmCodec(KeyRing.read(settings.codec_key_file)),
                register=RegisterPostgres(database, keys, journal, of_names),
                summons=SummonsPostgres(database, lambda: keys_in(settings.code_keys_file.read_bytes())),
                journal=journal,
                vault=store,
                recordings=store.under(RecordingKeys(database, ring, keys)),
                erasures=ErasuresPostgres(database),
                batches=BatchesPostgres(database),
                reports=reports,
                accounts=accounts,
                account_keeping=AccountKeepingPostgres(database, accounts, ring),
                sessions=SessionsPostgres(database),
                passkeys=PasskeysPostgres(database),
                sign_in_requests=SignInRequestsPostgres(database),
                account_providers=AccountProvidersOidc(settings.resident_hosts, settings.clear_hosts),
                accounts_shown=AccountsShownPostgres(database),
                devices=DevicesPostgres(database),
                drafts=DraftsPostgres(database, keys),
                exchanges=ExchangesPostgres(database, keys),
                api_keys=ApiKeysPostgres(database),
                access_tokens=AccessTokensPostgres(database),
                idempotency=IdempotencyPostgres(database, ring),
                limits=RateLimitsPostgres(database),
                rates=Rates(),
                audit=AuditPostgres(database),
                watching=WatchingPostgres(database),
                indicators=IndicatorsPostgres(database),
                webhooks=WebhooksPostgres(database, ring),
                pictures=pictures,
                rehearsals=rehearsals,
                typesetter=TypstTypesetter(),
                qr=qr_svg,
                mechanisms=declared.mechanisms,
                publications=publications,
                catalogue=TypeCatalogue(declared.types, declared.items, declared.mechanisms, publications),
                administrations=declared.administrations,
                logos=declared.logos,
                id_keys=id_keys,
                pin_key=lambda: keys_in(settings.pin_keys_file.read_bytes())[0],
                room_key=lambda: keys_in(settings.room_key_file.read_bytes())[0],
                handwriting_keys=lambda id: handwriting_keys(
                    settings.pki_dir, declared.administrations[id].handwriting_key
                ),
                trust=trust_files(settings.pki_dir, declared.administrations.values()),
                probes={
                    "engine": lambda: temporal.service_client.check_health(timeout=timedelta(seconds=1)),
                    "database": lambda: database.execute("SELECT 1"),
                    "store": store.check,
                },
            )
        finally:
            store.close()
            await pictures.close()
            await reports.close()
            await rehearsals.close()


def create_app(settings: ApiSettings, connect: Connect = open_ports) -> FastAPI:
    """The application of one process. `connect` opens the ports when it starts and closes them when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with connect(settings) as ports:
            app.state.ports = ports
            app.state.gateway = CountingGateway(ports.temporal, CaseReading(ports.journal), settings.build_id)
            app.state.changes = Changes(ports.register)
            async with app.state.changes.listening(), _purging(ports), gauging(ports):
                yield

    app = FastAPI(
        title="estrado",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # A redirection would lead to whatever host the request names.
        redirect_slashes=False,
        openapi_url="/api/v1/openapi.json",
        # Its own spans tell the caller's address and the query; `Tracing` tells neither.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        generate_unique_id_function=openapi.operation_id,
    )
    app.state.settings = settings
    app.state.problem_page = None
    for module in _modules(api.routes):
        app.include_router(module.router, prefix="/api/v1")
        if hasattr(module, "FOR_PAGES_TOO"):
            app.include_router(module.router, include_in_schema=False)
    for module in _modules(api.pages):
        if hasattr(module, "router"):
            app.include_router(module.router, include_in_schema=False)
        if hasattr(module, "install"):
            module.install(app)
    app.add_api_route("/healthz", about.read_liveness, include_in_schema=False, dependencies=[about.HEALTH])
    for kind in (EstradoError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _answer_with_problem)
    app.state.methods_at = methods_at(app.routes)
    app.add_middleware(Envelope, settings=settings, explain=_answer_with_problem)
    app.add_middleware(Tracing)
    app.openapi = lambda: openapi.document(app, describe)  # type: ignore[method-assign]
    return app


def _modules(package: ModuleType) -> list[ModuleType]:
    """The modules of a package and of its folders, in order of name: a noun is added by adding its file."""
    names = sorted(found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    return [importlib.import_module(name) for name in names]


async def _answer_with_problem(request: Request, error: Exception) -> Response:
    """A problem document for programs, a page for people."""
    log_server_error(request, error)
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    page: ProblemPage | None = request.app.state.problem_page
    if wants_page and page is not None:
        return await page(request, error)
    return problem_response(request, error)


@asynccontextmanager
async def _purging(ports: Ports) -> AsyncIterator[None]:
    """Kept answers and wrong passwords are forgotten after their day, tries once they count no more; so are
    the answers of providers of identity."""

    async def forever() -> None:
        while True:
            with suppress(TryAgain):
                await ports.idempotency.purge(now())
                await ports.limits.purge(now())
                await ports.accounts.forget_failures(now())
                await ports.passkeys.purge_steps(now())
                await ports.sign_in_requests.purge(now())
                await ports.accounts_shown.purge(now())
                await ports.webhooks.purge_webhooks(now())
                await ports.exchanges.purge(now())
                await ports.access_tokens.purge(now())
            await asyncio.sleep(PURGE_EVERY)

    task = asyncio.create_task(forever(), name="purge")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
