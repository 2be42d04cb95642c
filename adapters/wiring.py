"""The one place where ports meet their technology: settings in, an `Installation` out."""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RetryConfig
from temporalio.worker import WorkerDeploymentConfig

from adapters.chain.on_demand import ChainOnDemand
from adapters.composing.composer import ComposerAv
from adapters.criminal_records.http import CriminalRecordsHttp
from adapters.engine.client import Frontend, connect
from adapters.identity import open_mechanisms
from adapters.identity.tools import Tools
from adapters.intake.intake import IntakePdf
from adapters.key_ring import KeyRing
from adapters.lexnet.http import LexnetHttp
from adapters.malware.clamd import Clamd
from adapters.malware.nobody import NoScanner
from adapters.messages.sms_outbox import SmsOutbox
from adapters.messages.smtp import MailSmtp
from adapters.pages.typesetter import TypstTypesetter
from adapters.postgres.account_notices import AccountNoticesPostgres
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.batches import BatchesPostgres
from adapters.postgres.database import Database
from adapters.postgres.exchanges import ExchangesPostgres
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.pins import PinsPostgres
from adapters.postgres.recording_keys import RecordingKeys
from adapters.postgres.sessions import SessionsPostgres
from adapters.postgres.summons import SummonsPostgres
from adapters.postgres.webhooks import WebhooksPostgres
from adapters.registers.http import RegisterHttp
from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import TsaRfc3161
from adapters.storage.vault import VaultS3, s3_client
from adapters.telemetry.telemetry import SILENT, Telemetry, open_telemetry
from adapters.webhooks.http import WebhooksHttp
from domain.codes.chance import chance_of
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key
from domain.installation import AnchoringPorts, Installation, SidecarPorts
from domain.ports.chain import Chain
from domain.residency import insists_on_tls
from domain.types.document_plan import Register
from procedure_types.declared import load as load_declared
from settings import AnchoringSettings, ChainSettings, EngineSettings, SidecarSettings, StoreSettings, WorkerSettings
from templates.texts import text

ROOMS_PART, ANCHORING_PART = "-rooms", "-anchoring"
"""What the deployments of the rooms' sidecars and of the anchoring are called after the workers'."""


def telemetry(
    settings: EngineSettings, process: str, port: int | None, level: int = logging.INFO
) -> AbstractContextManager[Telemetry]:
    """Logs, metrics and traces of `process` for the length of the block."""
    return open_telemetry(process, settings.build_id, settings.metrics_host, port, settings.otlp_endpoint, level)


async def temporal_client(
    settings: EngineSettings, telemetry: Telemetry = SILENT, *, lazy: bool = False, retry: RetryConfig | None = None
) -> Client:
    """The client of this process (api, worker, sidecar alike); `lazy` connects at its first call."""
    frontend = Frontend(
        address=settings.temporal_address,
        namespace=settings.temporal_namespace,
        codec_key_file=settings.codec_key_file,
        bind_payloads=settings.temporal_bind_payloads,
        tls=settings.temporal_tls,
        ca_file=settings.temporal_ca_file,
        server_name=settings.temporal_server_name,
        client_cert_file=settings.temporal_client_cert_file,
        client_key_file=settings.temporal_client_key_file,
        api_key=settings.temporal_api_key.get_secret_value(),
    )
    return await connect(
        frontend, lazy=lazy, retry=retry, interceptors=telemetry.client_interceptors(), runtime=telemetry.runtime
    )


def deployment(settings: EngineSettings, part: str = "") -> WorkerDeploymentConfig:
    """As which version a worker serves. The sidecars of rooms (`part`), and the anchoring, are deployments of
    their own: they may be replaced at another hour than the workers.

    Every workflow moves to the current version with its next task (decision 7); the build is told either way.
    """
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(f"{settings.deployment}{part}", settings.build_id),
        use_worker_versioning=settings.worker_versioning,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE
        if settings.worker_versioning
        else VersioningBehavior.UNSPECIFIED,
    )


@asynccontextmanager
async def open_installation(settings: WorkerSettings) -> AsyncIterator[Installation]:
    """Every port of this installation, closed at the end of the block."""
    token_key = keys_in(settings.token_key_file.read_bytes())[0]

    def pin_keys() -> tuple[bytes, ...]:
        return keys_in(settings.pin_keys_file.read_bytes())

    declared = load_declared(settings.types_dirs, settings.identity_dirs)
    async with AsyncExitStack() as closing, Database.connect(settings.database_url) as database:
        ring = KeyRing.read(settings.master_key_file)
        keys = KeysPostgres(database, ring)
        journal = JournalPostgres(database, keys, name_key(token_key))
        signer = SignerPyhanko(settings.pki_dir, settings.tsa_url, ocsp_url=settings.ocsp_url)
        authority = TsaRfc3161.from_pki(settings.tsa_url, settings.pki_dir)
        intake, composer = IntakePdf(read=settings.read_papers), ComposerAv()
        pins, sms = PinsPostgres(database, pin_keys), SmsOutbox(settings.sms_outbox_dir)
        kept = vault(settings, keys)
        exchanges, chance = ExchangesPostgres(database, keys), partial(chance_of, token_key)
        tools = Tools(pins, sms, exchanges, kept, settings.public_url, text, chance)
        for opened in (signer, authority, intake, composer):
            closing.push_async_callback(opened.close)
        yield Installation(
            keys=keys,
            journal=journal,
            vault=kept,
            recordings=kept.under(RecordingKeys(database, ring, keys)),
            signer=signer,
            authority=authority,
            pins=pins,
            sms=sms,
            mechanisms=open_mechanisms(tools, *settings.identity_dirs),
            relay=MailSmtp(
                settings.smtp_host,
                settings.smtp_port,
                insists_on_tls=insists_on_tls(settings.smtp_host, settings.clear_hosts),
            ),
            webhooks=WebhooksPostgres(database, ring),
            caller=WebhooksHttp(private=settings.webhook_private_addresses),
            lexnet=LexnetHttp(settings.lexnet_url, settings.lexnet_token.get_secret_value()),
            criminal_records=CriminalRecordsHttp(settings.records_url),
            registers={
                Register.POWERS: RegisterHttp("REAJ", settings.powers_url, settings.powers_token.get_secret_value()),
                Register.CIVIL: RegisterHttp(
                    "DICIREG", settings.civil_registry_url, settings.civil_registry_token.get_secret_value()
                ),
            },
            codes=SummonsPostgres(database, lambda: keys_in(settings.code_keys_file.read_bytes())),
            accounts=AccountsPostgres(database),
            account_notices=AccountNoticesPostgres(database, ring),
            chain=chain(settings),
            batches=BatchesPostgres(database),
            typesetter=TypstTypesetter(),
            intake=intake,
            scanner=Clamd(settings.clamav_socket) if settings.clamav_socket else NoScanner(),
            composer=composer,
            administrations=declared.administrations,
            logos={id: logo.encode() for id, logo in declared.logos.items()},
            pin_keys=pin_keys,
            mail_sender=settings.mail_sender,
            public_url=settings.public_url,
        )


@asynccontextmanager
async def open_anchoring(settings: AnchoringSettings) -> AsyncIterator[AnchoringPorts]:
    """What anchoring needs, and no key of any document."""
    authority = TsaRfc3161.from_pki(settings.tsa_url, settings.pki_dir)
    async with AsyncExitStack() as closing, Database.connect(settings.database_url) as database:
        closing.push_async_callback(authority.close)
        yield AnchoringPorts(batches=BatchesPostgres(database), chain=chain(settings), authority=authority)


@asynccontextmanager
async def open_sidecar(settings: SidecarSettings) -> AsyncIterator[SidecarPorts]:
    """What the process beside the media needs besides them: where pictures and recordings are kept."""
    async with Database.connect(settings.database_url) as database:
        ring = KeyRing.read(settings.master_key_file)
        keys = KeysPostgres(database, ring)
        of_recordings, kept = RecordingKeys(database, ring, keys), vault(settings, keys)
        yield SidecarPorts(
            vault=kept,
            recordings=kept.under(of_recordings),
            keys=keys,
            recording_keys=of_recordings,
            sessions=SessionsPostgres(database),
        )


def chain(settings: ChainSettings) -> Chain:
    """The chain; whoever has no key that pays can look only, and may never do so."""
    contract = anchor_address(settings)
    if isinstance(settings, AnchoringSettings):
        return open_chain(settings, settings.evm_private_key.get_secret_value(), contract)
    return ChainOnDemand(lambda: open_chain(settings, None, contract))


def open_chain(settings: ChainSettings, private_key: str | None, contract: str) -> Chain:
    from adapters.chain.web3 import ChainWeb3  # takes a second

    return ChainWeb3(settings.evm_rpc_url, settings.evm_chain_id, private_key, contract, settings.anchor_confirmations)


def anchor_address(settings: ChainSettings) -> str:
    """The configured contract, or the one that the local stack deployed."""
    kept = settings.var_dir / "anchor-contract"
    return settings.anchor_contract or kept.read_text().strip()


def vault(settings: StoreSettings, keys: KeysPostgres) -> VaultS3:
    """The object store of this installation."""
    client = s3_client(
        settings.s3_endpoint,
        settings.s3_region,
        settings.s3_access_key,
        settings.s3_secret_key.get_secret_value(),
    )
    return VaultS3(client, settings.s3_bucket, timedelta(days=settings.object_lock_days), keys)
